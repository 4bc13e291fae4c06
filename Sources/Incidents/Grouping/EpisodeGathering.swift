internal import Statistics

/// Gathers what belongs to an incident and would be too little to tell by itself: signatures that come more often in its scope while it goes on.
struct EpisodeGathering {
    /// The improbability from which a signature belongs to it, in nats; much less than what it takes to begin one.
    private static let surprise = 6.0
    private static let leastCount = 3.0
    private static let leastRatio = 3.0
    /// Lines that come at once, on average.
    private static let clump = 2.0
    /// How long before its first line other lines of it may have come, in seconds.
    private static let before = 1_800.0
    /// The share of its lines that one account has when it is that account's alone.
    private static let soleShare = 0.8

    private let lines: SignatureLines
    private let start: Double
    private var taken: PositionSet

    init(_ lines: SignatureLines, _ groups: [[Episode]]) {
        self.lines = lines
        start = lines.lines.first?.time ?? 0
        taken = PositionSet(below: lines.lines.count)
        for episode in groups.joined() { taken.formUnion(episode.positions) }
    }

    /// The group with what belongs to it; what one group has gathered no other one gets.
    mutating func gather(_ group: [Episode]) -> [Episode] {
        guard let scope = Scope(group) else { return group }
        let from = (group.map(\.start).min() ?? 0) - Self.before
        let to = group.map(\.end).max() ?? 0
        guard from > start else { return group }
        let detectedAt = group.map(\.detectedAt).min() ?? to
        var gathered = group
        var inside: [Int32: [Int32]] = [:]
        var past: [Int32: Int] = [:]
        for position in scope.positions(in: lines, from: start, to: to) {
            let line = lines.lines[Int(position)]
            if line.time < from {
                past[line.signature, default: 0] += 1
            } else if !taken.contains(position) {
                inside[line.signature, default: []].append(position)
            }
        }
        for signature in inside.keys.sorted() {
            let positions = inside[signature] ?? []
            guard Double(positions.count) >= Self.leastCount else { continue }
            let expected = (Double(past[signature] ?? 0) + 0.5) / (from - start + 7_200) * (to - from)
            let count = Double(positions.count)
            guard count >= Self.leastRatio * expected,
                CountExcess.surprise(count: count / Self.clump, mean: expected / Self.clump) >= Self.surprise,
                let first = positions.first, let last = positions.last
            else { continue }
            taken.formUnion(positions)
            let rise = Rise(
                signature: signature, scope: .everything, start: lines.lines[Int(first)].time, detectedAt: detectedAt,
                end: lines.lines[Int(last)].time, count: count, expected: expected)
            gathered.append(Episode(rise, number: -1, detectedAt: detectedAt, positions: positions, in: lines.lines))
        }
        return gathered
    }

    /// The deployments that have lines of a group, or the account that has nearly all of them.
    private enum Scope {
        case account(Int32)
        case deployments(Set<Int32>)

        init?(_ group: [Episode]) {
            var accounts: [Int32: Double] = [:]
            var deployments: [Int32: Double] = [:]
            for episode in group {
                accounts.merge(episode.accounts) { $0 + $1 }
                deployments.merge(episode.deployments) { $0 + $1 }
            }
            let named = accounts.values.reduce(0, +)
            if let most = accounts.max(by: { $0.value < $1.value }), most.value >= soleShare * named, named >= 5 {
                self = .account(most.key)
                return
            }
            let placed = deployments.values.reduce(0, +)
            let own = Set(deployments.filter { $0.value >= 0.1 * placed }.keys)
            guard !own.isEmpty else { return nil }
            self = .deployments(own)
        }

        /// Where its lines are, in order of time.
        func positions(in lines: SignatureLines, from: Double, to: Double) -> [Int32] {
            switch self {
            case .account(let account): lines.positions(in: .account(account), from: from, to: to)
            case .deployments(let own):
                own.flatMap { lines.positions(in: .deployment($0), from: from, to: to) }.sorted()
            }
        }
    }
}
