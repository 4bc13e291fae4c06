/// How well scores and decisions tell anomalous cases from normal ones, at a stated prevalence.
///
/// With prevalence π, recall R and false-alarm rate φ: precision = π R / (π R + (1 − π) φ). So the measures do not depend on
/// how many cases of either kind happen to be in the test.
public struct DetectionMeasures: Sendable, Codable, Equatable {
    /// The share of the flagged that is anomalous; 0 where nothing is flagged.
    public let precision: Double
    /// The share of the anomalous that is flagged.
    public let recall: Double
    /// The harmonic mean of precision and recall.
    public let f1: Double
    /// The share of the normal that is flagged.
    public let falseAlarmRate: Double

    /// Measures decisions; a kind without a case counts as never flagged.
    ///
    /// - Parameters:
    ///   - normal: Whether each normal case was flagged.
    ///   - anomalous: Whether each anomalous case was flagged.
    ///   - prevalence: The share of anomalous cases, in 0...1.
    public init(normal: [Bool], anomalous: [Bool], prevalence: Double) {
        func share(_ flags: [Bool]) -> Double {
            flags.isEmpty ? 0 : Double(flags.count { $0 }) / Double(flags.count)
        }
        recall = share(anomalous)
        falseAlarmRate = share(normal)
        let found = prevalence * recall
        let flagged = found + (1 - prevalence) * falseAlarmRate
        precision = flagged > 0 ? found / flagged : 0
        f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
    }

    /// The F1 of flagging every case: precision is the prevalence, recall 1.
    public static func flagEverything(prevalence: Double) -> Double { 2 * prevalence / (1 + prevalence) }

    /// The probability that an anomalous case scores above a normal one, ties counting half (Mann and Whitney); NaN where
    /// a kind has no case.
    ///
    /// O(n log n).
    public static func auroc(normal: [Double], anomalous: [Double]) -> Double {
        guard !normal.isEmpty, !anomalous.isEmpty else { return .nan }
        var won = 0.0
        var seen = 0.0
        for group in grouped(normal, anomalous).reversed() {
            won += group.anomalous * (seen + group.normal / 2)
            seen += group.normal
        }
        return won / Double(normal.count) / Double(anomalous.count)
    }

    /// The average precision `Σ (R_k − R_{k−1}) P_k` over the distinct scores in descending order, at a prevalence; NaN
    /// where there is no anomalous case.
    ///
    /// O(n log n).
    public static func averagePrecision(normal: [Double], anomalous: [Double], prevalence: Double) -> Double {
        guard !anomalous.isEmpty else { return .nan }
        var (alarms, found, sum) = (0.0, 0.0, 0.0)
        for group in grouped(normal, anomalous) {
            alarms += normal.isEmpty ? 0 : (1 - prevalence) * group.normal / Double(normal.count)
            let gain = group.anomalous / Double(anomalous.count)
            found += prevalence * gain
            if gain > 0, found > 0 { sum += gain * found / (found + alarms) }
        }
        return sum
    }

    /// The cases of each distinct score, the highest first.
    private static func grouped(
        _ normal: [Double], _ anomalous: [Double]
    ) -> [(normal: Double, anomalous: Double)] {
        let all = (normal.map { ($0, false) } + anomalous.map { ($0, true) }).sorted { $0.0 > $1.0 }
        var groups: [(normal: Double, anomalous: Double)] = []
        var last = Double.nan
        for (score, isAnomalous) in all {
            if score != last { groups.append((0, 0)) }
            last = score
            if isAnomalous { groups[groups.count - 1].anomalous += 1 } else { groups[groups.count - 1].normal += 1 }
        }
        return groups
    }
}
