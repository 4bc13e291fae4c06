/// What a factorization found wrong with the numbers it was given.
public enum LinearAlgebraError: Error, Equatable, Sendable {
    /// The leading minor of this order (counted from 1) is not positive.
    case notPositiveDefinite(leadingMinor: Int)

    /// Only `rank` of the `columns` columns are linearly independent to working precision.
    case rankDeficient(rank: Int, columns: Int)

    /// The LAPACK routine stopped without converging and returned this positive `info`.
    case notConverged(routine: String, info: Int)

    /// The input holds a NaN or an infinity.
    case notFinite
}

extension LinearAlgebraError: CustomStringConvertible {
    /// The error in one English clause.
    public var description: String {
        switch self {
        case .notPositiveDefinite(let leadingMinor):
            "the matrix is not positive definite: its leading minor of order \(leadingMinor) is not positive"
        case .rankDeficient(let rank, let columns):
            "the matrix is rank deficient: rank \(rank) of \(columns) columns"
        case .notConverged(let routine, let info):
            "\(routine) did not converge (info \(info))"
        case .notFinite:
            "the input holds a value that is not finite"
        }
    }
}
