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

    private let pasts: [Past]

    init(_ lines: SignatureLines, _ episodes: [Episode]) {
        let start = lines.lines.first?.time ?? 0
        let end = lines.lines.last?.time ?? 0
        var ofSignature: [Int32: [Episode]] = [:]
        for episode in episodes { ofSignature[episode.signature, default: []].append(episode) }
        pasts = (0..<lines.count).map { number in
            let signature = Int32(truncatingIfNeeded: number)
            var past = Past(seconds: max(3_600, end - start))
            let rises = ofSignature[signature] ?? []
            for rise in rises { past.seconds -= min(rise.end - rise.start, past.seconds / 2) }
            let explained = Set(rises.flatMap(\.positions))
            for position in lines.all(signature) where !explained.contains(position) {
                past.lines += 1
                let account = lines.lines[Int(position)].account
                if account >= 0 { past.accounts[account, default: 0] += 1 }
            }
            return past
        }
    }

    /// The lines to expect of an account in the signatures and the time of episodes when nothing is wrong, above 0.
    func expected(_ account: Int32, of episodes: [Episode], accounts: Int) -> Double {
        episodes.reduce(0) { sum, episode in
            let past = pasts[Int(episode.signature)]
            let duration = max(60, episode.end - episode.start)
            // A gamma prior with the mean of all accounts.
            let mean = max(past.lines / Double(max(1, accounts)), 0.01)
            let lines = (past.accounts[account] ?? 0) + Self.shape
            return sum + lines * mean / (mean + Self.shape) * duration / past.seconds
        }
    }
}
