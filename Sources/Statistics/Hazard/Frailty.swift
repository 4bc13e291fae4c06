internal import Glibc
public import LinearAlgebra

/// What is not known of a subject and moves its hazards: shifts of its linear predictors, each with its probability.
///
/// The hazard of all who share what is known is not the mean of their hazards: the quick ones leave first, and who is left is slower than all were.
/// Source: Vaupel, Manton and Stallard 1979, Demography 16(3).
public struct Frailty: Sendable {
    /// One number a shift.
    public typealias Lanes = SIMD8<Double>

    /// The probability of each shift, from one tail to the other; the tails are finer, as their quantiles bound intervals.
    public static let shares = Lanes(0.05, 0.05, 0.15, 0.25, 0.25, 0.15, 0.05, 0.05)

    /// The shifts of each linear predictor: that of the location, then those of the proportional models in each band in turn.
    ///
    /// The same lane of all predictors belongs together.
    public let shifts: [Lanes]

    /// Creates a frailty from shifts, one element a predictor.
    public init(shifts: [Lanes]) {
        self.shifts = shifts
    }
}

/// How likely each shift of a frailty is among the subjects that have not had their event.
struct FrailtySurvivors {
    private var shares = Frailty.shares

    /// The cumulative hazard of an interval for those who enter it, whose shares become those of the ones who leave it.
    ///
    /// - Parameter hazards: The cumulative hazard of the interval under each shift, not negative.
    @inline(__always)
    mutating func leave(_ hazards: Frailty.Lanes) -> Double {
        // The least hazard is taken out, so that some are left however large all are.
        let least = hazards.min()
        let left = shares * VectorExponential.exponential(least - hazards)
        let sum = left.sum()
        // Where those of the least hazard have gone long ago, nobody of weight is left to tell the shares anew.
        guard sum > 1e-300 else { return least - log(1e-300) }
        shares = left / sum
        return least - log(sum)
    }
}

extension HazardFit {
    /// The cumulative hazard of each interval for one row of which something is not known.
    ///
    /// - Parameters:
    ///   - design: Covariates with as many columns as the fit has coefficients.
    ///   - row: The row.
    ///   - shifts: The shifts of its predictor, one element a band.
    public func hazards(_ design: SparseMatrix, row: Int, shifts: [Frailty.Lanes]) -> [Double] {
        var hazards: [Double] = []
        hazards.reserveCapacity(grid.count)
        var survivors = FrailtySurvivors()
        for (band, coefficients) in coefficients.enumerated() {
            let predictor = design.rowProduct(row, coefficients) + shifts[band]
            for interval in bands[band] {
                let logarithms = Self.bounded(logBaselines[interval] + predictor)
                hazards.append(survivors.leave(VectorExponential.exponential(logarithms)))
            }
        }
        return hazards
    }

    /// Logarithms of hazards, no further from 0 than a hazard can mean something.
    @inline(__always)
    static func bounded(_ logarithms: Frailty.Lanes) -> Frailty.Lanes {
        logarithms.clamped(lowerBound: .init(repeating: -30), upperBound: .init(repeating: 20))
    }
}

extension LocationFit {
    /// The cumulative hazard of each interval of a grid for a row of which something is not known.
    ///
    /// - Parameters:
    ///   - grid: The intervals of age.
    ///   - shifts: x'b of the row under each shift.
    public func hazards(_ grid: AgeGrid, shifts: Frailty.Lanes) -> [Double] {
        hazards(boundaries: grid.boundaries.map { Self.location(ofHours: $0) }, shifts: shifts)
    }

    func hazards(boundaries: [Double], shifts: Frailty.Lanes) -> [Double] {
        func cumulative(_ boundary: Double) -> Frailty.Lanes {
            var hazards = Frailty.Lanes()
            for lane in hazards.indices {
                hazards[lane] = cumulativeHazard(atLocation: boundary, shift: shifts[lane])
            }
            return hazards
        }
        var survivors = FrailtySurvivors()
        var before = cumulative(boundaries[0])
        return boundaries.dropFirst().map { boundary in
            let after = cumulative(boundary)
            defer { before = after }
            return survivors.leave(pointwiseMax(after - before, .init(repeating: 1e-12)))
        }
    }
}
