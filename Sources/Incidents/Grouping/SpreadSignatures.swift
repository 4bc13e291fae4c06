/// Signatures that rise on several deployments at once, on at least half of them with nothing else.
///
/// What they tell of has a cause of its own. Where a larger failure goes on on one of these deployments, the part there belongs to the other parts and not
/// to that failure.
struct SpreadSignatures {
    /// For each episode whether it is a part of one that is spread, and less than what else rises there.
    private let isSmallPart: [Bool]

    /// - Parameters:
    ///   - episodes: Episodes in order of start.
    ///   - ties: Those that belong together, by pairs.
    init(_ episodes: [Episode], ties: [(strength: Double, left: Int, right: Int)]) {
        /// For each the lines of other signatures that rise with it, and where both are.
        var beside = [Int](repeating: 0, count: episodes.count)
        var shared = [Set<Int32>](repeating: [], count: episodes.count)
        for tie in ties where episodes[tie.left].signature != episodes[tie.right].signature {
            beside[tie.left] += episodes[tie.right].positions.count
            beside[tie.right] += episodes[tie.left].positions.count
            let places = episodes[tie.left].mainDeployments.intersection(episodes[tie.right].mainDeployments)
            shared[tie.left].formUnion(places)
            shared[tie.right].formUnion(places)
        }
        var sets: [[Int]] = []
        var current: [Int32: Int] = [:]
        for (index, episode) in episodes.enumerated() where !episode.deployments.isEmpty {
            if let set = current[episode.signature], episodes[sets[set][0]].isAtOnce(with: episode) {
                sets[set].append(index)
            } else {
                current[episode.signature] = sets.count
                sets.append([index])
            }
        }
        var isSmallPart = [Bool](repeating: false, count: episodes.count)
        for set in sets {
            let places = Set(set.flatMap { episodes[$0].mainDeployments })
            let shared = set.reduce(into: Set()) { $0.formUnion(shared[$1]) }
            guard places.count > 1, 2 * shared.count <= places.count else { continue }
            for index in set { isSmallPart[index] = episodes[index].positions.count < beside[index] }
        }
        self.isSmallPart = isSmallPart
    }

    /// Whether one of two episodes of one place is a part of what is spread, and not of what goes on there.
    func divide(_ left: Int, _ right: Int) -> Bool { isSmallPart[left] || isSmallPart[right] }
}
