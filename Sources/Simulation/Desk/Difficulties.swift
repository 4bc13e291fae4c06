import Statistics

/// The latent difficulties of the entities of one family (customers, groups, ...), in standard deviations.
///
/// Weighted by how many tickets the entities have, their mean is exactly 0 and their standard deviation exactly 1: the margins of a desk
/// then hardly depend on the seed, while who is difficult does.
struct Difficulties: Sendable {
    let values: [Double]

    /// Draws one difficulty an entity.
    ///
    /// - Parameter weights: The expected shares of tickets, at least two of them above zero.
    init(weights: [Double], using generator: inout some RandomNumberGenerator) {
        let draws = weights.map { _ in generator.normal() }
        let total = weights.reduce(0, +)
        func mean(_ values: [Double]) -> Double { zip(values, weights).map { $0 * $1 }.reduce(0, +) / total }
        let center = mean(draws)
        let deviation = mean(draws.map { ($0 - center) * ($0 - center) }).squareRoot()
        values = draws.map { ($0 - center) / deviation }
    }
}
