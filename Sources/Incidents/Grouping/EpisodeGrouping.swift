internal import Statistics

/// Groups episodes that rise together in time, scope and trace.
struct EpisodeGrouping {
    /// Starts that are no further apart are of one time, in seconds.
    static let near = 900.0
    /// The share of the shorter one's time in which both go on.
    private static let overlap = 0.5
    /// The likeness of two scopes that are one.
    private static let likeness = 0.5
    /// The likeness of two scopes that are the same.
    private static let sameScope = 0.8
    /// The share of traces in common that ties two episodes, and how many it takes.
    private static let traces = (share: 0.25, count: 2)

    /// The likeness of what two scopes say from which one cause may be behind both.
    private static let profile = 0.7

    /// The episodes that belong together, each group in order of start.
    ///
    /// First those of one scope; then scopes that say the same things at the same time, as they do when what they share fails. One signature in common
    /// among several is not enough for that: a thing that many failures lead to, such as a timeout, is no cause.
    static func groups(_ episodes: [Episode]) -> [[Episode]] {
        let episodes = episodes.sorted { ($0.start, $0.signature) < ($1.start, $1.signature) }
        return joined(scopes(episodes).map(EpisodeProfile.init)).map { profiles in
            profiles.flatMap(\.episodes).sorted { ($0.start, $0.signature) < ($1.start, $1.signature) }
        }
    }

    /// Joins the episodes of one scope, the surest pairs first, so that a small one does not tie together what hurts others.
    private static func scopes(_ episodes: [Episode]) -> [[Episode]] {
        let near = NearEpisodes(episodes)
        var ties: [(strength: Double, left: Int, right: Int)] = []
        for pair in near.pairs {
            let (left, right) = (pair.left, pair.right)
            if let strength = tie(episodes[left], episodes[right], sharedTraces: near.sharedTraces(pair)) {
                ties.append((strength, left, right))
            }
        }
        let spread = SpreadSignatures(episodes, ties: ties)
        // What traces share ties all the same, and no scope alone is as strong.
        ties.removeAll { $0.strength <= 1 && spread.divide($0.left, $0.right) }
        ties.sort { ($1.strength, $0.left, $0.right) < ($0.strength, $1.left, $1.right) }
        var sets = DisjointSets(count: episodes.count)
        var hurt = episodes.map { HurtAccounts($0.accounts) }
        for item in ties {
            let (left, right) = (sets.root(of: item.left), sets.root(of: item.right))
            guard left != right, !hurt[left].areOthers(than: hurt[right]) else { continue }
            let root = sets.join(left, right)
            hurt[root] = hurt[left].joined(with: hurt[right])
        }
        return sets.groups.map { $0.map { episodes[$0] } }
    }

    private static func joined(_ profiles: [EpisodeProfile]) -> [[EpisodeProfile]] {
        var sets = DisjointSets(count: profiles.count)
        for right in profiles.indices {
            for left in 0..<right where sets.root(of: left) != sets.root(of: right) {
                if haveOneCause(profiles[left], profiles[right]) { sets.join(left, right) }
            }
        }
        return sets.groups.map { $0.map { profiles[$0] } }
    }

    private static func haveOneCause(_ left: EpisodeProfile, _ right: EpisodeProfile) -> Bool {
        if left.isOfOneRise(with: right) { return true }
        guard max(left.start, right.start) - min(left.end, right.end) <= near else { return false }
        let longer = max(left.end - left.start, right.end - right.start)
        guard abs(left.start - right.start) <= near + 0.05 * longer || (left.isNovel && right.isNovel) else {
            return false
        }
        return left.likeness(to: right) >= profile
    }

    /// How surely two episodes belong together; nil when they do not.
    private static func tie(_ left: Episode, _ right: Episode, sharedTraces: Int) -> Double? {
        let gap = max(left.start, right.start) - min(left.end, right.end)
        guard gap <= near || left.signature == right.signature else { return nil }
        let scope = scopeLikeness(left, right)
        let shorter = min(left.end - left.start, right.end - right.start)
        let longer = max(left.end - left.start, right.end - right.start)
        // One signature may pause in its scope.
        if left.signature == right.signature {
            return scope >= likeness && gap < pause(left, right, longer) ? 1 + scope : nil
        }
        let shared = Double(sharedTraces) / Double(max(1, min(left.traces.count, right.traces.count)))
        if sharedTraces >= traces.count, shared >= traces.share { return 1 + shared }
        guard scope >= likeness else { return nil }
        if left.isAtOnce(with: right) { return scope }
        // Two things going wrong in one place at one time are mostly one thing.
        return scope >= sameScope && -gap >= overlap * max(shorter, 1) ? scope : nil
    }

    /// The time for which a signature may pause in its scope: half as long as it went on, and longer when it had never come before.
    private static func pause(_ left: Episode, _ right: Episode, _ longer: Double) -> Double {
        let known = max(near, min(longer / 2, 172_800))
        return left.isNovel && right.isNovel ? max(known, 21_600) : known
    }

    /// Whether both are one account's, or else the cosine of the angle between their lines by deployment or, where one has none, by account.
    private static func scopeLikeness(_ left: Episode, _ right: Episode) -> Double {
        if let one = left.soleAccount, let other = right.soleAccount { return one == other ? 1 : 0 }
        return left.deployments.isEmpty || right.deployments.isEmpty
            ? Likeness.cosine(left.accounts, right.accounts) : Likeness.cosine(left.deployments, right.deployments)
    }
}
