internal import Algorithms
internal import Glibc

/// How like the nearest case of a desk questions are that are about nothing: words of the desk that have nothing to do with each other.
///
/// A question whose nearest case is no more like it says nothing that the desk knows. The nearest case of longer questions is less like them, so that both moments are
/// known for some numbers of terms, and read off between them along the logarithm of that number.
public struct ChanceLikeness: Sendable, Hashable, Codable {
    /// What is known for a number of terms.
    public struct Length: Sendable, Hashable, Codable {
        /// The distinct terms of a question, at least 1.
        public var terms: Int
        /// The mean resemblance of the nearest case.
        public var mean: Double
        /// Its standard deviation.
        public var deviation: Double

        /// Creates what is known for a number of terms.
        public init(terms: Int, mean: Double, deviation: Double) {
            self.terms = terms
            self.mean = mean
            self.deviation = deviation
        }
    }

    /// A deviation below this is one of few draws.
    private static let leastDeviation = 0.02

    private let lengths: [Length]

    /// - Parameter lengths: By growing number of terms.
    /// - Returns: nil for none, or where they do not grow or are no numbers.
    public init?(_ lengths: [Length]) {
        self.lengths = lengths
        guard isSound else { return nil }
    }

    var isSound: Bool {
        !lengths.isEmpty && lengths[0].terms >= 1 && lengths.adjacentPairs().allSatisfy { $0.terms < $1.terms }
            && lengths.allSatisfy { $0.mean.isFinite && $0.deviation >= 0 && $0.deviation.isFinite }
    }

    /// The probability that a desk has met what a question is about, at even odds before.
    ///
    /// What it has met rather resembles its nearest case: the density of the resemblance r is 2r, as nothing was met that resembles no case. What it has
    /// not met does so by chance: normally distributed, and at its mean below it, so that less resemblance never speaks for a question.
    ///
    /// - Parameters:
    ///   - resemblance: How like the question its nearest case is, 0 to 1.
    ///   - terms: The distinct terms of the question.
    public func probabilityMet(resemblance: Double, terms: Int) -> Double {
        let (mean, deviation) = moments(terms: terms)
        let distance = max(0, (resemblance - mean) / deviation)
        let met = 2 * min(1, max(0, resemblance))
        let byChance = exp(-distance * distance / 2) / (deviation * (2 * Double.pi).squareRoot())
        return met > 0 ? met / (met + byChance) : 0
    }

    private func moments(terms: Int) -> (mean: Double, deviation: Double) {
        let next = lengths.partitioningIndex { $0.terms >= terms }
        let above = lengths[min(next, lengths.count - 1)]
        let below = lengths[max(0, next - 1)]
        let span = log(Double(above.terms)) - log(Double(below.terms))
        let share = span > 0 ? min(1, (log(Double(max(1, terms))) - log(Double(below.terms))) / span) : 0
        return (
            below.mean + share * (above.mean - below.mean),
            max(Self.leastDeviation, below.deviation + share * (above.deviation - below.deviation))
        )
    }
}
