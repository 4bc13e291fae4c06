import Statistics

/// What is really wrong behind a ticket: hidden, but its words show in the subject and its signature in the logs.
struct Problem: Sendable {
    static let perCategory = 5
    /// Problems above this difficulty are hard: about a third of them.
    static let hardFrom = 0.43
    /// Shares of the problems of a category: a few come again and again.
    static let shares = (1...perCategory).map { 1 / Double($0) }

    var object: String
    var symptoms: [String]
    /// In standard deviations over the problems of the category.
    var difficulty: Double
    var isHard: Bool
    /// The id of the log signature of the defect behind the problem.
    var signature: String

    static func problems(of category: Vocabulary.Category, using generator: inout some RandomNumberGenerator)
        -> [Problem]
    {
        let difficulties = Difficulties(weights: shares, using: &generator)
        return (0..<perCategory).map { index in
            let difficulty = difficulties.values[index]
            return Problem(
                object: category.objects[index % category.objects.count],
                symptoms: Array(Vocabulary.symptoms.shuffled(using: &generator).prefix(2)),
                difficulty: difficulty, isHard: difficulty > hardFrom, signature: Signatures.id(using: &generator))
        }
    }

    /// A short subject: words of the problem, sometimes of the category, in one of several orders.
    func subject(category: String, using generator: inout some RandomNumberGenerator) -> String {
        var words = [object]
        if generator.uniform() < 0.85 { words.append(symptoms[0]) }
        if generator.uniform() < 0.6 { words.append(symptoms[1]) }
        if generator.uniform() < 0.3 { words.reverse() }
        if generator.uniform() < 0.3 { words.insert(category, at: 0) }
        // Now and then somebody writes about nothing in particular.
        if generator.uniform() < 0.05 { words = ["question", "about", category] }
        let ending = Vocabulary.endings[Int(generator.uniform() * Double(Vocabulary.endings.count))]
        return (ending.isEmpty ? words : words + [ending]).joined(separator: " ")
    }
}
