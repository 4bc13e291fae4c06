internal import Records

/// Whom new signatures hit in their first day, by which one that hits more is told from what new ones ordinarily do.
///
/// A desk sees new signatures all the time, and some of them everywhere. As whom one hits only grows, what others hit in their whole first day is compared
/// with what one has hit by any hour of its own, however often it is looked at.
struct NewSignatures: Sendable {
    /// Whom a signature hits, and how much.
    private struct Reach {
        let accounts: Int
        let value: Double
        let lines: Int

        /// - Parameter values: What each account pays in a year.
        init(_ cells: SignatureCells, _ hours: Range<Int>, _ values: [Double]) {
            let accounts = cells.most(hours: hours) { $0.account }
            self.accounts = accounts.count
            value = accounts.reduce(0) { $0 + (values.indices.contains(Int($1.index)) ? values[Int($1.index)] : 0) }
            lines = accounts.reduce(0) { $0 + $1.lines }
        }
    }

    private static let day = 24
    /// Before so many hours of a log have passed most of what is seen first is only rare.
    private static let begin = 7 * 24

    /// The first hour in which a signature that was not seen before is new, since 1970 UTC.
    private let from: Int
    private let values: [Double]
    /// What others reached in their first day, and the hour after it, since 1970 UTC.
    private let firstDays: [(end: Int, reach: Reach)]
    /// How many signatures are asked in an hour.
    var tests: Int

    /// - Parameters:
    ///   - all: The lines of each signature.
    ///   - first: The first hour of the log, since 1970 UTC.
    ///   - values: What each account pays in a year.
    init(_ all: [SignatureCells], from first: Int, values: [Double]) {
        let from = first + Self.begin
        self.from = from
        self.values = values
        tests = all.count
        firstDays = all.compactMap { cells in
            // A day that is not over tells too little.
            guard let earliest = cells.earliest, cells.first + earliest >= from, earliest + Self.day <= cells.count
            else { return nil }
            return (
                cells.first + earliest + Self.day, Reach(cells, earliest..<earliest + Self.day, values)
            )
        }
    }

    /// How a signature spreads in its first day; nil when it is not new, or names no account.
    ///
    /// - Parameter hour: From the first one of the cells.
    func spread(of cells: SignatureCells, at hour: Int) -> NewSignatureSpread? {
        guard let earliest = cells.earliest, cells.first + earliest >= from, hour - earliest < Self.day else {
            return nil
        }
        let reach = Reach(cells, earliest..<hour + 1, values)
        guard reach.accounts > 0 else { return nil }
        let known = firstDays.filter { $0.end <= cells.first + hour }.map(\.reach)
        let asWide = known.filter { $0.accounts >= reach.accounts }
        return NewSignatureSpread(
            accounts: reach.accounts, others: known.count, asWide: asWide.count,
            asSevere: asWide.count { $0.value >= reach.value && $0.lines >= reach.lines },
            days: Double(cells.first + hour + 1 - from) / Double(Self.day))
    }
}

/// Whom a new signature hits, beside those that were new before it.
public struct NewSignatureSpread: Sendable, Hashable {
    /// The accounts that it hit so far.
    let accounts: Int
    /// The signatures that were new before, in their whole first day.
    public let others: Int
    /// Those of them that hit as many accounts.
    public let asWide: Int
    /// Those of these with as many lines, and of as much value together.
    let asSevere: Int
    /// The days in which they came.
    let days: Double

    /// Two accounts may be one that moves.
    private static let several = 3
    /// One that came before may have been an outbreak itself, and what comes less than once a week is worth telling.
    private static let ordinaryDays = 7.0

    /// Whether what is as severe comes more than once a week.
    var isOrdinary: Bool { Double(asSevere) > max(1, days / Self.ordinaryDays) }

    /// How many come in an hour that hit as many accounts, this one included, by the signatures that are asked: the probability that one of them does.
    ///
    /// It is 1 while it hits few accounts.
    func pValue(tests: Int) -> Double {
        accounts >= Self.several ? min(1, Double(asWide + 1) / (24 * max(1, days) * Double(max(1, tests)))) : 1
    }
}
