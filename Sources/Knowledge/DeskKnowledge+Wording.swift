internal import Features
internal import Records

extension DeskKnowledge {
    /// The fewest distinct terms of sentences that tell a solution without the rest.
    private static let fewestTerms = 3

    /// A recommendation as it may be told of to whoever has the case of an account.
    ///
    /// An agent passes on what stands there. So it is told as the first of its cases does that is the customer's own or whose sentences are such as may stand in an article. Where no case tells it so,
    /// sentences that may point to other customers are left out as long as the others tell something, and come last where these do not.
    ///
    /// - Parameters:
    ///   - recommendation: What is worth trying.
    ///   - account: The account that asks; nil where it is not known.
    public func worded(
        _ recommendation: Solutions.Recommendation, forAccount account: String?
    ) -> Solutions.Recommendation {
        let customer = account.map { account in cases.first { $0.ticket.account == account }?.customer ?? account }
        let places = Dictionary(
            recommendation.cases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var numbers: [(place: Int, number: Int)] = []
        for (number, one) in cases.enumerated() {
            if let place = places[one.ticket.id] { numbers.append((place, number)) }
        }
        var worded = recommendation
        for (_, number) in numbers.sorted(by: { $0.place < $1.place }) {
            guard let told = solutions.told(number)?.sentences else { continue }
            let isOwn = customer != nil && cases[number].customer == customer
            if isOwn || told.allSatisfy(writer.mayTell) {
                let id = cases[number].ticket.id
                worded.sentences = told
                worded.cases = [id] + recommendation.cases.filter { $0 != id }
                return worded
            }
        }
        let common = recommendation.sentences.filter(writer.mayTell)
        worded.sentences =
            RedactedText.stems(of: common).count >= Self.fewestTerms
            ? common : common + recommendation.sentences.filter { !common.contains($0) }
        return worded
    }
}
