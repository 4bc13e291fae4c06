public import Records
public import Statistics

extension ImpactAccuracy {
    /// How well what belongs together was put together.
    ///
    /// Where the truth names lines, the lines are grouped: those of any claim or incident, a line in several by the first of them, and one in none
    /// as a group of its own. Else, as on desks of which only the first lines are known, the true pairs (incident, account) are: each is in the
    /// claim of its incident if that finds the account, or else in the claim that does and has the most time in common with the incident, or
    /// else in none. Then a claim that hurts nobody else makes no difference.
    public static func grouping(
        _ claims: [ImpactClaim], _ truths: [ImpactTruth.Incident], _ matching: ImpactMatching
    ) -> PairMeasures {
        if truths.contains(where: { !$0.lines.isEmpty }) { return groupingOfLines(claims, truths) }
        let accounts = claims.map(\.likelyAccounts)
        var found: [Int?] = []
        var belonging: [Int?] = []
        for (number, truth) in truths.enumerated() {
            let byTime = claims.indices.map { index in
                min(claims[index].end, truth.end).seconds - max(claims[index].start, truth.start).seconds
            }
            for account in Set(truth.accounts).sorted() {
                let naming = claims.indices.filter { byTime[$0] >= 0 && accounts[$0].contains(account) }
                let own = matching.claims[number].flatMap { accounts[$0].contains(account) ? $0 : nil }
                found.append(own ?? naming.max { byTime[$0] < byTime[$1] })
                belonging.append(number)
            }
        }
        return PairMeasures(found: found, truth: belonging)
    }

    private static func groupingOfLines(_ claims: [ImpactClaim], _ truths: [ImpactTruth.Incident]) -> PairMeasures {
        let found = owners(claims.map(\.lines))
        let belonging = owners(truths.map(\.lines))
        let lines = Set(found.keys).union(belonging.keys).sorted()
        return PairMeasures(found: lines.map { found[$0] }, truth: lines.map { belonging[$0] })
    }

    /// For each line the first group that has it.
    private static func owners(_ groups: [[Int]]) -> [Int: Int] {
        var owners: [Int: Int] = [:]
        for (number, lines) in groups.enumerated() {
            for line in lines where owners[line] == nil { owners[line] = number }
        }
        return owners
    }
}
