public import Records
internal import Statistics

/// Questions of known labels into which personal data and names of customers were put, each question its own.
public struct PlantedQuestions: Sendable {
    /// The questions, redacted as they are when they are read.
    public let questions: [IntentDescriptor.Question]
    /// Names of people and companies come from a list so short that many questions share each, as customers share the name of a product.
    private static let shared: Set<String> = ["name", "company"]

    /// What was put into them and must not stand in an article.
    public let plants: Set<String>

    /// Puts a value of somebody's, the name of a company and the name of a host into each question.
    ///
    /// - Parameters:
    ///   - known: The questions.
    ///   - seed: Draws what is put into them, and where.
    public init(_ known: [IntentDescriptor.Question], seed: UInt64 = 1) {
        var generator = SplitMix64(seed: seed)
        let redactor = Redactor(rules: RedactionRules(), keyedBy: &generator)
        var plants: Set<String> = []
        questions = known.enumerated().map { number, question in
            let carrier = Array(question.text.string.utf8.map { $0 == 0x0A ? 0x20 : $0 })
            let planted = PlantedText(items: 1, in: carrier, seed: seed &+ UInt64(number))
            for plant in planted.plants where plant.item.mustBeHidden && !Self.shared.contains(plant.item.family) {
                plants.insert(plant.item.value)
            }
            // Names that no dictionary holds: nothing but their rarity gives them away.
            let (company, host) = (Self.name(&generator), Self.name(&generator).lowercased() + "-prod-7")
            plants.formUnion([company, host])
            let told = " We at \(company) see it on \(host). "
            let isFirst = Bool.random(using: &generator)
            let text = isFirst ? Array(told.utf8) + planted.bytes : planted.bytes + Array(told.utf8)
            return IntentDescriptor.Question(text: redactor.redact(RawText(bytes: text)), label: question.label)
        }
        self.plants = plants
    }

    private static func name(_ generator: inout SplitMix64) -> String {
        let syllables = (0..<4).map { _ in
            let consonant = "bdfgklmnprstvz".randomElement(using: &generator) ?? "b"
            let vowel = "aeiou".randomElement(using: &generator) ?? "a"
            return "\(consonant)\(vowel)"
        }
        let name = syllables.joined()
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
