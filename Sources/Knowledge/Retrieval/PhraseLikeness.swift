internal import Features
internal import Glibc
internal import Records

/// How much more alike tickets that have a title or a line in common are in what else they say than any two tickets: by how much it tells what they are about.
///
/// The mean cosine of term vectors, weighted by `ln(n / holders)`, between two tickets with the phrase, each without it, is held against that between any two. The mean over the pairs of m tickets that are drawn from
/// all deviates by `sqrt(4 a / m + 2 b / m²)` with the variance a of the mean cosine of one ticket with all and the variance b of the cosine of two (Hoeffding 1948, "A class of statistics with asymptotically normal
/// distribution").
struct PhraseLikeness {
    /// How many times more alike than any two the tickets of a phrase may be that tells nothing: some tickets are about nothing that others are about, and have other phrases.
    private static let leastRatio = 1.5
    /// The standard errors by which chance makes them more alike.
    private static let errors = 2.0
    /// The tickets that each is compared with to tell how the cosine of two varies.
    private static let drawn = 5

    private typealias Vector = [UInt64: Double]

    private let weights: Vector
    private let usual: Double
    /// The variance of the mean cosine of one ticket with all, and that of the cosine of two.
    private let variances: (ofOne: Double, ofTwo: Double)

    /// Reads tickets.
    ///
    /// - Parameter texts: What each says.
    init(_ texts: [[RedactedText]]) {
        let terms = texts.map { RedactedText.stems(of: $0) }
        var holders: [UInt64: Int] = [:]
        for term in terms.joined() { holders[term, default: 0] += 1 }
        let count = Double(texts.count)
        let weights = holders.mapValues { log(count / Double($0)) }
        let all = terms.compactMap { Self.vector($0, weights) }
        let sum = Self.sum(all)
        let usual = Self.meanCosine(sum, Double(all.count))
        func variance(_ cosines: [Double]) -> Double {
            cosines.reduce(0) { $0 + ($1 - usual) * ($1 - usual) } / Double(max(1, cosines.count))
        }
        let pairs =
            all.count < 2
            ? []
            : all.indices.flatMap { place in
                // Apart, as neighbours came at one time; never the ticket itself.
                (1...Self.drawn).map {
                    Self.product(all[place], all[(place + 1 + $0 * 101 % (all.count - 1)) % all.count])
                }
            }
        variances = (
            variance(all.map { (Self.product($0, sum) - 1) / Double(max(1, all.count - 1)) }), variance(pairs)
        )
        (self.weights, self.usual) = (weights, usual)
    }

    /// Whether a phrase tells nothing of what tickets are about.
    ///
    /// - Parameter rests: What the tickets with the phrase say beside it.
    /// - Returns: nil where too few of them say anything.
    func isSaidOfAnything(_ rests: [[RedactedText]]) -> Bool? {
        let own = rests.compactMap { Self.vector(RedactedText.stems(of: $0), weights) }
        guard own.count >= FormParts.fewestCases else { return nil }
        let size = Double(own.count)
        let error = (4 * variances.ofOne / size + 2 * variances.ofTwo / (size * size)).squareRoot()
        return Self.meanCosine(Self.sum(own), size) < max(Self.leastRatio * usual, usual + Self.errors * error)
    }

    /// The vector of unit length of some terms; nil where none weighs anything.
    private static func vector(_ terms: Set<UInt64>, _ weights: Vector) -> Vector? {
        let own = terms.sorted().map { ($0, weights[$0] ?? 0) }
        let length = own.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
        return length > 0 ? Dictionary(uniqueKeysWithValues: own.map { ($0, $1 / length) }) : nil
    }

    private static func sum(_ vectors: [Vector]) -> Vector {
        var sum: Vector = [:]
        for vector in vectors {
            for (term, weight) in vector { sum[term, default: 0] += weight }
        }
        return sum
    }

    /// The mean cosine of two of so many vectors of unit length with this sum.
    private static func meanCosine(_ sum: Vector, _ count: Double) -> Double {
        count > 1 ? (sum.values.sorted().reduce(0) { $0 + $1 * $1 } - count) / (count * (count - 1)) : 0
    }

    /// Summed in the order of terms, as sums of floating-point numbers depend on it.
    private static func product(_ first: Vector, _ second: Vector) -> Double {
        first.keys.sorted().reduce(0) { $0 + (first[$1] ?? 0) * (second[$1] ?? 0) }
    }
}
