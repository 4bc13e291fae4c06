internal import Glibc
public import LinearAlgebra
public import Records

/// A fitted encoding of a text column: TF-IDF projected on its leading singular directions.
///
/// Terms are those of `RedactedText.forEachTerm`, so that nothing here depends on the key that tokens were made with. The weights are
/// `(1 + ln tf) · (1 + ln((1 + n) / (1 + df)))`, normalised to unit length (Salton and Buckley 1988); the directions come from a
/// randomised range finder with two power iterations (Halko, Martinsson and Tropp 2011, SIAM Review 53(2), algorithm 4.4).
public struct TextEncoding: Sendable, Codable {
    /// The name of the column.
    public let name: String
    /// The number of features.
    public let dimensions: Int

    /// The terms, the most frequent first.
    private let terms: [String]
    private let vocabulary: [String: Int32]
    /// The number of texts that the encoding was fitted to.
    private let documents: Int
    /// The number of these texts that hold each term.
    private let documentFrequencies: [Int]
    private let inverseDocumentFrequencies: [Double]
    /// One row of numbers, `dimensions` long, a term.
    ///
    /// It is kept apart from the coded form, among the weights of a model.
    public internal(set) var projection: [Double]

    private enum CodingKeys: String, CodingKey {
        case name, dimensions, terms, documents, documentFrequencies
    }

