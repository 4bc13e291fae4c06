public import Records
internal import Statistics

/// Which claim is of which true incident: one of one at most, with the largest sum of overlaps there is.
///
/// The overlap of a claim with an incident lies between 0 and 1:
///
/// - where the truth names all lines of the incident: the lines in both by the lines in either;
/// - where it names only the first line: half for having that line, and half for time and accounts;
/// - else time and accounts: the time in both by the time from the first start to the last end (seconds count at least 1), times the accounts
///   in both by the accounts in either; of the claim those with a probability of at least ½ count.
///
/// So an incident that is claimed twice has one claim, the better one, and the other claim is of no incident; a claim of two incidents is of the
/// one that it covers better, and the other one has no claim.
public struct ImpactMatching: Sendable, Hashable {
    /// For each claim the index of its incident.
    public let incidents: [Int?]
    /// For each incident the index of its claim.
    public let claims: [Int?]
    /// For each claim whether it overlaps with any incident.
    public let isOfSomething: [Bool]

    /// Matches claims with incidents.
    ///
    /// - Complexity: O(claims · incidents · (lines + accounts)), and the cube of their smaller number.
    public init(_ all: [ImpactClaim], _ truths: [ImpactTruth.Incident]) {
        let overlaps = all.map { claim in
            let view = ClaimView(claim)
            return truths.map { view.overlap(with: $0) }
        }
        let matched = MaximumMatching.columns(overlaps)
        var claims = [Int?](repeating: nil, count: truths.count)
        for (claim, incident) in matched.enumerated() { if let incident { claims[incident] = claim } }
        incidents = matched
        self.claims = claims
        isOfSomething = overlaps.map { $0.contains { $0 > 0 } }
    }
}

/// A claim with its lines and its likely accounts as sets.
private struct ClaimView {
    let start: Double
    let end: Double
    let lines: Set<Int>
    let accounts: Set<String>

    init(_ claim: ImpactClaim) {
        start = claim.start.seconds
        end = claim.end.seconds
        lines = Set(claim.lines)
        accounts = claim.likelyAccounts
    }

    func overlap(with truth: ImpactTruth.Incident) -> Double {
        if !truth.lines.isEmpty { return Self.jaccard(lines, Set(truth.lines)) }
        let shared = min(end, truth.end.seconds) - max(start, truth.start.seconds)
        let whole = max(end, truth.end.seconds) - min(start, truth.start.seconds)
        let time = shared < 0 ? 0 : max(shared, 1) / max(whole, 1)
        let both = time * Self.jaccard(accounts, Set(truth.accounts))
        guard let first = truth.firstLine else { return both }
        return both / 2 + (lines.contains(first) ? 0.5 : 0)
    }

    private static func jaccard<Element: Hashable>(_ one: Set<Element>, _ other: Set<Element>) -> Double {
        let both = one.count(where: other.contains)
        let either = one.count + other.count - both
        return either > 0 ? Double(both) / Double(either) : 0
    }
}
