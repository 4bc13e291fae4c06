internal import Glibc
internal import LinearAlgebra

/// Penalised accelerated-failure regression with a free residual distribution.
///
/// ln(hours + 3 minutes) = x'b + residual. The coefficients are the ridge estimate of the completed data: the residual of a censored row is
/// replaced by its normal mean above the censoring point (EM for the censored normal model: Aitkin 1981, Technometrics 23(2)). The
/// distribution of the residuals is then estimated without that assumption, by the Nelson-Aalen rule on a grid, and carries over
/// to each row by its location (the idea of Buckley and James 1979, Biometrika 66(3)). Rows are weighted by when they were
/// last seen, `2^(−(now − last seen) / halfLife)`.
public struct LocationRegression: Sendable {
    /// The time in days after which a row counts half.
    public let halfLifeDays: Double

    /// The rounds of completing censored rows at most, and the change of the deviation at which they end.
    private static let rounds = 12
    private static let tolerance = 1e-3
    private static let knots = 80

    /// Creates the estimator.
    ///
    /// - Parameter halfLifeDays: Above 0, may be infinite.
    public init(halfLifeDays: Double) throws(HazardError) {
        guard halfLifeDays > 0 else { throw .invalidParameter("halfLifeDays") }
        self.halfLifeDays = halfLifeDays
    }

    /// Fits the coefficients and the distribution of the residuals.
    ///
    /// - Parameters:
    ///   - sample: The rows, their ages and events.
    ///   - precisions: The inverse variance of each coefficient, at least 0.
    ///   - start: A fit to start from; its coefficients may be fewer.
    ///   - wantsPosterior: Whether to return the posterior variances of the coefficients.
    /// - Throws: ``HazardError/noEvents``, ``HazardError/invalidParameter(_:)``.
    /// - Complexity: O(Σ entriesOfRow² + columns³ / 3).
    public func fit(
        _ sample: HazardSample, precisions: [Double], start: LocationFit? = nil, wantsPosterior: Bool = false
    ) throws(HazardError) -> LocationFit {
        let design = sample.design
        guard precisions.count == design.columns, precisions.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw .invalidParameter("precisions")
        }
        guard sample.events.contains(true) else { throw .noEvents }
        let logHours = sample.logAges.map { LocationFit.location(ofHours: expm1($0)) }
        let decay = halfLifeDays.isFinite ? log(2) / halfLifeDays : 0
        let weights = sample.daysSinceLastSeen.map { exp(-decay * $0) }
        let total = weights.reduce(0, +)
        // The intercept has no penalty, so it is eliminated: what remains is the information about the mean.
        let means = design.transposedTimes(weights).map { $0 / total }
        var gram = design.gram(weights: weights)
        gram.subtractSquare(of: Matrix(rows: means.count, columns: 1, elements: means.map { $0 * total.squareRoot() }))
        let known = start?.coefficients ?? []
        var fit = known + means.dropFirst(known.count).map { _ in 0 }
        var intercept = start?.intercept ?? zip(weights, logHours).reduce(0) { $0 + $1.0 * $1.1 } / total
        var deviation = start?.deviation ?? 1
        var locations = design.times(fit).map { $0 + intercept }
        var posterior: [Double] = []
        for round in 1...Self.rounds {
            var information = gram
            for column in means.indices {
                information[column, column] += precisions[column] * deviation * deviation + 1e-9
            }
            guard let factor = try? CholeskyFactorization(consume information) else {
                throw .invalidParameter("precisions")
            }
            var completed = logHours
            var spread = 0.0
            for row in completed.indices where !sample.events[row] {
                let point = (logHours[row] - locations[row]) / deviation
                let mean = Self.meanAbove(point)
                completed[row] = locations[row] + deviation * mean
                spread += weights[row] * deviation * deviation * max(0, 1 + point * mean - mean * mean)
            }
            let center = zip(weights, completed).reduce(0) { $0 + $1.0 * $1.1 } / total
            fit = factor.solve(design.transposedTimes(zip(weights, completed).map { $0 * ($1 - center) }))
            intercept = center - dot(means, fit)
            locations = design.times(fit).map { $0 + intercept }
            let before = deviation
            var squares = spread
            for row in completed.indices {
                let residual = completed[row] - locations[row]
                squares += weights[row] * residual * residual
            }
            deviation = max(0.02, (squares / total).squareRoot())
            if round == Self.rounds || abs(deviation - before) < Self.tolerance * before {
                if wantsPosterior { posterior = factor.inverseDiagonal().map { $0 * deviation * deviation } }
                break
            }
        }
        return LocationFit(
            coefficients: fit, intercept: intercept, deviation: deviation,
            cumulativeHazards: Self.residualHazards(
                logHours, sample.events, weights, locations, deviation),
            posteriorVariances: posterior)
    }

    /// The mean of a standard normal above a point: φ / (1 − Φ), continued by its asymptote.
    private static func meanAbove(_ point: Double) -> Double {
        point > 6
            ? point + 1 / point
            : exp(-point * point / 2) / (2 * Double.pi).squareRoot() / (0.5 * erfc(point / 2.0.squareRoot()))
    }

    private static func residualHazards(
        _ logHours: [Double], _ isEvent: [Bool], _ weights: [Double], _ locations: [Double], _ deviation: Double
    ) -> [Double] {
        let step = LocationFit.reach * 2 / Double(knots)
        var events = [Double](repeating: 0, count: knots)
        var exposures = events
        for row in 0..<logHours.count {
            // A duration cannot be negative: exposure begins at 0 hours.
            let first = (LocationFit.location(ofHours: 0) - locations[row]) / deviation
            let last = (logHours[row] - locations[row]) / deviation
            for knot in 0..<knots {
                let lower = -LocationFit.reach + Double(knot) * step
                let upper = knot == knots - 1 ? .infinity : lower + step
                let start = max(first, knot == 0 ? -.infinity : lower)
                guard start <= last else { break }
                exposures[knot] += weights[row] * (min(last, upper) - start) / step
                if isEvent[row] && last < upper { events[knot] += weights[row] }
                if last < upper { break }
            }
        }
        var sum = 0.0
        return [0]
            + (0..<knots).map { knot in
                // Half an event at the hazard of the normal keeps empty cells finite.
                let middle = -LocationFit.reach + (Double(knot) + 0.5) * step
                let normal = step * (meanAbove(middle).isFinite ? meanAbove(middle) : 0)
                sum += (events[knot] + 0.5) / (exposures[knot] + 0.5 / max(normal, 1e-6))
                return sum
            }
    }
}

