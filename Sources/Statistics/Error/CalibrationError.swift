/// How far stated probabilities lie from how often they come true: the expected calibration error, the mean over bins of equal width of
/// `|mean probability - share that came true|`, weighted by the predictions in each.
///
/// Errors of parts merge into that of the whole. With few predictions it is above zero by chance, even if they are calibrated.
///
/// Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
public struct CalibrationError: Sendable, Hashable {
    /// The predictions so far.
    public private(set) var count = 0
    /// For each bin the sum of the probabilities less the number that came true.
    private var sums: [Double]

    /// Begins without a prediction.
    ///
    /// - Parameter bins: The number of bins, at least 1.
    public init(bins: Int = 10) {
        precondition(bins >= 1, "there is a bin")
        sums = [Double](repeating: 0, count: bins)
    }

    /// Adds a prediction.
    ///
    /// - Parameters:
    ///   - probability: The probability, 0...1.
    ///   - isTrue: Whether it came true.
    public mutating func add(_ probability: Double, isTrue: Bool) {
        let bin = min(sums.count - 1, max(0, Int(probability * Double(sums.count))))
        sums[bin] += probability - (isTrue ? 1 : 0)
        count += 1
    }

    /// Adds the predictions of another one with as many bins.
    public mutating func merge(_ other: CalibrationError) {
        precondition(other.sums.count == sums.count, "the bins are the same")
        for bin in sums.indices { sums[bin] += other.sums[bin] }
        count += other.count
    }

    /// 0...1; 0 where there is no prediction.
    public var value: Double { count > 0 ? sums.reduce(0) { $0 + abs($1) } / Double(count) : 0 }
}
