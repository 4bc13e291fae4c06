/// How well spans that were found agree with spans that people have labelled.
///
/// A labelled span counts as recalled when a found span of its type touches it, a found span as right when it touches a labelled one of
/// its type; `exact` counts equal spans, from which F1 is made.
public struct SpanAccuracy: Sendable, Equatable, Codable {
    /// The measures of one type.
    public struct OfType: Sendable, Equatable, Codable {
        /// Labelled spans.
        public var labelled = 0
        /// Found spans.
        public var found = 0
        /// Spans that are labelled and found alike.
        public var exact = 0
        /// Labelled spans that a found one touches.
        public var touched = 0
        /// Found spans that a labelled one touches.
        public var right = 0
        /// Labelled characters.
        public var characters = 0
        /// Labelled characters that are found.
        public var coveredCharacters = 0

        /// Nothing yet.
        public init() {}

        /// Adds what was counted elsewhere.
        public mutating func add(_ other: OfType) {
            labelled += other.labelled
            found += other.found
            exact += other.exact
            touched += other.touched
            right += other.right
            characters += other.characters
            coveredCharacters += other.coveredCharacters
        }

        /// The share of labelled spans that were found; NaN where there are none.
        public var recall: Double { Double(touched) / Double(labelled) }
        /// The lower 95 % limit of ``recall`` (Wilson).
        public var recallLow: Double { SpanAccuracy.wilsonLow(touched, of: labelled) }
        /// The share of labelled characters that were found.
        public var characterRecall: Double { Double(coveredCharacters) / Double(characters) }
        /// The share of found spans that are right; NaN where nothing was found.
        public var precision: Double { Double(right) / Double(found) }
        /// The harmonic mean of recall and precision of exact spans.
        public var f1: Double { exact == 0 ? 0 : 2 * Double(exact) / Double(labelled + found) }
    }

    /// The measures by type: those of the labels and of the found spans, as far as they are asked for.
    public var byType: [String: OfType] = [:]
    /// The sum over all types that are asked for.
    public var total = OfType()
    /// The share of the labelled characters of each type, asked for or not, that a found span of any type hides.
    public var hidden: [String: Double] = [:]
    /// Found spans that touch no labelled span of any type.
    public var strays = 0

    /// Compares.
    ///
    /// - Parameters:
    ///   - labelled: The labelled spans of each text.
    ///   - found: The found spans of each text, in the same order; they do not overlap within a type.
    ///   - types: The types to measure.
    public init(labelled: [[TypedSpan]], found: [[TypedSpan]], types: Set<String>) {
        precondition(labelled.count == found.count, "both lists have one entry a text")
        var characters: [String: (all: Int, hidden: Int)] = [:]
        for (labels, finds) in zip(labelled, found) {
            for label in labels {
                let cover = Self.covered(label.range, by: finds)
                characters[label.type, default: (0, 0)].all += label.range.count
                characters[label.type, default: (0, 0)].hidden += cover
                guard types.contains(label.type) else { continue }
                let same = finds.filter { $0.type == label.type }
                byType[label.type, default: OfType()].labelled += 1
                byType[label.type, default: OfType()].characters += label.range.count
                byType[label.type, default: OfType()].coveredCharacters += Self.covered(label.range, by: same)
                if same.contains(where: { $0.range.overlaps(label.range) }) {
                    byType[label.type, default: OfType()].touched += 1
                }
                if same.contains(label) { byType[label.type, default: OfType()].exact += 1 }
            }
            for find in finds {
                if !labels.contains(where: { $0.range.overlaps(find.range) }) { strays += 1 }
                guard types.contains(find.type) else { continue }
                byType[find.type, default: OfType()].found += 1
                if labels.contains(where: { $0.type == find.type && $0.range.overlaps(find.range) }) {
                    byType[find.type, default: OfType()].right += 1
                }
            }
        }
        for measures in byType.values { total.add(measures) }
        hidden = characters.mapValues { Double($0.hidden) / Double(max(1, $0.all)) }
    }

    private static func covered(_ range: Range<Int>, by spans: [TypedSpan]) -> Int {
        var covered = 0
        var end = range.lowerBound
        for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let part = span.range.clamped(to: range)
            if part.upperBound > end {
                covered += part.upperBound - max(end, part.lowerBound)
                end = part.upperBound
            }
        }
        return covered
    }

    /// The lower 95 % limit of a share of successes.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212.
    public static func wilsonLow(_ successes: Int, of trials: Int) -> Double {
        guard trials > 0 else { return .nan }
        let (n, z) = (Double(trials), 1.959_963_984_540_054)
        let share = Double(successes) / n
        let spread = z * ((share * (1 - share) + z * z / (4 * n)) / n).squareRoot()
        return max(0, (share + z * z / (2 * n) - spread) / (1 + z * z / n))
    }
}