/// A fitted location regression.
public struct LocationFit: Sendable {
    /// The grid of standardised residuals goes from −reach to reach.
    public static let reach = 6.0

    /// The coefficients, one a column.
    public let coefficients: [Double]
    /// The location of a row of zeros.
    public let intercept: Double
    /// The standard deviation of the completed residuals: the scale of their grid, too small as an estimate of σ where rows are
    /// censored, because the spread of a censored row around its mean is left out.
    public let deviation: Double
    /// The cumulative hazard of the standardised residual at equally spaced points from −reach to reach.
    public let cumulativeHazards: [Double]
    /// The posterior variances of the coefficients; empty unless asked for.
    public let posteriorVariances: [Double]

    /// Creates a fit from stored numbers.
    public init(
        coefficients: [Double], intercept: Double, deviation: Double, cumulativeHazards: [Double],
        posteriorVariances: [Double] = []
    ) {
        self.coefficients = coefficients
        self.intercept = intercept
        self.deviation = deviation
        self.cumulativeHazards = cumulativeHazards
        self.posteriorVariances = posteriorVariances
    }

    /// The cumulative hazard of each interval of a grid at a location.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - shift: x'b of the row.
    public func hazards(_ grid: AgeGrid, shift: Double) -> [Double] {
        let location = intercept + shift
        let values = grid.boundaries.map { cumulativeHazard((Self.location(ofHours: $0) - location) / deviation) }
        return zip(values.dropFirst(), values).map { max(1e-12, $0 - $1) }
    }

    /// ln(hours + 3 minutes): close to ln(hours), on which durations are nearest to normal, and finite at 0.
    static func location(ofHours hours: Double) -> Double { log(max(0, hours) + 0.05) }

    /// The cumulative hazard at a location on the scale of ``location(ofHours:)``, given x'b of the row.
    func cumulativeHazard(atLocation location: Double, shift: Double) -> Double {
        cumulativeHazard((location - (intercept + shift)) / deviation)
    }

    private func cumulativeHazard(_ residual: Double) -> Double {
        let cells = cumulativeHazards.count - 1
        let position = (residual + Self.reach) / (2 * Self.reach) * Double(cells)
        guard position > 0 else { return 0 }
        let cell = min(cells - 1, Int(position))
        let hazard = cumulativeHazards[cell + 1] - cumulativeHazards[cell]
        return cumulativeHazards[cell] + hazard * (position - Double(cell))
    }
}
