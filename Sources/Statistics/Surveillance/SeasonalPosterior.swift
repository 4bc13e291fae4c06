/// The Bayesian outbreak detection on the same weeks of past years: Poisson counts whose rate has Jeffreys' prior.
///
/// The count to come is negative binomial with size S + ½ and probability N / (N + 1), for the sum S of N past counts.
///
/// Source: A. Riebler, "Empirischer Vergleich von statistischen Methoden zur Ausbruchserkennung bei Surveillance Daten" (2004); M. Höhle,
/// Computational Statistics 22 (2007), doi:10.1007/s00180-007-0074-8.
public struct SeasonalPosterior: Sendable {
    /// The years that are looked back.
    public var years = 2
    /// The weeks around the same week of a past year that count.
    public var halfWindow = 3
    /// The probability of an alarm when nothing happens, nominally.
    public var significance = 0.05
    /// The counts in a year.
    public var period = 52

    /// Creates the detection with two years of seven weeks.
    public init() {}

    /// The threshold for the count at an index; nil when the past is too short.
    public func threshold(at index: Int, in counts: [Double]) -> CountThreshold? {
        var sum = 0.0
        for year in 1...years {
            let place = index - period * year
            guard place - halfWindow >= 0, place + halfWindow < index else { return nil }
            sum += counts[place - halfWindow...place + halfWindow].reduce(0, +)
        }
        let number = Double(years * (2 * halfWindow + 1))
        let size = sum + 0.5
        guard let next = try? NegativeBinomial(mean: size / number, size: size) else { return nil }
        return CountThreshold(expected: sum / number, bound: Double(next.quantile(1 - significance)))
    }
}
