/// Which pairs of episodes share a deployment, an account or a trace: all others have nothing to do with each other.
///
/// - Complexity: O(n log n) in the accounts, deployments and traces of all episodes, and in the pairs.
struct NearEpisodes {
    struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    /// In order.
    let pairs: [Pair]
    private let traces: [Pair: Int]

    init(_ episodes: [Episode]) {
        var found: Set<Pair> = []
        func add(_ items: [(key: UInt64, episode: Int)], _ body: (Pair) -> Void) {
            let items = items.sorted { ($0.key, $0.episode) < ($1.key, $1.episode) }
            var start = 0
            while start < items.count {
                var end = start
                while end < items.count, items[end].key == items[start].key { end += 1 }
                for right in start..<end {
                    for left in start..<right { body(Pair(left: items[left].episode, right: items[right].episode)) }
                }
                start = end
            }
        }
        func keys(_ counts: [Int32: Double], _ episode: Int) -> [(key: UInt64, episode: Int)] {
            counts.keys.map { (UInt64(UInt32(bitPattern: $0)), episode) }
        }
        add(episodes.enumerated().flatMap { keys($1.deployments, $0) }) { found.insert($0) }
        // Accounts are compared where a deployment is not known, or where one account is all there is.
        let isPlaced = episodes.map { !$0.deployments.isEmpty && $0.soleAccount == nil }
        if isPlaced.contains(false) {
            add(episodes.enumerated().flatMap { keys($1.accounts, $0) }) {
                if !(isPlaced[$0.left] && isPlaced[$0.right]) { found.insert($0) }
            }
        }
        var traces: [Pair: Int] = [:]
        add(episodes.enumerated().flatMap { index, episode in episode.traces.map { ($0, index) } }) {
            traces[$0, default: 0] += 1
        }
        found.formUnion(traces.keys)
        self.traces = traces
        pairs = found.sorted { ($0.right, $0.left) < ($1.right, $1.left) }
    }

    /// The traces that two episodes share.
    func sharedTraces(_ pair: Pair) -> Int { traces[pair] ?? 0 }
}
