/// P-values of many tests, adjusted so that those below q hold at most a share q of false discoveries.
public enum FalseDiscoveryRate {
    /// The adjustment of Benjamini and Hochberg, for tests that are independent or rise together.
    ///
    /// Source: Y. Benjamini, Y. Hochberg, J. R. Statist. Soc. B 57 (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
    ///
    /// - Parameters:
    ///   - pValues: Each from 0 to 1.
    ///   - tests: The number of tests when those with large p-values are left out; nil when all are there.
    /// - Returns: One each, in the order of the p-values, at most 1.
    /// - Complexity: O(n log n).
    public static func benjaminiHochberg(_ pValues: [Double], tests: Int? = nil) -> [Double] {
        adjusted(pValues, scale: Double(max(tests ?? 0, pValues.count)))
    }

    /// The adjustment of Benjamini and Yekutieli, for tests that depend on each other in any way.
    ///
    /// Source: Y. Benjamini, D. Yekutieli, Annals of Statistics 29 (2001), doi:10.1214/aos/1013699998.
    public static func benjaminiYekutieli(_ pValues: [Double]) -> [Double] {
        let harmonic = (1...max(1, pValues.count)).reduce(0) { $0 + 1 / Double($1) }
        return adjusted(pValues, scale: Double(pValues.count) * harmonic)
    }

    private static func adjusted(_ pValues: [Double], scale: Double) -> [Double] {
        var adjusted = pValues
        var least = 1.0
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        for (rank, index) in order.enumerated().reversed() {
            least = min(least, scale * pValues[index] / Double(rank + 1))
            adjusted[index] = least
        }
        return adjusted
    }
}
