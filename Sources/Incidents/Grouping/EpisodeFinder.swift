internal import Features

/// Makes episodes of rises: those of one signature that are told of everything, of a deployment and of an account are mostly one thing.
struct EpisodeFinder {
    /// Rises with less between them are of one time, in seconds.
    private static let slack = 600.0
    /// The share of the lines of a rise that narrower rises must explain for it to say nothing more.
    private static let explained = 0.6
    /// The lines of a rise in a deployment that make a part of its own of it: so many at least, and so large a share.
    private static let part = (lines: 4, share: 0.2)

    /// A rise of everything that goes on for longer, in seconds, is one thing wherever it is: when it began in a deployment nobody can tell to the hour.
    private static let long = 86_400.0

    private let lines: SignatureLines

    init(_ lines: SignatureLines) {
        self.lines = lines
    }

    func episodes(_ rises: [Rise]) -> [Episode] {
        var bySignature: [Int32: [Rise]] = [:]
        for rise in rises { bySignature[rise.signature, default: []].append(rise) }
        let signatures = bySignature.keys.sorted()
        let ofSignature = bySignature
        // No line has two signatures, so that each core has a set of its own.
        return concurrently(signatures.count, by: max(1, signatures.count / 8)) { range in
            var taken = PositionSet(below: lines.lines.count)
            return signatures[range].flatMap { signature in
                together(ofSignature[signature] ?? []).flatMap { episodes(of: $0, &taken) }
            }
        }.flatMap { $0 }
    }

    /// Rises that overlap in time.
    private func together(_ rises: [Rise]) -> [[Rise]] {
        var groups: [[Rise]] = []
        var end = -Double.infinity
        for rise in rises.sorted(by: { $0.start < $1.start }) {
            if rise.start > end + Self.slack { groups.append([]) }
            groups[groups.count - 1].append(rise)
            end = max(end, rise.end)
        }
        return groups
    }

    private func episodes(of rises: [Rise], _ taken: inout PositionSet) -> [Episode] {
        var found: [Episode] = []
        let told = Detections(rises)
        // From the widest scope that narrower ones do not explain: deployments, then everything, then accounts.
        let deployments = rises.filter { if case .deployment = $0.scope { true } else { false } }
        let everything = rises.filter { $0.scope == .everything }
        let accounts = rises.filter { if case .account = $0.scope { true } else { false } }
        let isWithoutDeployment = deployments.isEmpty
        let long = everything.filter { $0.end - $0.start > Self.long }
        for rise in deployments {
            let whole = long.first { $0.start <= rise.end && rise.start <= $0.end }
            take(rise, lines.positions(of: rise), partOf: whole, told, &taken, &found)
        }
        for rise in everything {
            let positions = lines.positions(of: rise)
            if isWithoutDeployment && isExplained(positions, by: accounts) { continue }
            let rest = positions.count { !taken.contains($0) }
            if Double(rest) > (1 - Self.explained) * Double(positions.count), rest >= 5 {
                take(rise, positions, partOf: rise, told, &taken, &found)
            }
        }
        for rise in accounts { take(rise, lines.positions(of: rise), partOf: nil, told, &taken, &found) }
        return found
    }

    /// Whether one or two accounts have nearly all lines.
    private func isExplained(_ positions: [Int32], by accounts: [Rise]) -> Bool {
        let some = accounts.sorted { $0.count > $1.count }.prefix(2)
        let own = positions.count { position in some.contains { $0.scope.contains(lines.lines[Int(position)]) } }
        return Double(own) >= 0.8 * Double(positions.count)
    }

    private func take(
        _ rise: Rise, _ all: [Int32], partOf whole: Rise?, _ told: Detections, _ taken: inout PositionSet,
        _ found: inout [Episode]
    ) {
        let positions = all.filter { !taken.contains($0) }
        guard 2 * positions.count > all.count, let first = positions.first else { return }
        taken.formUnion(positions)
        let number = Int(whole.flatMap { lines.positions(of: $0).first } ?? first)
        for part in parts(positions) { add(part, of: rise, numbered: number, told, &found) }
    }

    /// The positions by deployment where several deployments have many of them, with the others by themselves: what hurts them may differ.
    private func parts(_ positions: [Int32]) -> [[Int32]] {
        var ofDeployment: [Int32: [Int32]] = [:]
        for position in positions { ofDeployment[lines.lines[Int(position)].deployment, default: []].append(position) }
        ofDeployment[-1] = nil
        let least = max(Self.part.lines, Int(Self.part.share * Double(positions.count)))
        let large = ofDeployment.filter { $0.value.count >= least }.keys.sorted()
        guard large.count > 1 else { return [positions] }
        let rest = positions.filter { !large.contains(lines.lines[Int($0)].deployment) }
        return large.compactMap { ofDeployment[$0] } + (rest.isEmpty ? [] : [rest])
    }

    private func add(
        _ positions: [Int32], of rise: Rise, numbered number: Int, _ told: Detections, _ found: inout [Episode]
    ) {
        guard let first = positions.first, let last = positions.last else { return }
        var rise = rise
        rise.expected *= Double(positions.count) / max(1, rise.count)
        rise.start = lines.lines[Int(first)].time
        rise.end = lines.lines[Int(last)].time
        // What a narrower or wider rise told earlier was told of this one.
        let detected = told.first(overlapping: rise)
        found.append(
            Episode(
                rise, number: number, detectedAt: min(detected ?? .infinity, rise.detectedAt), positions: positions,
                in: lines.lines))
    }
}
