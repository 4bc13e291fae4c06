import Glibc
import LinearAlgebra
import Statistics
import Testing

/// Hazards of subjects of whom something is not known.
struct FrailtyTests {
    private let grid: AgeGrid
    private let fit: HazardFit
    private let location: LocationFit
    private var design = SparseMatrix(columns: 2)

    init() throws {
        grid = try AgeGrid(boundaries: [0, 1, 4, 20, 90])
        fit = HazardFit(
            grid: grid, bands: [0..<2, 2..<4], coefficients: [[0.4, -0.2], [0.1, 0.3]],
            logBaselines: [-1.5, -0.5, 0, 0.5])
        location = LocationFit(
            coefficients: [0.5, 0.1], intercept: 1, deviation: 1.5,
            cumulativeHazards: (0...80).map { Double($0) / 10 })
        design.append(1.5, column: 0)
        design.append(-2, column: 1)
        design.endRow()
    }

    private func shift(_ size: Double) -> Frailty.Lanes {
        Frailty.Lanes(-2, -1.5, -1, -0.2, 0.2, 0.9, 1.4, 2.5) * size
    }

    /// The hazards by the mean of the survival curves under each shift.
    private func mixed(_ hazards: [[Double]]) -> [Double] {
        func survival(_ count: Int) -> Double {
            hazards.enumerated().reduce(0) {
                $0 + Frailty.shares[$1.offset] * exp(-$1.element.prefix(count).reduce(0, +))
            }
        }
        return (0..<4).map { log(survival($0) / survival($0 + 1)) }
    }

    private func areClose(_ one: [Double], _ other: [Double]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
    }

    @Test func `the probabilities of all shifts sum to one and their tails bound intervals`() {
        #expect(abs(Frailty.shares.sum() - 1) < 1e-15)
        var sum = 0.0
        let quantiles = Frailty.shares.indices.map { lane in
            sum += Frailty.shares[lane]
            return (100 * sum).rounded()
        }
        #expect(Set(quantiles).isSuperset(of: [5, 10, 25, 50, 75, 90, 95]))
    }

    @Test func `survival is the mean of the survival curves under each shift`() {
        let (first, second) = (shift(1), shift(-0.6))
        let each = Frailty.shares.indices.map { lane in
            (0..<4).map { interval in
                let shift = interval < 2 ? first[lane] : second[lane]
                return fit.hazards(design, row: 0)[interval] * exp(shift)
            }
        }
        #expect(areClose(fit.hazards(design, row: 0, shifts: [first, second]), mixed(each)))
        let place = Frailty.shares.indices.map { location.hazards(grid, shift: 0.3 + first[$0]) }
        #expect(areClose(location.hazards(grid, shifts: 0.3 + first), mixed(place)))
    }

    @Test func `shifts that are all alike are a shift`() {
        let none = shift(0)
        #expect(areClose(fit.hazards(design, row: 0, shifts: [none, none]), fit.hazards(design, row: 0)))
        #expect(areClose(location.hazards(grid, shifts: none + 0.3), location.hazards(grid, shift: 0.3)))
    }

    @Test(arguments: [40.0, 1_000]) func `hazards stay finite however far the shifts lie apart`(size: Double) {
        let hazards =
            fit.hazards(design, row: 0, shifts: [shift(size), shift(-size)])
            + location.hazards(grid, shifts: shift(size))
        #expect(hazards.allSatisfy { $0.isFinite && $0 >= 0 })
    }
}
