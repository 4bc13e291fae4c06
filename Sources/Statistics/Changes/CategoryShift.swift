/// How different the shares of categories are in two samples.
///
/// The test is Pearson's chi-squared test of homogeneity; categories of which fewer than five are expected in either sample are taken
/// together. The total variation distance, half the sum of the differences of the shares, says how much of the mass has moved.
/// Source: A. Agresti, "Categorical Data Analysis", 3rd edition, 2013, section 3.2.
public struct CategoryShift: Sendable, Hashable {
    /// The total variation distance of all categories, in 0...1.
    public let distance: Double
    /// The probability of a difference like this or larger where nothing has changed; 1 where there is nothing to compare.
    public let pValue: Double

    /// Compares two samples by their counts, none of them below zero; nil when one of them is empty.
    public init?<Category: Hashable & Comparable>(_ before: [Category: Int], _ after: [Category: Int]) {
        let (first, second) = (Double(before.values.reduce(0, +)), Double(after.values.reduce(0, +)))
        guard first > 0, second > 0 else { return nil }
        var distance = 0.0
        var cells: [(Double, Double)] = []
        var rare = (0.0, 0.0)
        for category in Set(before.keys).union(after.keys).sorted() {
            let (a, b) = (Double(before[category] ?? 0), Double(after[category] ?? 0))
            distance += abs(a / first - b / second) / 2
            if (a + b) * min(first, second) / (first + second) < 5 {
                rare = (rare.0 + a, rare.1 + b)
            } else {
                cells.append((a, b))
            }
        }
        self.distance = distance
        if rare.0 + rare.1 > 0 { cells.append(rare) }
        var statistic = 0.0
        for (a, b) in cells {
            let (expectedA, expectedB) = (
                (a + b) * first / (first + second), (a + b) * second / (first + second)
            )
            statistic += (a - expectedA) * (a - expectedA) / expectedA + (b - expectedB) * (b - expectedB) / expectedB
        }
        let distribution = try? ChiSquared(degreesOfFreedom: Double(cells.count - 1))
        pValue = distribution?.survival(statistic) ?? 1
    }
}
