/// What the episodes of one scope say together.
struct EpisodeProfile {
    let episodes: [Episode]
    let start: Double
    let end: Double
    /// Whether hardly anything of it was expected.
    let isNovel: Bool
    /// For each signature the root of its lines, so that one that writes a lot does not hide the others.
    private let signatures: [Int32: Double]

    init(_ episodes: [Episode]) {
        self.episodes = episodes
        start = episodes.map(\.start).min() ?? 0
        end = episodes.map(\.end).max() ?? 0
        isNovel = episodes.allSatisfy(\.isNovel)
        var lines: [Int32: Double] = [:]
        for episode in episodes { lines[episode.signature, default: 0] += Double(episode.positions.count) }
        signatures = lines.mapValues { $0.squareRoot() }
    }

    /// Whether one of two is no more than a part of a rise that the other one has parts of too.
    func isOfOneRise(with other: EpisodeProfile) -> Bool {
        func isPart(_ small: EpisodeProfile, of large: EpisodeProfile) -> Bool {
            small.episodes.allSatisfy { episode in
                large.episodes.contains { $0.signature == episode.signature && $0.rise == episode.rise }
            }
        }
        return isPart(self, of: other) || isPart(other, of: self)
    }

    /// The cosine of the angle between what two say, 0...1.
    func likeness(to other: EpisodeProfile) -> Double { Likeness.cosine(signatures, other.signatures) }
}

/// How alike two sparse vectors are.
enum Likeness {
    /// The cosine of the angle between them; 0 when one is null.
    static func cosine(_ left: [Int32: Double], _ right: [Int32: Double]) -> Double {
        let product = left.keys.sorted().reduce(0) { $0 + (left[$1] ?? 0) * (right[$1] ?? 0) }
        let sizes = squares(left) * squares(right)
        return sizes > 0 ? product / sizes.squareRoot() : 0
    }

    private static func squares(_ values: [Int32: Double]) -> Double {
        values.keys.sorted().reduce(0) { $0 + (values[$1] ?? 0) * (values[$1] ?? 0) }
    }
}
