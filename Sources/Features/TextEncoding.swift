internal import Glibc
public import LinearAlgebra

/// A fitted encoding of a text column: TF-IDF projected on its leading singular directions.
///
/// Terms are runs of letters and digits, lower-cased where they are ASCII; other bytes of UTF-8 count as letters. The weights
/// are `(1 + ln tf) · (1 + ln((1 + n) / (1 + df)))`, normalised to unit length (Salton and Buckley 1988); the directions come from a
/// randomised range finder with two power iterations (Halko, Martinsson and Tropp 2011, SIAM Review 53(2), algorithm 4.4).
public struct TextEncoding: Sendable, Codable {
    /// The name of the column.
    public let name: String
    /// The number of features.
    public let dimensions: Int

    private let vocabulary: [String: Int32]
    private let inverseDocumentFrequencies: [Double]
    /// One row of numbers, `dimensions` long, a term.
    ///
    /// It is kept apart from the coded form, among the weights of a model.
    public internal(set) var projection: [Double]

    private enum CodingKeys: String, CodingKey {
        case name, dimensions, vocabulary, inverseDocumentFrequencies
    }

    /// Decodes all but the projection, which must be set before the encoding is used.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        dimensions = try values.decode(Int.self, forKey: .dimensions)
        vocabulary = try values.decode([String: Int32].self, forKey: .vocabulary)
        inverseDocumentFrequencies = try values.decode([Double].self, forKey: .inverseDocumentFrequencies)
        projection = [Double](repeating: 0, count: inverseDocumentFrequencies.count * dimensions)
        guard vocabulary.values.allSatisfy({ $0 >= 0 && Int($0) < inverseDocumentFrequencies.count }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .vocabulary, in: values, debugDescription: "a term points outside the vocabulary")
        }
    }

    private static let largestVocabulary = 4_000
    private static let smallestDocumentFrequency = 3
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
        name: String, texts: [String], dimensions: Int, using generator: inout some RandomNumberGenerator
    ) throws(LinearAlgebraError) {
        var frequencies: [String: Int] = [:]
        for text in texts {
            for term in Set(Self.terms(of: text)) { frequencies[term, default: 0] += 1 }
        }
        let kept = frequencies.filter { $0.value >= Self.smallestDocumentFrequency }
            .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
            .prefix(Self.largestVocabulary)
        let rank = min(dimensions, kept.count)
        guard rank > 0 else { return nil }
        self.name = name
        var vocabulary: [String: Int32] = [:]
        var weights: [Double] = []
        for (term, frequency) in kept {
            vocabulary[term] = Int32(weights.count)
            weights.append(log(Double(1 + texts.count) / Double(1 + frequency)) + 1)
        }
        self.vocabulary = vocabulary
        inverseDocumentFrequencies = weights
        var documents = SparseMatrix(columns: weights.count, rowCapacity: texts.count, entryCapacity: 8 * texts.count)
        for text in texts {
            for (term, weight) in Self.weigh(text, vocabulary, weights) { documents.append(weight, column: Int(term)) }
            documents.endRow()
        }
        projection = try Self.leadingDirections(of: documents, rank: rank, using: &generator)
        self.dimensions = projection.count / weights.count
    }

    /// The features of a text; zeros where it holds no known term.
    public func encode(_ text: String) -> [Double] {
        var result = [Double](repeating: 0, count: dimensions)
        for (term, weight) in Self.weigh(text, vocabulary, inverseDocumentFrequencies) {
            let start = Int(term) * dimensions
            for dimension in 0..<dimensions { result[dimension] += weight * projection[start + dimension] }
        }
        return result
    }

    private static func terms(of text: String) -> [String] {
        var terms: [String] = []
        var term: [UInt8] = []
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        }
        for byte in text.utf8 {
            if isWord(byte) {
                term.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            } else if !term.isEmpty {
                terms.append(String(decoding: term, as: UTF8.self))
                term.removeAll(keepingCapacity: true)
            }
        }
        if !term.isEmpty { terms.append(String(decoding: term, as: UTF8.self)) }
        return terms
    }

    private static func weigh(
        _ text: String, _ vocabulary: [String: Int32], _ inverse: [Double]
    ) -> [(term: Int32, weight: Double)] {
        var counts: [Int32: Double] = [:]
        for term in terms(of: text) {
            if let index = vocabulary[term] { counts[index, default: 0] += 1 }
        }
        let weights = counts.sorted { $0.key < $1.key }
            .map { (term: $0.key, weight: (1 + log($0.value)) * inverse[Int($0.key)]) }
        let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        return length > 0 ? weights.map { ($0.term, $0.weight / length) } : []
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
            for column in 0..<samples {
                let image = documents.transposedTimes(documents * basis.column(column))
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
