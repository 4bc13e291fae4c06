public import Records
internal import Statistics

/// How well incidents and the accounts that they hurt were found.
///
/// Claims are matched with the true incidents one to one, see ``ImpactMatching``. An incident that is claimed twice costs precision, because no
/// pair of the second claim is true; two incidents in one claim cost recall, because the pairs of the second incident are missed. Both cost
/// ``incidentPairF1``.
public struct ImpactAccuracy: Sendable, Hashable, Encodable {
    /// Of the pairs (incident, account) that are claimed with a probability of at least ½ the share that is true; 1 when none is claimed.
    public var precision: Double
    /// Of the true pairs the share that is so claimed; 1 when there is none.
    public var recall: Double
    /// The expected calibration error over all claimed pairs, in ten bins of equal width.
    public var calibrationError: Double
    /// How well things were grouped, as F1 over the pairs of them that are in one incident; see ``grouping(_:_:_:)``.
    public var incidentPairF1: Double
    /// How well severity orders the incidents: the gain of a true incident of rank r among n is `(n + 1 - r) / n`, that of a claim of no incident 0;
    /// nil when nobody ranks them.
    public var severityNdcgAt10: Double?
    /// Of the incidents that the log shows and of which somebody wrote the share detected before the first ticket; nil when there is none.
    public var detectedBeforeFirstTicket: Double?
    /// Claims that overlap with no incident, a week; the second claim of an incident is none of them.
    public var falseIncidentsPerWeek: Double
    /// The true incidents.
    public var incidents: Int
    /// Those of which something was claimed.
    public var found: Int
    /// What ``calibrationError`` is made of.
    private var calibration = CalibrationError()

    private enum CodingKeys: CodingKey {
        case precision, recall, calibrationError, incidentPairF1, severityNdcgAt10, detectedBeforeFirstTicket
        case falseIncidentsPerWeek, incidents, found
    }

    /// Measures claims.
    ///
    /// - Parameters:
    ///   - claims: What was claimed.
    ///   - truth: What happened.
    ///   - tickets: When each ticket was opened, by its id.
    ///   - weeks: The weeks that the log covers, above 0.
    public init(_ claims: [ImpactClaim], truth: ImpactTruth, tickets: [String: Instant], weeks: Double) {
        let truths = truth.incidents
        let matching = ImpactMatching(claims, truths)
        var predictions: [(probability: Double, isTrue: Bool)] = []
        for (claim, incident) in zip(claims, matching.incidents) {
            let hurt = incident.map { Set(truths[$0].accounts) } ?? []
            for account in claim.distinctAccounts {
                predictions.append((account.probability, hurt.contains(account.id)))
            }
        }
        let likely = predictions.filter { $0.probability >= 0.5 }
        let right = Double(likely.count(where: \.isTrue))
        let pairs = Double(truths.reduce(0) { $0 + Set($1.accounts).count })
        precision = likely.isEmpty ? 1 : right / Double(likely.count)
        recall = pairs > 0 ? right / pairs : 1
        for item in predictions { calibration.add(item.probability, isTrue: item.isTrue) }
        calibrationError = calibration.value
        incidentPairF1 = Self.grouping(claims, truths, matching).f1
        severityNdcgAt10 = Self.severity(claims, truths, matching)
        detectedBeforeFirstTicket = Self.detectedBefore(claims, truths, matching, tickets)
        falseIncidentsPerWeek = Double(matching.isOfSomething.count { !$0 }) / weeks
        incidents = truths.count
        found = matching.claims.count { $0 != nil }
    }

    /// The mean over some desks, or nil of none; a measure that a desk does not have is left out for it, and the calibration error is that over all
    /// pairs, since that of the few of one desk is mostly chance.
    public init?(meanOf all: [ImpactAccuracy]) {
        guard !all.isEmpty else { return nil }
        func mean(_ values: [Double]) -> Double { values.mean ?? .nan }
        precision = mean(all.map(\.precision))
        recall = mean(all.map(\.recall))
        for item in all { calibration.merge(item.calibration) }
        calibrationError = calibration.value
        incidentPairF1 = mean(all.map(\.incidentPairF1))
        severityNdcgAt10 = all.compactMap(\.severityNdcgAt10).mean
        detectedBeforeFirstTicket = all.compactMap(\.detectedBeforeFirstTicket).mean
        falseIncidentsPerWeek = mean(all.map(\.falseIncidentsPerWeek))
        incidents = all.reduce(0) { $0 + $1.incidents }
        found = all.reduce(0) { $0 + $1.found }
    }

    private static func severity(
        _ claims: [ImpactClaim], _ truths: [ImpactTruth.Incident], _ matching: ImpactMatching
    ) -> Double? {
        var gains: [Double] = []
        for truth in truths {
            guard let rank = truth.rank else { return nil }
            gains.append(Double(max(0, truths.count + 1 - rank)) / Double(truths.count))
        }
        let items = zip(claims, matching.incidents).map { claim, incident in
            (score: claim.severity, gain: incident.map { gains[$0] } ?? 0)
        }
        let missed = gains.indices.filter { matching.claims[$0] == nil }.map { gains[$0] }
        return DiscountedGain.normalized(items, missed: missed, at: 10)
    }

    private static func detectedBefore(
        _ claims: [ImpactClaim], _ truths: [ImpactTruth.Incident], _ matching: ImpactMatching,
        _ tickets: [String: Instant]
    ) -> Double? {
        var isBefore: [Bool] = []
        for (truth, claim) in zip(truths, matching.claims) where truth.firstLine != nil {
            guard let first = truth.tickets.compactMap({ tickets[$0] }).min() else { continue }
            isBefore.append(claim.map { claims[$0].detectedAt <= first } ?? false)
        }
        return isBefore.isEmpty ? nil : Double(isBefore.count { $0 }) / Double(isBefore.count)
    }
}
