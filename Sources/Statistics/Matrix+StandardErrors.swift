import LinearAlgebra

extension Matrix {
    /// The square roots of the diagonal of a covariance.
    var standardErrors: [Double] { (0..<columns).map { self[$0, $0].squareRoot() } }
}
