/// How well signatures agree with labels, in the measures of published comparisons of log parsers.
///
/// A group is the set of lines that share one text. All measures are between 0 and 1.
public struct SignatureAccuracy: Sendable, Hashable, Codable {
    /// The share of lines whose found group is exactly their labelled group.
    public var groupingAccuracy: Double
    /// The F1 of found groups that are labelled groups.
    public var groupingF1: Double
    /// The share of lines whose found text is their label, character by character.
    public var parsingAccuracy: Double
    /// The F1 of found texts whose lines all carry just that label.
    public var templateF1: Double
    /// The number of lines.
    public var lines: Int
    /// The number of different texts found.
    public var distinct: Int

    /// Compares.
    ///
    /// - Parameters:
    ///   - found: The text found for each line.
    ///   - labels: The label of each line; as many, and not none.
    public init(found: [String], labels: [String]) {
        let sizes = Dictionary(grouping: found, by: \.self).mapValues(\.count)
        var textsOfLabel: [String: [String: Int]] = [:]
        var labelsOfText: [String: Set<String>] = [:]
        for (text, label) in zip(found, labels) {
            textsOfLabel[label, default: [:]][text, default: 0] += 1
            labelsOfText[text, default: []].insert(label)
        }
        var linesInEqualGroups = 0
        var equalGroups = 0
        for texts in textsOfLabel.values {
            guard texts.count == 1, let only = texts.first, sizes[only.key] == only.value else { continue }
            linesInEqualGroups += only.value
            equalGroups += 1
        }
        let equalTexts = labelsOfText.count { $0.value == [$0.key] }
        let groups = Double(labelsOfText.count + textsOfLabel.count)
        lines = found.count
        distinct = labelsOfText.count
        groupingAccuracy = Double(linesInEqualGroups) / Double(found.count)
        groupingF1 = 2 * Double(equalGroups) / groups
        parsingAccuracy = Double(zip(found, labels).count { $0 == $1 }) / Double(found.count)
        templateF1 = 2 * Double(equalTexts) / groups
    }

    /// The mean of several measurements, each with the same weight; lines and distinct texts are summed.
    public init?(meanOf all: [SignatureAccuracy]) {
        guard !all.isEmpty else { return nil }
        func mean(_ measure: (SignatureAccuracy) -> Double) -> Double {
            all.reduce(0) { $0 + measure($1) } / Double(all.count)
        }
        groupingAccuracy = mean(\.groupingAccuracy)
        groupingF1 = mean(\.groupingF1)
        parsingAccuracy = mean(\.parsingAccuracy)
        templateF1 = mean(\.templateF1)
        lines = all.reduce(0) { $0 + $1.lines }
        distinct = all.reduce(0) { $0 + $1.distinct }
    }
}
