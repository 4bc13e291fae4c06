/// How far stated probabilities lie from how often they come true.
public enum CalibrationError {
    /// The expected calibration error: the mean over bins of equal width of `|mean probability - share that came true|`, weighted by the
    /// predictions in each.
    ///
    /// Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
    ///
    /// - Parameters:
    ///   - predictions: The probabilities, 0...1, and whether each came true.
    ///   - bins: The number of bins, at least 1.
    /// - Returns: 0...1; 0 where there is no prediction.
    public static func expected(_ predictions: [(probability: Double, isTrue: Bool)], bins: Int = 10) -> Double {
        precondition(bins >= 1, "there is a bin")
        guard !predictions.isEmpty else { return 0 }
        var sums = [Double](repeating: 0, count: bins)
        for (probability, isTrue) in predictions {
            let bin = min(bins - 1, max(0, Int(probability * Double(bins))))
            sums[bin] += probability - (isTrue ? 1 : 0)
        }
        return sums.reduce(0) { $0 + abs($1) } / Double(predictions.count)
    }
}
