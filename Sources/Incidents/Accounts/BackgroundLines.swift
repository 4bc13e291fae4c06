/// The failing lines of each signature that no rise explains.
struct BackgroundLines {
    private struct Past {
        var accounts: [Int32: Double] = [:]
        var lines = 0.0
        /// Seconds of the log outside the rises of the signature.
        var seconds: Double
    }

    /// The lines that the share of an account weighs as much as.
    private static let shape = 0.5

    /// Lines of which nobody knows whether they are more than others.
    private static let few = 10.0

    private let pasts: [Past]

    init(_ lines: SignatureLines, _ episodes: [Episode]) {
        let start = lines.lines.first?.time ?? 0
        let end = lines.lines.last?.time ?? 0
        var ofSignature: [Int32: [Episode]] = [:]
        for episode in episodes { ofSignature[episode.signature, default: []].append(episode) }
        // A line has one signature, so that one set does for all of them.
        var explained = PositionSet(below: lines.lines.count)
        pasts = (0..<lines.count).map { number in
            let signature = Int32(truncatingIfNeeded: number)
            var past = Past(seconds: max(3_600, end - start))
            let rises = ofSignature[signature] ?? []
            for rise in rises { past.seconds -= min(rise.end - rise.start, past.seconds / 2) }
            for rise in rises { explained.formUnion(rise.positions) }
            for position in lines.all(signature) where !explained.contains(position) {
                past.lines += 1
                let account = lines.lines[Int(position)].account
                if account >= 0 { past.accounts[account, default: 0] += 1 }
            }
            return past
        }
    }

    /// For each signature of some episodes the time that the episodes take together, as a share of its time outside them.
    ///
    /// It is less where the accounts have more lines outside them than their past led to expect in them: what grows slowly is outside as well, before it is
    /// plain and once it is usual.
    func times(of episodes: [Episode]) -> [Int32: Double] {
        Dictionary(grouping: episodes, by: \.signature).reduce(into: [:]) { times, item in
            let past = pasts[Int(item.key)]
            var time = 0.0
            var end = -Double.infinity
            // Episodes of several deployments at one time are one time.
            for episode in item.value.sorted(by: { $0.start < $1.start }) {
                time += max(0, episode.end - max(episode.start, end))
                end = max(end, episode.end)
            }
            let share = max(60, time) / past.seconds
            var expected = 0.0
            var accounts: Set<Int32> = []
            for episode in item.value {
                let named = episode.accounts.values.reduce(0, +)
                expected += episode.expected * named / Double(max(1, episode.positions.count))
                accounts.formUnion(episode.accounts.keys)
            }
            let outside = share * accounts.reduce(0) { $0 + (past.accounts[$1] ?? 0) }
            times[item.key] = share * min(1, (expected + Self.few) / (outside + Self.few))
        }
    }

    /// The lines to expect of an account in the signatures and the times of episodes when nothing is wrong, above 0.
    func expected(_ account: Int32, in times: [Int32: Double], accounts: Int) -> Double {
        times.reduce(0) { sum, item in
            let past = pasts[Int(item.key)]
            // A gamma prior with the mean of all accounts.
            let mean = max(past.lines / Double(max(1, accounts)), 0.01)
            let lines = (past.accounts[account] ?? 0) + Self.shape
            return sum + lines * mean / (mean + Self.shape) * item.value
        }
    }
}
