import CLAPACKE

/// The character and size arguments of LAPACKE, in its C types.
enum LAPACK {
    static let columnMajor = LAPACK_COL_MAJOR
    static let lower = CChar(UInt8(ascii: "L"))
    static let upper = CChar(UInt8(ascii: "U"))
    static let noTranspose = CChar(UInt8(ascii: "N"))
    static let transpose = CChar(UInt8(ascii: "T"))
    static let nonUnit = CChar(UInt8(ascii: "N"))
    static let left = CChar(UInt8(ascii: "L"))
    static let thin = CChar(UInt8(ascii: "S"))
    static let valuesOnly = CChar(UInt8(ascii: "N"))
    static let vectors = CChar(UInt8(ascii: "V"))
    static let all = CChar(UInt8(ascii: "A"))
}

extension Matrix {
    var rowCount: Int32 { Int32(rows) }
    var columnCount: Int32 { Int32(columns) }

    /// The stride between columns; LAPACK refuses zero even for an empty matrix.
    var leadingDimension: Int32 { Int32(max(1, rows)) }
}

extension Array where Element == Double {
    /// Whether no element is NaN or infinite.
    var isFinite: Bool { allSatisfy(\.isFinite) }
}

/// Fixes how many threads the matrix routines of this process use.
///
/// With more than one thread, sums are split differently from machine to machine, so the last bits of a result may differ; use 1
/// where equal input must give equal bytes.
///
/// - Parameter n: The number of threads, at least 1.
public func setLinearAlgebraThreads(_ n: Int) {
    precondition(n >= 1, "at least one thread is needed")
    openblas_set_num_threads(Int32(n))
}
