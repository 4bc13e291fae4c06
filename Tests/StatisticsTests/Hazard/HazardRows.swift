import Glibc
import LinearAlgebra
import Statistics

/// Rows of a hazard model as plain lists, which tests reorder, cut and rescale.
struct HazardRows {
    var covariates: [[Double]]
    var logAges: [Double]
    var events: [Bool]
    var entryDays: [Double]
    var now = 100.0

    init(covariates: [[Double]], logAges: [Double], events: [Bool], entryDays: [Double]? = nil, now: Double = 100) {
        self.covariates = covariates
        self.logAges = logAges
        self.events = events
        self.entryDays = entryDays ?? logAges.map { _ in 0 }
        self.now = now
    }

    /// Rows with two real effects and one column of noise, a fifth of them censored.
    init(count: Int, using generator: inout SplitMix64) {
        self.init(covariates: [], logAges: [], events: [])
        for _ in 0..<count {
            let row = [generator.normal(), generator.uniform() < 0.4 ? 1 : 0, generator.normal()]
            let logAge = generator.exponential(rate: 0.5 * exp(0.6 * row[0] - 0.9 * row[1]))
            let limit = min(6, generator.exponential(rate: 0.12))
            covariates.append(row)
            logAges.append(min(logAge, limit))
            events.append(logAge <= limit)
            entryDays.append(100 * generator.uniform())
        }
    }

    var design: SparseMatrix { Self.sparse(covariates) }

    var sample: HazardSample {
        HazardSample(
            design: MixedMatrix(design), logAges: logAges, events: events, entryDays: entryDays, now: now)
    }

    func reordered(_ order: [Int]) -> HazardRows {
        HazardRows(
            covariates: order.map { covariates[$0] }, logAges: order.map { logAges[$0] },
            events: order.map { events[$0] }, entryDays: order.map { entryDays[$0] }, now: now)
    }

    static func sparse(_ rows: [[Double]]) -> SparseMatrix {
        var matrix = SparseMatrix(columns: rows.first?.count ?? 0)
        for row in rows {
            for (column, value) in row.enumerated() { matrix.append(value, column: column) }
            matrix.endRow()
        }
        return matrix
    }
}

/// A grid whose boundaries are the given values of ln(1 + hours).
func grid(logarithms: [Double]) throws -> AgeGrid {
    try AgeGrid(boundaries: logarithms.map { expm1($0) })
}

/// The largest absolute difference; infinite for lists of different length or a NaN.
func largestDifference(_ values: [Double], _ others: [Double]) -> Double {
    guard values.count == others.count else { return .infinity }
    return zip(values, others).reduce(0) {
        $1.0 == $1.1 ? $0 : max($0, ($1.0 - $1.1).magnitude.isNaN ? .infinity : abs($1.0 - $1.1))
    }
}
