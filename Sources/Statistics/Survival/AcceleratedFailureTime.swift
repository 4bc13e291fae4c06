import Glibc
public import LinearAlgebra

/// Regression of the logarithm of a right-censored time: `log T = intercept + x'b + scale * W`.
///
/// Maximises the log-likelihood of T, the sum over the rows of `weight * (log f(w) - log scale - log t)` for an event
/// and `weight * log S(w)` for a censored row, at `w = (log t - intercept - x'b) / scale`, less `ridge_j * b_j^2 / 2`,
/// by Newton's method in the coefficients and the logarithm of the scale with the observed information.
///
/// Source: J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time Data" (2002), section 3.8; the
/// same parameters as `survreg` of R.
public struct AcceleratedFailureTime: Sendable {
    /// The distribution of the time.
    public let family: LogTimeFamily
    /// One penalty a column of the design, or none at all; the intercept has none.
    public let ridge: [Double]
    /// The most Newton steps that are tried.
    public let maximumIterations: Int

    /// Checks the settings.
    ///
    /// - Parameters:
    ///   - ridge: zero or more each.
    ///   - maximumIterations: one or more.
    /// - Throws: `invalidParameter`.
    public init(family: LogTimeFamily, ridge: [Double] = [], maximumIterations: Int = 60) throws(SurvivalError) {
        try SurvivalError.check(ridge: ridge, maximumIterations: maximumIterations)
        self.family = family
        self.ridge = ridge
        self.maximumIterations = maximumIterations
    }

    /// Fits the coefficients and the scale.
    ///
    /// - Parameters:
    ///   - design: one row a time, without a column for the intercept; it may have no columns.
    /// - Throws: `nonPositiveTime`, `invalidCovariate`, `allCensored`, `rankDeficient`, `monotoneLikelihood`,
    ///   `vanishingScale`, `notConverged`. Rows of weight 0 are not looked at.
    /// - Complexity: O(n p^2) a step.
    public func fit(_ design: Matrix, _ sample: CensoredTimes) throws(SurvivalError) -> FittedAcceleratedFailureTime {
        precondition(design.rows == sample.times.count, "one row of the design a time")
        let rows = try sample.countedRowsWithEvent()
        for row in rows where !(sample.times[row] > 0) {
            throw .nonPositiveTime(row: row, time: sample.times[row])
        }
        let (times, events, weights) = sample.selecting(rows)
        let standardized = try StandardizedDesign(design, rows: rows, weights: weights, ridge: ridge)
        let likelihood = LogTimeLikelihood(
            family: family, design: standardized, logTimes: times.map { log($0) }, events: events, weights: weights)
        let start = likelihood.start
        let columns = design.columns
        let newton = NewtonMaximization(maximumIterations: maximumIterations, totalWeight: weights.reduce(0, +))
        let (parameters, point, iterations) = try newton.maximize(
            from: start, evaluate: likelihood.point, largestChange: likelihood.largestChange,
            breakdown: { $0[columns + 1] < start[columns + 1] - 25 ? .vanishingScale : nil })

        let standardizedCoefficients = Array(parameters[1..<columns + 1])
        let coefficients = standardized.coefficients(standardizedCoefficients)
        return FittedAcceleratedFailureTime(
            family: family,
            coefficients: [parameters[0] - standardized.offset(coefficients)] + coefficients,
            logScale: parameters[columns + 1],
            covariance: try standardized.covariance(point.information, intercepts: 1),
            logLikelihood: point.value - standardized.penalty(standardizedCoefficients),
            iterations: iterations)
    }
}
