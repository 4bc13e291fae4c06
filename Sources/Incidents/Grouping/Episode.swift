/// The rises of one signature in one scope and what is seen in their lines.
struct Episode {
    let signature: Int32
    /// The number of its rise, which parts of a rise share.
    let rise: Int
    let start: Double
    let end: Double
    let detectedAt: Double
    /// The lines that the past led to expect in it.
    let expected: Double
    /// The positions of its lines in order of time.
    let positions: [Int32]
    /// Its lines by account, those without one left out.
    let accounts: [Int32: Double]
    /// Its lines by deployment, those without one left out.
    let deployments: [Int32: Double]
    /// Some of its traces.
    let traces: Set<UInt64>
    /// The account that has nearly all lines of which the account is known; nil when none has or few are known.
    let soleAccount: Int32?

    /// Traces that are kept.
    private static let mostTraces = 512
    /// The lines of known accounts that there must be, and the share of one account's, for it to be that account's.
    private static let sole = (lines: 3.0, share: 0.8)
    /// The lines on a deployment, by those on the one that has the most, from which it is one of the main ones.
    private static let mainShare = 0.2

    init(_ rise: Rise, number: Int, detectedAt: Double, positions: [Int32], in lines: [AccountLine]) {
        signature = rise.signature
        self.rise = number
        start = rise.start
        end = rise.end
        self.detectedAt = detectedAt
        expected = rise.expected
        self.positions = positions
        var accounts: [Int32: Double] = [:]
        var deployments: [Int32: Double] = [:]
        var traces: Set<UInt64> = []
        for position in positions {
            let line = lines[Int(position)]
            if line.account >= 0 { accounts[line.account, default: 0] += 1 }
            if line.deployment >= 0 { deployments[line.deployment, default: 0] += 1 }
            if line.trace != 0, traces.count < Self.mostTraces { traces.insert(line.trace) }
        }
        self.accounts = accounts
        self.deployments = deployments
        self.traces = traces
        let named = accounts.values.reduce(0, +)
        soleAccount = accounts.first { named >= Self.sole.lines && $0.value >= Self.sole.share * named }?.key
    }

    /// The deployments that have more than a few of its lines.
    var mainDeployments: Set<Int32> {
        let most = deployments.values.max() ?? 0
        return Set(deployments.filter { $0.value >= Self.mainShare * most }.keys)
    }

    /// Whether it goes on with another one, and began about when that did.
    func isAtOnce(with other: Episode) -> Bool {
        let longer = max(end - start, other.end - other.start)
        return max(start, other.start) - min(end, other.end) <= EpisodeGrouping.near
            && abs(start - other.start) <= EpisodeGrouping.near + 0.05 * longer
    }

    /// Whether hardly anything of it was expected.
    var isNovel: Bool { expected < 0.02 * Double(positions.count) }
}
