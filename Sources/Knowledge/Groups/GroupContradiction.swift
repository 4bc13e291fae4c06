public import Records

/// What people said of tickets that cannot all be: that two are two issues, and that they are one through others.
public struct GroupContradiction: Sendable, Hashable, CustomStringConvertible {
    /// That they are two.
    public var apart: GroupDecision
    /// What makes them one, on the shortest way from the first ticket to the second.
    public var together: [GroupDecision]

    /// The decisions in words, each by its tickets.
    public var description: String {
        func pairs(_ decisions: [GroupDecision]) -> String {
            decisions.map { "\($0.first),\($0.second)" }.joined(separator: " ")
        }
        return "\(pairs([apart])) are two issues, but by \(pairs(together)) they are one"
    }

    /// The contradictions among decisions that stand, by the order of those that hold tickets apart.
    static func all(in standing: [GroupDecision]) -> [GroupContradiction] {
        var links: [String: [(ticket: String, decision: GroupDecision)]] = [:]
        for decision in standing where decision.kind == .mustLink {
            links[decision.first, default: []].append((decision.second, decision))
            links[decision.second, default: []].append((decision.first, decision))
        }
        return standing.filter { $0.kind == .cannotLink }.compactMap { apart in
            way(from: apart.first, to: apart.second, links).map { GroupContradiction(apart: apart, together: $0) }
        }
    }

    private static func way(
        from start: String, to end: String, _ links: [String: [(ticket: String, decision: GroupDecision)]]
    ) -> [GroupDecision]? {
        var ways: [String: [GroupDecision]] = [start: []]
        var next = [start]
        while !next.isEmpty, ways[end] == nil {
            var found: [String] = []
            for ticket in next {
                for link in links[ticket] ?? [] where ways[link.ticket] == nil {
                    ways[link.ticket] = (ways[ticket] ?? []) + [link.decision]
                    found.append(link.ticket)
                }
            }
            next = found
        }
        return ways[end]
    }
}

extension GroupDecision {
    /// The decisions that no later one of the same two tickets replaces or takes back.
    static func standing(_ decisions: [GroupDecision]) -> [GroupDecision] {
        var last: [Set<String>: Int] = [:]
        for (number, decision) in decisions.enumerated() { last[[decision.first, decision.second]] = number }
        return decisions.enumerated().filter { number, decision in
            last[[decision.first, decision.second]] == number && decision.kind != .undo
        }.map(\.element)
    }
}
