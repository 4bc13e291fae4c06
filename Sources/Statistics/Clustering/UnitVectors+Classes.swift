internal import LinearAlgebra

/// Vectors of which it is known of some what class they are of.
extension UnitVectors {
    /// The vectors with a direction for each class beside their own.
    ///
    /// The squared length of a vector's direction is the weight of its class, and that of the vector is 1, before both are divided by their common length: cosines are those of the
    /// vectors and, at the weight of the class, of the classes. The directions are drawn, so that those of two classes are nearly at right angles.
    ///
    /// - Parameters:
    ///   - classes: The class of each vector, from 0; nil for one that has none.
    ///   - weights: The weight of each class, 0 or more.
    ///   - directions: The number of elements for the classes.
    public func beside(_ classes: [Int?], weights: [Double], directions: Int) -> UnitVectors {
        precondition(classes.count == count, "each vector has its class or none")
        let columns = dimensions + directions
        var elements: [Float] = []
        elements.reserveCapacity(count * columns)
        let drawn = weights.enumerated().map { Self.direction(of: $0, weight: $1, elements: directions) }
        let none = [Float](repeating: 0, count: directions)
        for number in 0..<count {
            elements += self[number]
            elements += classes[number].map { drawn[$0] } ?? none
        }
        let rows = FloatRows(columns: columns, elements: elements).unitRows(columns: columns)
        return UnitVectors(rows, NeighbourCells(unsorted: rows))
    }

    /// By the number of the class alone, so that it stays where classes are added.
    private static func direction(of own: Int, weight: Double, elements: Int) -> [Float] {
        guard weight > 0 else { return [Float](repeating: 0, count: elements) }
        var generator = SplitMix64(seed: UInt64(own))
        let values = (0..<elements).map { _ in generator.normal() }
        let length = (values.reduce(0) { $0 + $1 * $1 } / weight).squareRoot()
        return values.map { Float($0 / length) }
    }

    /// Each vector drawn towards the mean direction of its class, as far as the class weighs: to the middle at 1.
    ///
    /// - Parameters:
    ///   - classes: The class of each vector, from 0; nil for one that has none and stays where it is.
    ///   - weights: The weight of each class, 0 or more.
    public func drawn(toMeansOf classes: [Int?], weights: [Double]) -> UnitVectors {
        precondition(classes.count == count, "each vector has its class or none")
        var sums = [Float](repeating: 0, count: weights.count * dimensions)
        for (number, own) in classes.enumerated() {
            guard let own else { continue }
            for (place, value) in self[number].enumerated() { sums[own * dimensions + place] += value }
        }
        let means = FloatRows(columns: dimensions, elements: sums).unitRows(columns: dimensions)
        var elements = rows.elements
        for (number, own) in classes.enumerated() {
            guard let own else { continue }
            let weight = Float(weights[own])
            for (place, value) in means[own].enumerated() { elements[number * dimensions + place] += weight * value }
        }
        let drawn = FloatRows(columns: dimensions, elements: elements).unitRows(columns: dimensions)
        return UnitVectors(drawn, NeighbourCells(unsorted: drawn))
    }
}
