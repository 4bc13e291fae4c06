internal import LinearAlgebra
internal import Statistics

/// Which parts a ticket lacks, and what the others tell of them.
struct MissingPattern: Sendable {
    private let missing: [Int]
    private let known: [Int]
    /// The regression of each missing part on the known ones, one column a missing part.
    private let gains: Matrix
    /// What is not known, around a mean of 0, one element a predictor.
    private let spread: [Frailty.Lanes]

    /// A share of the mean variance by which parts that always go together are told apart.
    private static let ridge = 1e-3

    /// The means of a normal distribution within the shares of ``Frailty``, of variance 1.
    ///
    /// The mean of a standard normal distribution of density d between its quantiles a and b is (d(a) - d(b)) / (B - A), where A and B are their
    /// probabilities; all are divided by the standard deviation that they leave, 0.97854. Source: Johnson, Kotz and Balakrishnan 1994, Continuous
    /// Univariate Distributions 1, chapter 13 (truncated normal distributions).
    private static let normalSteps = Frailty.Lanes(
        -2.1079458864, -1.4789905550, -0.9693216662, -0.3317823384, 0.3317823384, 0.9693216662, 1.4789905550,
        2.1079458864)

    /// - Parameters:
    ///   - missing: The parts that are missing, ascending.
    ///   - parts: What the training tells of all parts.
    init(_ missing: [Int], of parts: MissingParts) {
        self.missing = missing
        let known = parts.weights.indices.filter { !missing.contains($0) && parts.covariance[$0, $0] > 0 }
        self.known = known
        var covariance = Matrix(rows: known.count, columns: known.count)
        var shared = Matrix(rows: known.count, columns: missing.count)
        for (row, part) in known.enumerated() {
            for (column, other) in known.enumerated() { covariance[row, column] = parts.covariance[part, other] }
            for (column, other) in missing.enumerated() { shared[row, column] = parts.covariance[part, other] }
        }
        let mean = known.indices.reduce(0) { $0 + covariance[$1, $1] } / Double(max(1, known.count))
        for row in known.indices { covariance[row, row] += Self.ridge * mean }
        let factor = known.isEmpty ? nil : try? CholeskyFactorization(covariance)
        let gains = factor?.solve(shared) ?? Matrix(rows: known.count, columns: missing.count)
        self.gains = gains
        spread = Self.spread(missing, known, gains, parts)
    }

    /// What the known parts leave open, in steps along that to the location, which the other predictors follow in proportion.
    private static func spread(
        _ missing: [Int], _ known: [Int], _ gains: Matrix, _ parts: MissingParts
    ) -> [Frailty.Lanes] {
        // A residual is a missing part less what the known parts tell of it.
        var residuals = Matrix(rows: parts.weights.count, columns: missing.count)
        for (column, part) in missing.enumerated() {
            residuals[part, column] = 1
            for (row, other) in known.enumerated() { residuals[other, column] = -gains[row, column] }
        }
        let covariance = residuals.transposedTimes(parts.covariance * residuals)
        let sums = missing.indices.map { row in missing.indices.reduce(0) { $0 + covariance[row, $1] } }
        let square = sums.reduce(0, +)
        // Less than this is left by rounding.
        let least = missing.reduce(0) { $0 + parts.covariance[$1, $1] } * 1e-12
        return parts.slopes.map { slopes in
            guard square > least else { return Frailty.Lanes() }
            let product = zip(missing, sums).reduce(0) { $0 + slopes[$1.0] * $1.1 }
            return normalSteps * (product / square.squareRoot())
        }
    }

    /// What a ticket lacks.
    ///
    /// - Parameters:
    ///   - indices: The columns of its features.
    ///   - values: Their values.
    ///   - parts: What the training tells of all parts.
    func completion(
        indices: some Sequence<Int32>, values: some Sequence<Double>, of parts: MissingParts
    ) -> TicketCompletion {
        var location = [Double](repeating: 0, count: parts.weights.count)
        var shifts = [[Double]](
            repeating: [Double](repeating: 0, count: missing.count), count: parts.predictors.count)
        for (index, value) in zip(indices, values) {
            let column = Int(index)
            let part = parts.partOfColumn[column]
            if let place = missing.firstIndex(of: part) {
                for (predictor, coefficients) in parts.predictors.enumerated() where column < coefficients.count {
                    shifts[predictor][place] -= coefficients[column] * value
                }
            } else if column < parts.predictors[0].count {
                location[part] += parts.predictors[0][column] * value
            }
        }
        let deviations = known.map { location[$0] - parts.means[0][$0] }
        for (place, part) in missing.enumerated() {
            let expected = deviations.indices.reduce(0) { $0 + gains[$1, place] * deviations[$1] }
            for predictor in shifts.indices {
                shifts[predictor][place] =
                    parts.weights[part] * (parts.means[predictor][part] + shifts[predictor][place])
                    + parts.slopes[predictor][part] * expected
            }
        }
        return TicketCompletion(
            parts: missing, shifts: shifts,
            frailty: Frailty(shifts: zip(shifts, spread).map { $0.reduce(0, +) + $1 }))
    }
}

/// The patterns that tickets have shown, each worked out once.
struct MissingPatterns: Sendable {
    /// What the training tells of all parts.
    let parts: MissingParts
    private var patterns: [[Int]: MissingPattern] = [:]

    init(of parts: MissingParts) {
        self.parts = parts
    }

    /// What stands for the parts that a ticket lacks; nil where it lacks none.
    mutating func completion(
        ofTicketWithout missing: [Int], indices: some Sequence<Int32>, values: some Sequence<Double>
    ) -> TicketCompletion? {
        guard !missing.isEmpty else { return nil }
        let pattern = patterns[missing] ?? MissingPattern(missing, of: parts)
        patterns[missing] = pattern
        return pattern.completion(indices: indices, values: values, of: parts)
    }
}

/// What stands for the parts that a ticket lacks.
struct TicketCompletion: Sendable {
    /// The parts.
    let parts: [Int]
    /// The mean shift for each of the parts, one list a predictor.
    let shifts: [[Double]]
    /// The shifts of all parts together with what is not known.
    let frailty: Frailty
}
