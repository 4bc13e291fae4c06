public import Records

/// What people said of tickets that cannot all be: that two are two issues, and that they are one, be it through others.
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

    /// The contradictions among decisions that nobody took back: those of tickets that are one through others, by the order of those that hold them apart, then those of the same two tickets.
    static func all(in decisions: [GroupDecision]) -> [GroupContradiction] {
        let standing = GroupDecision.standing(decisions)
        var links: [String: [(ticket: String, decision: GroupDecision)]] = [:]
        for decision in standing where decision.kind == .mustLink {
            links[decision.first, default: []].append((decision.second, decision))
            links[decision.second, default: []].append((decision.first, decision))
        }
        return standing.filter { $0.kind == .cannotLink }.compactMap { apart in
            way(from: apart.first, to: apart.second, links).map { GroupContradiction(apart: apart, together: $0) }
        } + ofPairs(decisions)
    }

    /// What was said of two tickets, the last of each kind, where it was said both ways since it was last taken back.
    private static func ofPairs(_ decisions: [GroupDecision]) -> [GroupContradiction] {
        var apart: [Set<String>: GroupDecision] = [:]
        var together: [Set<String>: GroupDecision] = [:]
        var order: [Set<String>] = []
        for decision in decisions {
            let pair: Set = [decision.first, decision.second]
            if apart[pair] == nil, together[pair] == nil { order.append(pair) }
            switch decision.kind {
            case .mustLink: together[pair] = decision
            case .cannotLink: apart[pair] = decision
            case .undo: (apart[pair], together[pair]) = (nil, nil)
            }
        }
        // One that was taken back and said again stands in the order twice.
        var met: Set<Set<String>> = []
        return order.filter { met.insert($0).inserted }.compactMap { pair in
            guard let apart = apart[pair], let together = together[pair] else { return nil }
            return GroupContradiction(apart: apart, together: [together])
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
