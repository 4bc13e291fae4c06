internal import Glibc
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

    /// The residuals of the sample in steps along that to the location, which the other predictors follow in proportion.
    private static func spread(
        _ missing: [Int], _ known: [Int], _ gains: Matrix, _ parts: MissingParts
    ) -> [Frailty.Lanes] {
        let rows = parts.deviations.rows
        func columns(_ wanted: [Int]) -> Matrix {
            Matrix(rows: rows, columns: wanted.count, elements: wanted.flatMap { parts.deviations.column($0) })
        }
        var residuals = columns(missing)
        let told = columns(known) * gains
        for position in residuals.elements.indices { residuals.elements[position] -= told.elements[position] }
        let sums = (0..<rows).map { row in missing.indices.reduce(0) { $0 + residuals[row, $1] } }
        let square = sums.reduce(0) { $0 + $1 * $1 }
        let sorted = sums.sorted()
        var steps = Frailty.Lanes()
        guard square > 0 else { return [Frailty.Lanes](repeating: steps, count: parts.predictors.count) }
        var (start, share) = (0, 0.0)
        for step in steps.indices {
            share += Frailty.shares[step]
            let end = max(start + 1, min(rows, Int((share * Double(rows)).rounded())))
            steps[step] = sorted[min(start, rows - 1)..<min(end, rows)].reduce(0, +) / Double(end - start)
            start = end
        }
        steps -= (Frailty.shares * steps).sum()
        // The mean of a step is nearer to 0 than what it stands for.
        let stepSquare = (Frailty.shares * steps * steps).sum()
        if stepSquare > 0 { steps *= (square / Double(rows) / stepSquare).squareRoot() }
        return parts.slopes.map { slopes in
            var product = 0.0
            for (column, part) in missing.enumerated() where slopes[part] != 0 {
                product += slopes[part] * (0..<rows).reduce(0) { $0 + residuals[$1, column] * sums[$1] }
            }
            return steps * (product / square)
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
