import Glibc

/// How many tickets the recurring problems of a desk have.
enum ProblemSizes {
    /// The share of the tickets that belong to recurring problems, before articles prevent some.
    static let recurringShare = 0.91
    /// The share of the problems that hardly recur.
    private static let smallShare = 0.35

    /// The tickets to expect of each problem: a third have one to three, the others follow a Zipf-Mandelbrot law.
    ///
    /// Source: B. Mandelbrot, "An informational theory of the statistical structure of language" (1953); the exponent 1.4 and the offset
    /// 4 give the largest problem of 5,000 tickets about a tenth of them.
    static func sizes(tickets: Int, _ draw: inout Draw) -> [Double] {
        let count = max(4, tickets / 60)
        let small = Int(smallShare * Double(count))
        let smallSizes = (0..<small).map { _ in Double(draw.number(1...3)) }
        let weights = (1...count - small).map { pow(Double($0) + 4, -1.4) * draw.logNormal(median: 1, deviation: 0.3) }
        let rest = Double(tickets) * recurringShare - smallSizes.reduce(0, +)
        let total = weights.reduce(0, +)
        return weights.map { $0 / total * rest } + smallSizes
    }
}
