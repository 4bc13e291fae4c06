import Glibc
public import LinearAlgebra

/// Regression of the probability that the event falls into an interval of time, given that it did not before.
///
/// The link of the hazard in interval k is `intercept_k + x'b`. The log-likelihood is that of a binary regression with
/// one observation a row and interval it entered, less `ridge_j * b_j^2 / 2`, by Newton's method; the observations are
/// summed without being written out. A row censored inside an interval does not count in it, and a row beyond the last
/// boundary is censored there. Standard errors come from the expected information, as those of `glm` in R do.
///
/// Source: R. L. Prentice, L. A. Gloeckler, "Regression analysis of grouped survival data", Biometrics 34 (1978),
/// doi:10.2307/2529588; P. D. Allison, "Discrete-time methods for the analysis of event histories" (1982).
public struct DiscreteHazardRegression: Sendable {
    /// The function that takes the hazard of an interval to the whole line.
    public let link: HazardLink
    /// The ends of the intervals, ascending, above zero, in the unit of the times.
    ///
    /// The first interval starts at zero and each holds its end.
    public let boundaries: [Double]
    /// One penalty a column of the design, or none at all; intercepts have none.
    public let ridge: [Double]
    /// The most Newton steps that are tried.
    public let maximumIterations: Int

    /// Checks the settings.
    ///
    /// - Parameters:
    ///   - boundaries: at least one, above zero, finite, strictly ascending.
    ///   - ridge: zero or more each.
    ///   - maximumIterations: one or more.
    /// - Throws: `invalidParameter` with the first value that breaks its rule.
    public init(
        link: HazardLink, boundaries: [Double], ridge: [Double] = [], maximumIterations: Int = 60
    ) throws(SurvivalError) {
        try SurvivalError.check(ridge: ridge, maximumIterations: maximumIterations)
        guard !boundaries.isEmpty else { throw .invalidParameter(name: "boundaries", value: 0) }
        for (lower, upper) in zip([0] + boundaries, boundaries) where !(upper > lower && upper.isFinite) {
            throw .invalidParameter(name: "boundaries", value: upper)
        }
        self.link = link
        self.boundaries = boundaries
        self.ridge = ridge
        self.maximumIterations = maximumIterations
    }

    /// Fits one intercept an interval and one coefficient a column of the design.
    ///
    /// - Parameters:
    ///   - design: one row a time, without a constant column; it may have no columns.
    /// - Throws: `nonPositiveTime`, `invalidCovariate`, `allCensored`, `noEvent`, `rankDeficient`,
    ///   `monotoneLikelihood`,
    ///   `notConverged`. Rows of weight 0 are not looked at.
    /// - Complexity: O(n K p + n p^2) a step with K intervals, and memory for n p numbers.
    public func fit(_ design: Matrix, _ sample: CensoredTimes) throws(SurvivalError) -> FittedDiscreteHazardRegression {
        precondition(design.rows == sample.times.count, "one row of the design a time")
        let rows = try sample.countedRowsWithEvent()
        for row in rows where !(sample.times[row] > 0) {
            throw .nonPositiveTime(row: row, time: sample.times[row])
        }
        let spans = rows.map { span(time: sample.times[$0], event: sample.events[$0]) }
        for interval in boundaries.indices where !spans.contains(where: { $0.event && $0.entered == interval + 1 }) {
            throw .noEvent(interval: interval)
        }
        // Rows that entered no interval carry nothing, and would only move the means.
        let entered = rows.indices.filter { spans[$0].entered > 0 }
        let weights = entered.map { sample.weights[rows[$0]] }
        let standardized = try StandardizedDesign(
            design, rows: entered.map { rows[$0] }, weights: weights, ridge: ridge)
        let likelihood = IntervalLikelihood(
            link: link, intervals: boundaries.count, design: standardized, spans: entered.map { spans[$0] },
            weights: weights)
        let newton = NewtonMaximization(maximumIterations: maximumIterations, totalWeight: weights.reduce(0, +))
        let (parameters, point, iterations) = try newton.maximize(
            from: likelihood.start, evaluate: { likelihood.point($0, expected: false) },
            largestChange: likelihood.largestChange)

        let standardizedCoefficients = Array(parameters[boundaries.count...])
        let coefficients = standardized.coefficients(standardizedCoefficients)
        let offset = standardized.offset(coefficients)
        let expected = likelihood.point(parameters, expected: true).information
        return FittedDiscreteHazardRegression(
            link: link, boundaries: boundaries,
            intercepts: parameters.prefix(boundaries.count).map { $0 - offset },
            coefficients: coefficients,
            covariance: try standardized.covariance(expected, intercepts: boundaries.count),
            logLikelihood: point.value - standardized.penalty(standardizedCoefficients), iterations: iterations)
    }

    /// How many intervals a row entered and counts in, and whether the last of them holds its event.
    private func span(time: Double, event: Bool) -> IntervalLikelihood.Span {
        let before = boundaries.prefix { $0 < time }.count
        guard before < boundaries.count else { return .init(entered: before, event: false) }
        if event { return .init(entered: before + 1, event: true) }
        return .init(entered: boundaries[before] == time ? before + 1 : before, event: false)
    }
}
