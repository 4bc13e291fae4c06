internal import Glibc
internal import LinearAlgebra
internal import Statistics

/// The probability that the best answer found for a question is one.
///
/// A logistic regression with a small ridge on standardised evidence. It is learnt from past cases that are asked again without themselves, some with the answer they
/// need taken away: what it then learns is how finding differs from not finding.
public struct AnswerModel: Sendable, Hashable, Codable {
    private static let ridge = 1.0
    private static let unusualShare = 0.02

    private var means: [Double]
    private var scales: [Double]
    private var intercept: Double
    private var slopes: [Double]
    private var leastUsual: Double?

    /// The likeness that all but one in fifty of the questions had that it was learnt from.
    ///
    /// Infinite where that is not known, as in models of before it was kept.
    public var usualLikeness: Double { leastUsual ?? .infinity }

    /// Before anything was learnt: the first value of the evidence, a likeness, is read as it is, with even odds at `even`.
    ///
    /// - Parameters:
    ///   - count: The number of values of the evidence.
    ///   - even: The likeness with even odds.
    public static func prior(_ count: Int, even: Double = 0.45) -> AnswerModel {
        AnswerModel(
            means: [Double](repeating: 0, count: count), scales: [Double](repeating: 1, count: count),
            intercept: -15 * even, slopes: [15] + [Double](repeating: 0, count: count - 1))
    }

    private init(means: [Double], scales: [Double], intercept: Double, slopes: [Double]) {
        self.means = means
        self.scales = scales
        self.intercept = intercept
        self.slopes = slopes
    }

    /// Learns from questions whose answer is known.
    ///
    /// - Parameters:
    ///   - evidence: The evidence of each question, all of the same length.
    ///   - isAnswered: Whether what was found for it was an answer.
    ///   - likenesses: How like their nearest case those of them are of which no answer was taken away.
    /// - Returns: nil where all were answered or none, or the values say nothing.
    public init?(evidence: [[Double]], isAnswered: [Bool], likenesses: [Double] = []) {
        precondition(evidence.count == isAnswered.count, "each question was answered or not")
        let answered = isAnswered.count(where: \.self)
        guard let count = evidence.first?.count, answered > 0, answered < evidence.count else { return nil }
        let size = Double(evidence.count)
        var means = [Double](repeating: 0, count: count)
        var scales = means
        for values in evidence {
            for place in 0..<count { means[place] += values[place] / size }
        }
        for values in evidence {
            for place in 0..<count {
                scales[place] += (values[place] - means[place]) * (values[place] - means[place]) / size
            }
        }
        scales = scales.map { $0 > 0 ? $0.squareRoot() : 1 }
        var design = Matrix(rows: evidence.count, columns: count + 1)
        for (row, values) in evidence.enumerated() {
            for place in 0..<count { design[row, place] = (values[place] - means[place]) / scales[place] }
            design[row, count] = 1
        }
        guard
            let fit = try? LogisticRegression(penalties: [Double](repeating: Self.ridge, count: count) + [0]).fit(
                design, isAnswered.map { $0 ? 1 : 0 })
        else { return nil }
        self.init(
            means: means, scales: scales, intercept: fit.coefficients[count], slopes: Array(fit.coefficients[..<count]))
        leastUsual = likenesses.isEmpty ? nil : likenesses.sorted()[Int(Self.unusualShare * Double(likenesses.count))]
    }

    /// The number of values of the evidence.
    public var count: Int { slopes.count }

    /// Whether all parts are finite and of one length, as those that were learnt are.
    var isSound: Bool {
        means.count == slopes.count && scales.count == slopes.count && intercept.isFinite
            && (means + slopes).allSatisfy(\.isFinite) && scales.allSatisfy { $0 > 0 && $0.isFinite }
    }

    /// The probability that what was found is an answer.
    public func probability(_ evidence: [Double]) -> Double {
        precondition(evidence.count == slopes.count, "the evidence has the values that the model knows")
        var sum = intercept
        for place in slopes.indices { sum += slopes[place] * (evidence[place] - means[place]) / scales[place] }
        return 1 / (1 + exp(-sum))
    }
}
