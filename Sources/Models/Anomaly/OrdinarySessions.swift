internal import Statistics

/// Which sessions of a training count as ordinary, and what is common among them.
///
/// A session is seen from two sides: what it counts, and in which order its lines come. Where the counts of a session mostly
/// tell the order of its lines, a rare order says that something went another way than it goes, and order decides what is
/// ordinary; counts then flag only what hardly any ordinary session reaches. Where lines of independent things come as they
/// come, orders are rare by chance, and it is the other way round.
struct OrdinarySessions {
    /// What the ordinary sessions count.
    let kinds: TrimmedKinds
    /// What follows what in the ordinary sessions.
    let order: SuccessionRarity
    /// Which sequences count as ordinary.
    let sequences: [Bool]
    /// The ordinary sessions of each sequence.
    let sequenceCounts: [Int]
    /// The ordinary sessions of each vector.
    let counts: [Int]
    /// The share below which something is rare.
    let share: Double
    /// The rarity from which an order, or a signature, is out of the ordinary, where order decides.
    let rareOrder: Double?

    /// The least probability that sessions with the same counts have the same order, for order to decide.
    ///
    /// Interleaved lines give next to none, and steps of a procedure nearly 1: what lies between is rare.
    static let leastAgreement = 0.25

    init(_ table: SessionTable, signatures: Int) {
        let all = table.sequences.map { (sequence: $0.sequence, count: $0.count) }
        let fit: TrimmedKinds?
        if table.orderAgreement >= Self.leastAgreement {
            let trimmed = TrimmedSuccessions(all, things: signatures)
            sequences = trimmed.isOrdinary
            order = trimmed.order
            share = trimmed.share
            rareOrder = trimmed.threshold
            fit = nil
        } else {
            let trimmed = TrimmedKinds(table.vectors, counts: table.counts, columns: signatures + 1)
            let isOrdinary = table.sequences.map { trimmed.isOrdinary[$0.kind] }
            sequences = isOrdinary
            order = SuccessionRarity(zip(all, isOrdinary).filter(\.1).map(\.0), things: signatures)
            share = trimmed.share
            rareOrder = nil
            fit = trimmed
        }
        sequenceCounts = zip(table.sequences, sequences).map { $1 ? $0.count : 0 }
        var counts = [Int](repeating: 0, count: table.vectors.count)
        for (entry, count) in zip(table.sequences, sequenceCounts) { counts[entry.kind] += count }
        self.counts = counts
        kinds =
            fit
            ?? TrimmedKinds(
                table.vectors, ordinary: counts, columns: signatures + 1, rate: AnomalyModel.rareRate)
    }
}