    /// Decodes all but the projection, which must be set before the encoding is used.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        dimensions = try values.decode(Int.self, forKey: .dimensions)
        terms = try values.decode(StringList.self, forKey: .terms).strings
        vocabulary = Self.numbered(terms)
        documents = try values.decode(Int.self, forKey: .documents)
        documentFrequencies = try values.decode(NumberList.self, forKey: .documentFrequencies).integers ?? []
        guard dimensions >= 0, terms.count == documentFrequencies.count, terms.count == vocabulary.count,
            Self.areFrequencies(documentFrequencies, of: documents)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .terms, in: values, debugDescription: "the terms and their frequencies disagree")
        }
        inverseDocumentFrequencies = Self.inverse(documentFrequencies, of: documents)
        projection = [Double](repeating: 0, count: documentFrequencies.count * dimensions)
    }

    /// Encodes all but the projection.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(dimensions, forKey: .dimensions)
        try values.encode(StringList(terms), forKey: .terms)
        try values.encode(documents, forKey: .documents)
        try values.encode(NumberList(documentFrequencies), forKey: .documentFrequencies)
    }

    private static func numbered(_ terms: [String]) -> [String: Int32] {
        var numbers: [String: Int32] = [:]
        numbers.reserveCapacity(terms.count)
        for (number, term) in terms.enumerated() { numbers[term] = Int32(number) }
        return numbers
    }

    private static func areFrequencies(_ frequencies: [Int], of documents: Int) -> Bool {
        documents >= 0 && frequencies.allSatisfy { (0...documents).contains($0) }
    }

    private static func inverse(_ frequencies: [Int], of documents: Int) -> [Double] {
        frequencies.map { log(Double(1 + documents) / Double(1 + $0)) + 1 }
    }

    private static let largestVocabulary = 4_000
    private static let smallestDocumentFrequency = 3
    /// The texts that a core reads at a time.
    private static let gathered = 4_096
    /// The smallest square of a singular value, as a share of the largest, that is told from rounding.
    private static let smallestShare = 1e-9

    /// Fits the encoding to a column.
    ///
    /// - Parameters:
    ///   - name: The name of the column.
    ///   - texts: The texts, one a ticket; empty where missing.
    ///   - dimensions: The number of directions wanted; fewer result from a vocabulary of lower rank.
    ///   - generator: The source of the random start.
    /// - Returns: `nil` where no term occurs often enough.
    public init?(
        name: String, texts: [RedactedText], dimensions: Int, using generator: inout some RandomNumberGenerator
    ) throws(LinearAlgebraError) {
        var frequencies: [String: Int] = [:]
        for counted in concurrently(texts.count, by: Self.gathered, { Self.frequencies(texts[$0]) }) {
            frequencies.merge(counted, uniquingKeysWith: +)
        }
        let kept = frequencies.filter { $0.value >= Self.smallestDocumentFrequency }
            .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
            .prefix(Self.largestVocabulary)
        let rank = min(dimensions, kept.count)
        guard rank > 0 else { return nil }
        self.name = name
        terms = kept.map(\.key)
        let vocabulary = Self.numbered(terms)
        self.vocabulary = vocabulary
        documents = texts.count
        documentFrequencies = kept.map(\.value)
        let weights = Self.inverse(documentFrequencies, of: texts.count)
        inverseDocumentFrequencies = weights
        let matrix = SparseMatrix(
            joining: concurrently(texts.count, by: Self.gathered) { Self.weigh(texts[$0], vocabulary, weights) },
            columns: weights.count)
        projection = try Self.leadingDirections(of: matrix, rank: rank, using: &generator)
        self.dimensions = projection.count / weights.count
    }

    /// The number of texts that hold each term.
    private static func frequencies(_ texts: ArraySlice<RedactedText>) -> [String: Int] {
        var frequencies: [String: Int] = [:]
        for text in texts {
            var terms: Set<String> = []
            text.forEachTerm { terms.insert(String(decoding: $0, as: UTF8.self)) }
            for term in terms { frequencies[term, default: 0] += 1 }
        }
        return frequencies
    }

    /// The weights of the terms of texts, one row a text.
    private static func weigh(
        _ texts: ArraySlice<RedactedText>, _ vocabulary: [String: Int32], _ inverse: [Double]
    ) -> SparseMatrix {
        var matrix = SparseMatrix(columns: inverse.count, rowCapacity: texts.count, entryCapacity: 8 * texts.count)
        for text in texts {
            for (term, weight) in weigh(text, vocabulary, inverse) { matrix.append(weight, column: Int(term)) }
            matrix.endRow()
        }
        return matrix
    }

    /// The features of a text; zeros where it holds no known term.
    public func encode(_ text: RedactedText) -> [Double] {
        var result = [Double](repeating: 0, count: dimensions)
        for (term, weight) in Self.weigh(text, vocabulary, inverseDocumentFrequencies) {
            let start = Int(term) * dimensions
            for dimension in 0..<dimensions { result[dimension] += weight * projection[start + dimension] }
        }
        return result
    }

    /// The known terms of a text, ascending, with their weights.
    private static func weigh(
        _ text: RedactedText, _ vocabulary: [String: Int32], _ inverse: [Double]
    ) -> [(term: Int32, weight: Double)] {
        var known: [Int32] = []
        text.forEachTerm { term in
            if let code = vocabulary[String(decoding: term, as: UTF8.self)] { known.append(code) }
        }
        known.sort()
        var weights: [(term: Int32, weight: Double)] = []
        var start = 0
        while start < known.count {
            var end = start + 1
            while end < known.count && known[end] == known[start] { end += 1 }
            let repetition = end == start + 1 ? 1 : 1 + log(Double(end - start))
            weights.append((known[start], repetition * inverse[Int(known[start])]))
            start = end
        }
        let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        guard length > 0 else { return [] }
        for position in weights.indices { weights[position].weight /= length }
        return weights
    }

    private static func leadingDirections(
        of documents: SparseMatrix, rank: Int, using generator: inout some RandomNumberGenerator
    ) throws(LinearAlgebraError) -> [Double] {
        let samples = min(documents.columns, rank + 8)
        var basis = Matrix(rows: documents.columns, columns: samples)
        for position in 0..<basis.elements.count {
            basis.elements[position] = Double.random(in: -1...1, using: &generator)
        }
        var singular: SingularValueDecomposition?
        for _ in 0..<3 {
            var next = Matrix(rows: documents.columns, columns: samples)
            let images = concurrently(samples, by: 1) { [basis] column in
                documents.transposedTimes(documents * basis.column(column.lowerBound))
            }
            for (column, image) in images.enumerated() {
                for row in 0..<documents.columns { next[row, column] = image[row] }
            }
            let decomposition = try SingularValueDecomposition(next)
            basis = decomposition.u
            singular = decomposition
        }
        let directions = singular?.u ?? basis
        let values = singular?.singularValues ?? []
        // A direction without documents would be noise, blown up without limit for the first new text that points that way.
        let rank = values.prefix(rank).count { $0 > smallestShare * values[0] }
        var projection = [Double](repeating: 0, count: documents.columns * rank)
        for dimension in 0..<rank {
            // The image has unit mean square over the documents, so that one penalty fits all directions.
            let spread = (values[dimension] / Double(documents.rows)).squareRoot()
            for row in 0..<documents.columns {
                projection[row * rank + dimension] = directions[row, dimension] / spread
            }
        }
        return projection
    }
}
