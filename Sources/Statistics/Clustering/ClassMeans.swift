internal import LinearAlgebra

/// The means of classes of vectors, and how vectors are spread around them.
///
/// The spread is one covariance for all classes, as in linear discriminant analysis (Fisher 1936). With `S` the mean of the products of the `n` residuals `r` of `p` elements,
/// and `m` the mean of its diagonal, it is `(1 - b / d) S + (b / d) m I`, where `d = ‖S - m I‖²` and `b = min(d, Σ ‖r rᵀ - S‖² / n²)`: the
/// shrinkage with the least expected error, so that it can be inverted for few vectors too.
///
/// Source: O. Ledoit, M. Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate Anal. 88
/// (2004), doi:10.1016/S0047-259X(03)00096-4.
public struct ClassMeans: Sendable {
    /// The vectors that the spread is learnt from, evenly out of all that have a class.
    private static let mostResiduals = 4_000

    private let means: [[Double]]
    private let sizes: [Double]
    /// The squared length of each mean, as the spread measures it.
    private let lengths: [Double]
    private let spread: CholeskyFactorization
    /// What one residual counts in the spread.
    private let residualShare: Double

    /// Learns from vectors.
    ///
    /// - Parameters:
    ///   - classOfVector: The class of each vector, from 0; nil for one that has none and is left aside.
    ///   - classes: The number of classes.
    ///   - dimensions: The number of elements of a vector.
    ///   - vector: The vector of a number.
    /// - Returns: nil where no vector differs from the mean of its class.
    public init?(
        _ classOfVector: [Int?], classes: Int, dimensions: Int, vector: (Int) -> ArraySlice<Float>
    ) {
        var means = [[Double]](repeating: [Double](repeating: 0, count: dimensions), count: classes)
        var sizes = [Double](repeating: 0, count: classes)
        for (number, own) in classOfVector.enumerated() {
            guard let own else { continue }
            sizes[own] += 1
            for (place, value) in vector(number).enumerated() { means[own][place] += Double(value) }
        }
        for own in 0..<classes where sizes[own] > 0 {
            for place in 0..<dimensions { means[own][place] /= sizes[own] }
        }
        let known = classOfVector.indices.filter { classOfVector[$0] != nil }
        let count = min(Self.mostResiduals, known.count)
        var residuals = Matrix(rows: count, columns: dimensions)
        for row in 0..<count {
            let number = known[row * known.count / count]
            guard let own = classOfVector[number] else { continue }
            for (place, value) in vector(number).enumerated() {
                residuals[row, place] = Double(value) - means[own][place]
            }
        }
        guard let (covariance, share) = Self.shrunken(residuals),
            let spread = try? CholeskyFactorization(covariance)
        else { return nil }
        self.means = means
        self.sizes = sizes
        lengths = means.map { dot($0, spread.solve($0)) }
        self.spread = spread
        residualShare = (1 - share) / Double(count)
    }

    private static func shrunken(_ residuals: Matrix) -> (covariance: Matrix, share: Double)? {
        let (count, order) = (Double(residuals.rows), residuals.columns)
        guard count > 0 else { return nil }
        var covariance = residuals.gram()
        var (trace, square, fourth) = (0.0, 0.0, 0.0)
        for row in 0..<order {
            for column in 0..<order {
                covariance[row, column] /= count
                square += covariance[row, column] * covariance[row, column]
            }
            trace += covariance[row, row]
        }
        for row in 0..<residuals.rows {
            let length = (0..<order).reduce(0) { $0 + residuals[row, $1] * residuals[row, $1] }
            fourth += length * length
        }
        let mean = trace / Double(order)
        guard mean > 0 else { return nil }
        let distance = square - mean * trace
        let error = min(distance, (fourth / count - square) / count)
        let share = distance > 0 ? max(0, error / distance) : 1
        for row in 0..<order {
            for column in 0..<order { covariance[row, column] *= 1 - share }
            covariance[row, row] += share * mean
        }
        return (covariance, share)
    }

    /// The squared Mahalanobis distances of a vector from the means of some classes.
    ///
    /// One that was learnt from is nearer than others are, as it drew the mean of its class and the spread towards itself. Left out, it is as far as one that
    /// is new: its class has the mean of its other vectors, or no mean but zeros, and the spread is without its residual (Sherman and Morrison 1950).
    ///
    /// - Parameters:
    ///   - vector: The vector.
    ///   - places: The classes, which have vectors.
    ///   - own: The class in which the vector is one of those that were learnt from; nil for a new one.
    /// - Returns: One for each of the classes, 0 or more.
    public func squares(
        of vector: some Collection<Float>, from places: [Int], leavingOut own: Int? = nil
    ) -> [Double] {
        precondition(vector.count == spread.order, "the vector has the elements of those that were learnt from")
        let vector = vector.map { Double($0) }
        let solved = spread.solve(vector)
        let length = dot(vector, solved)
        var squares = places.map { max(0, length - 2 * dot(means[$0], solved) + lengths[$0]) }
        guard let own else { return squares }
        let residual = spread.solve(zip(vector, means[own]).map { $0 - $1 })
        let along = dot(vector, residual)
        let left = 1 - residualShare * (along - dot(means[own], residual))
        for (row, place) in places.enumerated() {
            var share = along - dot(means[place], residual)
            if place == own {
                let growth = sizes[own] / (sizes[own] - 1)
                (squares[row], share) =
                    growth.isFinite ? (squares[row] * growth * growth, share * growth) : (length, along)
            }
            if left > 0 { squares[row] += residualShare * share * share / left }
        }
        return squares
    }
}
