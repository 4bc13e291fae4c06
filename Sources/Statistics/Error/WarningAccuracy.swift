/// How well warnings over series of counts tell outbreaks, of which each series has one.
///
/// Source: the measures of A. Noufaily et al., Statistics in Medicine 32 (2013), doi:10.1002/sim.5595.
public struct WarningAccuracy: Sendable, Equatable {
    /// The scores of one series in the weeks that are watched, larger for a surer warning.
    public struct Series: Sendable {
        /// The scores.
        public var scores: [Double]
        /// The weeks of its outbreak, from the one that it begins in.
        public var outbreak: Range<Int>

        /// Takes scores and the weeks of the outbreak, which lie among them.
        public init(scores: [Double], outbreak: Range<Int>) {
            self.scores = scores
            self.outbreak = outbreak
        }
    }

    /// The warnings by the weeks outside outbreaks.
    public let falsePositiveRate: Double
    /// The share of outbreaks with a warning while they go on.
    public let probabilityOfDetection: Double
    /// The mean share of an outbreak that passes before its first warning, 1 for one that is missed.
    public let timeliness: Double

    /// Measures warnings at scores above a threshold.
    public init(_ series: [Series], above threshold: Double) {
        var falseWarnings = 0
        var quiet = 0
        var found = 0
        var lag = 0.0
        for item in series {
            for (week, score) in item.scores.enumerated() where !item.outbreak.contains(week) {
                quiet += 1
                if score > threshold { falseWarnings += 1 }
            }
            if let first = item.outbreak.first(where: { item.scores[$0] > threshold }) {
                found += 1
                lag += Double(first - item.outbreak.lowerBound) / Double(item.outbreak.count)
            } else {
                lag += 1
            }
        }
        falsePositiveRate = Double(falseWarnings) / Double(max(1, quiet))
        probabilityOfDetection = Double(found) / Double(max(1, series.count))
        timeliness = lag / Double(max(1, series.count))
    }

    /// The least threshold that at most a share `rate` of the weeks outside outbreaks exceed.
    public static func threshold(_ series: [Series], rate: Double) -> Double {
        var quiet: [Double] = []
        for item in series {
            quiet += item.scores.indices.filter { !item.outbreak.contains($0) }.map { item.scores[$0] }
        }
        quiet.sort(by: >)
        let allowed = Int(rate * Double(quiet.count))
        return allowed < quiet.count ? quiet[allowed] : -.infinity
    }
}
