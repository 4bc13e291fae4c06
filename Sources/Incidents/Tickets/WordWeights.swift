internal import Glibc

/// How much a word that two texts share says: the logarithm of the texts by those that have it (inverse document frequency).
struct WordWeights: Sendable {
    private let weights: [String: Double]
    private let unseen: Double

    init(_ texts: [Set<String>]) {
        var documents: [String: Int] = [:]
        for text in texts { for word in text { documents[word, default: 0] += 1 } }
        let count = Double(texts.count)
        weights = documents.mapValues { log((count + 1) / Double($0)) }
        unseen = log(count + 2)
    }

    /// The weight of a word that about one text in fifty has: one shared word that says something.
    var typical: Double { min(log(50), unseen) }

    /// The weight of a word.
    subscript(word: String) -> Double { weights[word] ?? unseen }

    /// The words with their weights.
    func weighted(_ words: Set<String>) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: words.map { ($0, self[$0]) })
    }
}
