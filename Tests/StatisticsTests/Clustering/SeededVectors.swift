import LinearAlgebra
import Statistics

/// Vectors of unit length around seeded places, so that some are near each other and most are not.
struct SeededVectors {
    let dimensions: Int
    let elements: [Float]

    init(_ count: Int, dimensions: Int, places: Int, spread: Float = 0.3, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func vector() -> [Float] {
            (0..<dimensions).map { _ in
                (0..<4).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &generator) }
            }
        }
        let centres = (0..<places).map { _ in vector() }
        self.dimensions = dimensions
        elements = (0..<count).flatMap { number in
            zip(centres[number % places], vector()).map { $0 + spread * $1 }
        }
    }

    var vectors: UnitVectors { UnitVectors(elements, dimensions: dimensions) }
}

extension UnitVectors {
    /// The cosines of all with all, row by row, in double precision.
    var exactCosines: Matrix {
        Matrix(rows: dimensions, columns: count, elements: (0..<count).flatMap { self[$0].map { Double($0) } }).gram()
    }

    /// All others as neighbours of each.
    var allNeighbours: [[Neighbour]] {
        (0..<count).map { one in
            (0..<count).filter { $0 != one }.map {
                Neighbour(number: Int32($0), product: cosine(of: one, and: $0))
            }.sorted()
        }
    }
}
