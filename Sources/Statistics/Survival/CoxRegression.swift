import Glibc
public import LinearAlgebra

/// Cox's regression of the hazard, `hazard(t) = baseline(t) * exp(x'b)`, by partial likelihood.
///
/// Maximises the weighted partial log-likelihood less `ridge_j * b_j^2 / 2` by Newton's method. A row of weight 2
/// equals two rows under Breslow's ties only: Efron's method sees that two rows are tied, and gives tied events their
/// mean weight.
///
/// Source: D. R. Cox, "Regression models and life-tables", JRSS B 34 (1972); T. M. Therneau, P. M. Grambsch, "Modeling
/// Survival Data" (2000), sections 3.1 to 3.3.
public struct CoxRegression: Sendable {
    /// What the likelihood takes events at the same time for.
    public enum Ties: Sendable, Equatable, CaseIterable {
        /// Events in an unknown order: the tied rows leave the risk set by equal parts (B. Efron, JASA 72, 1977).
        case efron
        /// Events that all see the whole risk set (N. Breslow, Biometrics 30, 1974).
        case breslow
    }

    /// The treatment of events at the same time.
    public let ties: Ties
    /// One penalty a column of the design, or none at all.
    public let ridge: [Double]
    /// The most Newton steps that are tried.
    public let maximumIterations: Int

    /// Checks the settings.
    ///
    /// - Parameters:
    ///   - ridge: zero or more each.
    ///   - maximumIterations: one or more.
    /// - Throws: `invalidParameter`.
    public init(ties: Ties = .efron, ridge: [Double] = [], maximumIterations: Int = 60) throws(SurvivalError) {
        try SurvivalError.check(ridge: ridge, maximumIterations: maximumIterations)
        self.ties = ties
        self.ridge = ridge
        self.maximumIterations = maximumIterations
    }

    /// Fits the coefficients and the baseline hazard.
    ///
    /// - Parameters:
    ///   - design: one row a time, without a constant column.
    /// - Throws: `invalidCovariate`, `allCensored`, `rankDeficient`, `monotoneLikelihood`, `notConverged`. Rows of
    ///   weight 0
    ///   are not looked at.
    /// - Complexity: O(n log n) once and O(n p^2) a step.
    public func fit(_ design: Matrix, _ sample: CensoredTimes) throws(SurvivalError) -> FittedCoxRegression {
        precondition(design.rows == sample.times.count, "one row of the design a time")
        let rows = try sample.countedRowsWithEvent().sorted {
            (sample.times[$0], $1) > (sample.times[$1], $0)
        }
        let (times, events, weights) = sample.selecting(rows)
        let standardized = try StandardizedDesign(design, rows: rows, weights: weights, ridge: ridge)
        let likelihood = PartialLikelihood(
            ties: ties, design: standardized, times: times, events: events, weights: weights)
        let start = [Double](repeating: 0, count: design.columns)
        let newton = NewtonMaximization(maximumIterations: maximumIterations, totalWeight: weights.reduce(0, +))
        let (parameters, point, iterations) = try newton.maximize(
            from: start, evaluate: likelihood.point, largestChange: standardized.largestChange)

        let coefficients = standardized.coefficients(parameters)
        let baseline = likelihood.baselineHazard(parameters, offset: standardized.offset(coefficients))
        return FittedCoxRegression(
            coefficients: coefficients,
            covariance: try standardized.covariance(point.information, intercepts: 0),
            logLikelihood: point.value - standardized.penalty(parameters),
            nullLogLikelihood: likelihood.point(start).value,
            eventTimes: baseline.times, baselineCumulativeHazard: baseline.cumulativeHazard, iterations: iterations)
    }
}
