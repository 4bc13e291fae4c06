public import Records
internal import Statistics

/// How well incidents and the accounts that they hurt were found.
///
/// Each claim is of the true incident with which it has the most in common, if any: lines, where the truth names them, or else the share of time in
/// common times the share of accounts in common (Jaccard's index). All claims of one true incident count together; one that covers two is of
/// the one with more in common, and the other one is missed.
public struct ImpactAccuracy: Sendable, Hashable, Codable {
    /// Of the pairs (incident, account) that are claimed with a probability of at least ½ the share that is true; 1 when none is claimed.
    public var precision: Double
    /// Of the true pairs the share that is so claimed; 1 when there is none.
    public var recall: Double
    /// The expected calibration error over all claimed pairs, in ten bins.
    public var calibrationError: Double
    /// How well the lines (or, where the truth names none, the pairs of account and incident) were grouped: F1 over pairs of them.
    public var incidentPairF1: Double
    /// How well severity orders the incidents: the gain of a true incident of rank r among n is `(n + 1 - r) / n`; nil when nobody ranks them.
    public var severityNdcgAt10: Double?
    /// Of the incidents that the log shows and of which somebody wrote the share detected before the first ticket; nil when there is none.
    public var detectedBeforeFirstTicket: Double?
    /// Claims that have nothing in common with any incident, a week.
    public var falseIncidentsPerWeek: Double
    /// The true incidents.
    public var incidents: Int
    /// Those of which something was claimed.
    public var found: Int

    /// Measures claims.
    ///
    /// - Parameters:
    ///   - claims: What was claimed.
    ///   - truth: What happened.
    ///   - tickets: When each ticket was opened, by its id.
    ///   - weeks: The weeks that the log covers, above 0.
    public init(_ claims: [ImpactClaim], truth: ImpactTruth, tickets: [String: Instant], weeks: Double) {
        let truths = truth.incidents
        let owners = claims.map { claim in Self.owner(of: claim, truths) }
        var right = 0.0
        var claimed = 0.0
        var predictions: [(probability: Double, isTrue: Bool)] = []
        var seen: [Set<String>] = truths.map { _ in [] }
        for (claim, owner) in zip(claims, owners) {
            let hurt = owner.map { Set(truths[$0].accounts) } ?? []
            for account in claim.accounts {
                predictions.append((account.probability, hurt.contains(account.id)))
                guard account.probability >= 0.5 else { continue }
                // Two claims of one incident do not count an account twice.
                if let owner, !seen[owner].insert(account.id).inserted { continue }
                claimed += 1
                if hurt.contains(account.id) { right += 1 }
            }
        }
        let pairs = Double(truths.reduce(0) { $0 + Set($1.accounts).count })
        precision = claimed > 0 ? right / claimed : 1
        recall = pairs > 0 ? right / pairs : 1
        calibrationError = CalibrationError.expected(predictions)
        incidentPairF1 = Self.pairF1(claims, owners, truths)
        severityNdcgAt10 = Self.severity(claims, owners, truths)
        detectedBeforeFirstTicket = Self.detectedBefore(claims, owners, truths, tickets)
        falseIncidentsPerWeek = Double(owners.count { $0 == nil }) / weeks
        incidents = truths.count
        found = Set(owners.compactMap { $0 }).count
    }

    /// The mean over some desks, or nil of none; a measure that a desk does not have is left out for it.
    public init?(meanOf all: [ImpactAccuracy]) {
        guard !all.isEmpty else { return nil }
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        precision = mean(all.map(\.precision)) ?? 1
        recall = mean(all.map(\.recall)) ?? 1
        calibrationError = mean(all.map(\.calibrationError)) ?? 0
        incidentPairF1 = mean(all.map(\.incidentPairF1)) ?? 1
        severityNdcgAt10 = mean(all.compactMap(\.severityNdcgAt10))
        detectedBeforeFirstTicket = mean(all.compactMap(\.detectedBeforeFirstTicket))
        falseIncidentsPerWeek = mean(all.map(\.falseIncidentsPerWeek)) ?? 0
        incidents = all.reduce(0) { $0 + $1.incidents }
        found = all.reduce(0) { $0 + $1.found }
    }

