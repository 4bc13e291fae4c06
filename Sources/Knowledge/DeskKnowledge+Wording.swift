internal import Features
internal import Records

extension DeskKnowledge {
    /// The fewest distinct terms of sentences that tell a solution without the rest.
    private static let fewestTerms = 3
    /// The share of the words within sentences from which on capital letters tell of none that it is a name, as in German.
    private static let nounShare = 1.0 / 3

    /// A recommendation as it may be told of to whoever has the case of an account.
    ///
    /// An agent passes on what stands there. So it is told as the first of its cases does that is the customer's own or whose sentences are such as may stand in an article. Where no case tells it so,
    /// sentences that may point to other customers are left out as long as the others tell something. On a desk with few
    /// customers hardly a sentence may stand in an article; there it is told as the first case does that tells
    /// something in sentences without names and ids that no other customer's cases have.
    ///
    /// - Parameters:
    ///   - recommendation: What is worth trying.
    ///   - account: The account that asks; nil where it is not known.
    /// - Returns: nil where nothing of it may be told.
    public func worded(
        _ recommendation: Solutions.Recommendation, forAccount account: String?
    ) -> Solutions.Recommendation? {
        let customer = account.map { account in cases.first { $0.ticket.account == account }?.customer ?? account }
        let places = Dictionary(
            recommendation.cases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var numbers: [(place: Int, number: Int)] = []
        for (number, one) in cases.enumerated() {
            if let place = places[one.ticket.id] { numbers.append((place, number)) }
        }
        let telling = numbers.sorted { $0.place < $1.place }.compactMap { _, number in
            solutions.told(number).map { (number: number, sentences: $0.sentences) }
        }
        // Their texts are read only where something has to be left out.
        lazy var isCapitalTelling = self.isCapitalTelling(in: telling.map(\.number))
        func worded(_ sentences: [RedactedText], as number: Int? = nil) -> Solutions.Recommendation {
            var worded = recommendation
            worded.sentences = sentences
            if let number {
                let id = cases[number].ticket.id
                worded.cases = [id] + recommendation.cases.filter { $0 != id }
            }
            return worded
        }
        func mayTell(_ sentence: RedactedText) -> Bool {
            writer.mayTell(sentence, isCapitalTelling: isCapitalTelling)
        }
        func namesNone(_ sentence: RedactedText) -> Bool {
            !writer.namesOne(sentence, isCapitalTelling: isCapitalTelling)
        }
        for told in telling {
            let isOwn = customer != nil && cases[told.number].customer == customer
            if isOwn || told.sentences.allSatisfy(mayTell) { return worded(told.sentences, as: told.number) }
        }
        let common = recommendation.sentences.filter(mayTell)
        if Self.tellsSomething(common) { return worded(common) }
        for told in telling {
            let sentences = told.sentences.filter(namesNone)
            if Self.tellsSomething(sentences) { return worded(sentences, as: told.number) }
        }
        let rest = recommendation.sentences.filter(namesNone)
        return rest.isEmpty ? nil : worded(rest)
    }

    private static func tellsSomething(_ sentences: [RedactedText]) -> Bool {
        RedactedText.stems(of: sentences).count >= fewestTerms
    }

    /// Whether cases are told in a language that writes ordinary words small.
    private func isCapitalTelling(in numbers: [Int]) -> Bool {
        let names = numbers.map { CaseWords(cases[$0]) }.flatMap { $0.said + $0.resolution + $0.messages.joined() }.map(
            WrittenNames.init)
        let words = names.reduce(0) { $0 + $1.innerWords }
        return Double(names.reduce(0) { $0 + $1.capitals.count }) < Self.nounShare * Double(max(1, words))
    }
}
