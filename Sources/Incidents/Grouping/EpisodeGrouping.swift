internal import Glibc

/// Groups episodes that rise together in time, scope and trace.
struct EpisodeGrouping {
    /// Starts that are no further apart are of one time, in seconds.
    private static let near = 900.0
    /// The share of the shorter one's time in which both go on.
    private static let overlap = 0.5
    /// The likeness of two scopes that are one.
    private static let likeness = 0.5
    /// The share of traces in common that ties two episodes.
    private static let traces = 0.1

    /// The episodes that belong together, each group in order of start.
    static func groups(_ episodes: [Episode]) -> [[Episode]] {
        let episodes = episodes.sorted { ($0.start, $0.signature) < ($1.start, $1.signature) }
        var roots = Array(episodes.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while roots[index] != index { index = roots[index] }
            return index
        }
        for (index, episode) in episodes.enumerated() {
            for earlier in 0..<index where belongTogether(episodes[earlier], episode) {
                let (left, right) = (root(earlier), root(index))
                roots[max(left, right)] = min(left, right)
            }
        }
        var groups: [Int: [Episode]] = [:]
        for index in episodes.indices { groups[root(index), default: []].append(episodes[index]) }
        return groups.keys.sorted().compactMap { groups[$0] }
    }

    private static func belongTogether(_ left: Episode, _ right: Episode) -> Bool {
        let scope = scopeLikeness(left, right)
        let gap = max(left.start, right.start) - min(left.end, right.end)
        let shorter = min(left.end - left.start, right.end - right.start)
        let longer = max(left.end - left.start, right.end - right.start)
        if left.signature == right.signature {
            // One signature that pauses in its scope, or comes up in several at once.
            if scope >= likeness, gap < pause(left, right, longer) { return true }
            if gap > 0 { return false }
            return abs(left.start - right.start) <= near || (left.isNovel && right.isNovel)
        }
        guard gap <= near else { return false }
        if sharedTraces(left, right) >= traces { return true }
        guard scope >= likeness else { return false }
        if abs(left.start - right.start) <= near + 0.05 * longer { return true }
        return -gap >= overlap * max(shorter, 1) && abs(left.end - right.end) <= max(near, 0.2 * longer)
            && scope >= 0.8
    }

    /// The time for which a signature may pause in its scope: half as long as it went on, and longer when it had never come before.
    private static func pause(_ left: Episode, _ right: Episode, _ longer: Double) -> Double {
        let known = max(near, min(longer / 2, 172_800))
        return left.isNovel && right.isNovel ? max(known, 21_600) : known
    }

    /// The cosine of the angle between the lines by deployment or, where one has none, by account.
    private static func scopeLikeness(_ left: Episode, _ right: Episode) -> Double {
        if !left.deployments.isEmpty, !right.deployments.isEmpty {
            return cosine(left.deployments, right.deployments)
        }
        return cosine(left.accounts, right.accounts)
    }

    private static func cosine(_ left: [Int32: Double], _ right: [Int32: Double]) -> Double {
        let product = left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) }
        let sizes = left.values.reduce(0) { $0 + $1 * $1 } * right.values.reduce(0) { $0 + $1 * $1 }
        return sizes > 0 ? product / sizes.squareRoot() : 0
    }

    private static func sharedTraces(_ left: Episode, _ right: Episode) -> Double {
        let smaller = min(left.traces.count, right.traces.count)
        guard smaller > 0 else { return 0 }
        return Double(left.traces.intersection(right.traces).count) / Double(smaller)
    }
}