    private static func owner(of claim: ImpactClaim, _ truths: [ImpactTruth.Incident]) -> Int? {
        let lines = Set(claim.lines)
        let common = truths.map { truth -> Double in
            if !truth.lines.isEmpty { return Double(truth.lines.count(where: lines.contains)) }
            let time =
                min(claim.end.seconds, truth.end.seconds) - max(claim.start.seconds, truth.start.seconds)
            let whole =
                max(claim.end.seconds, truth.end.seconds) - min(claim.start.seconds, truth.start.seconds)
            let accounts = Set(claim.accounts.filter { $0.probability >= 0.5 }.map(\.id))
            let both = accounts.intersection(truth.accounts).count
            let either = accounts.union(truth.accounts).count
            guard time >= 0, either > 0 else { return 0 }
            return max(time, 1) / max(whole, 1) * Double(both) / Double(either)
        }
        guard let best = common.indices.max(by: { common[$0] < common[$1] }), common[best] > 0 else { return nil }
        return best
    }

    private static func pairF1(_ claims: [ImpactClaim], _ owners: [Int?], _ truths: [ImpactTruth.Incident]) -> Double {
        guard truths.contains(where: { !$0.lines.isEmpty }) else {
            var found: [Int?] = []
            var belonging: [Int?] = []
            for (number, truth) in truths.enumerated() {
                for account in Set(truth.accounts) {
                    found.append(
                        claims.indices.first { index in
                            owners[index] == number
                                && claims[index].accounts.contains { $0.id == account && $0.probability >= 0.5 }
                        })
                    belonging.append(number)
                }
            }
            return PairMeasures(found: found, truth: belonging).f1
        }
        var found: [Int: Int] = [:]
        var belonging: [Int: Int] = [:]
        for (number, claim) in claims.enumerated() { for line in claim.lines { found[line] = number } }
        for (number, truth) in truths.enumerated() { for line in truth.lines { belonging[line] = number } }
        let lines = Set(found.keys).union(belonging.keys).sorted()
        return PairMeasures(found: lines.map { found[$0] }, truth: lines.map { belonging[$0] }).f1
    }

    private static func severity(
        _ claims: [ImpactClaim], _ owners: [Int?], _ truths: [ImpactTruth.Incident]
    ) -> Double? {
        guard !truths.isEmpty, truths.allSatisfy({ $0.rank != nil }) else { return nil }
        let gains = truths.map { Double(max(0, truths.count + 1 - ($0.rank ?? 0))) / Double(truths.count) }
        // Of several claims of one incident the most severe stands for it.
        var best: [Int: Double] = [:]
        var items: [(score: Double, gain: Double)] = []
        for (claim, owner) in zip(claims, owners) {
            guard let owner else {
                items.append((claim.severity, 0))
                continue
            }
            best[owner] = max(best[owner] ?? claim.severity, claim.severity)
        }
        for (owner, score) in best { items.append((score, gains[owner])) }
        let missed = truths.indices.filter { best[$0] == nil }.map { gains[$0] }
        return DiscountedGain.normalized(items, missed: missed, at: 10)
    }

    private static func detectedBefore(
        _ claims: [ImpactClaim], _ owners: [Int?], _ truths: [ImpactTruth.Incident], _ tickets: [String: Instant]
    ) -> Double? {
        var before = 0.0
        var all = 0.0
        for (number, truth) in truths.enumerated() where truth.firstLine != nil {
            guard let first = truth.tickets.compactMap({ tickets[$0] }).min(), first >= truth.start else { continue }
            all += 1
            let detected = claims.indices.filter { owners[$0] == number }.map { claims[$0].detectedAt }.min()
            if let detected, detected <= first { before += 1 }
        }
        return all > 0 ? before / all : nil
    }
}
