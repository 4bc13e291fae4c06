internal import Features
public import Records
internal import Statistics

/// How often what truly resolves a case is among the first solutions that are recommended for it.
public struct SolutionEvaluation: Sendable {
    /// The parts of time that are measured, each with what was known at its beginning.
    private static let parts = 8

    /// The recurring cases: their true solution had been told in a resolved case before.
    public private(set) var recurring = 0
    /// The share of them for which it ranks first.
    public private(set) var top1 = 0.0
    /// The share of them for which it is among the first three.
    public private(set) var top3 = 0.0
    /// The mean probability of the first recommendation, over recurring cases and others.
    public private(set) var meanProbability = 0.0
    /// How often it was right, over the same.
    public private(set) var rightShare = 0.0
    /// How well the probability of the first recommendation tells recurring cases from those whose solution nobody has told: the probability that it is larger for
    /// one of the former, ½ where there are none of either.
    public private(set) var aurocNotFound = 0.5
    /// The probability of the first recommendation for each question without an answer, of what is known at the beginning of the last part.
    public private(set) var nonsense: [Double] = []

    /// Asks for the cases of the second half of the time.
    ///
    /// - Parameters:
    ///   - cases: The cases in the order in which they were opened.
    ///   - truth: The true solution of each case; nil where it has none of its own that recurs.
    ///   - nonsense: Questions without an answer.
    ///   - saysTrue: Whether some sentences tell a solution.
    public init(
        _ cases: [SupportCase], truth: [String?], nonsense: [CaseText] = [],
        saysTrue: @Sendable ([RedactedText], String) -> Bool
    ) {
        let half = cases.count / 2
        var answers: [(isRecurring: Bool, first: Bool, third: Bool, probability: Double)] = []
        for part in 0..<Self.parts {
            let range =
                half + part * (cases.count - half) / Self.parts..<half + (part + 1) * (cases.count - half) / Self.parts
            guard !range.isEmpty else { continue }
            let start = cases[range.lowerBound].ticket.openedAt
            let known = (0..<range.lowerBound).filter { cases[$0].ticket.resolvedAt.map { $0 < start } ?? false }
            let past = known.map { cases[$0] }
            let index = CaseIndex(deskOf: past)
            let solutions = Solutions(past, index).voting()
            self.nonsense = nonsense.map {
                solutions.recommend(for: $0, at: start, count: 1).first?.probability ?? 0
            }
            let places = Dictionary(
                known.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
            var told: Set<String> = []
            for number in known {
                guard let solution = truth[number], let place = places[number], let said = solutions.told(place) else {
                    continue
                }
                if saysTrue(said.sentences, solution) { told.insert(solution) }
            }
            let heard = told
            answers += concurrently(range.count, by: 32) { part in
                part.map { place in
                    let number = range.lowerBound + place
                    let found = solutions.recommend(
                        for: CaseText(cases[number]), at: cases[number].ticket.openedAt, count: 3)
                    let isRight = found.map { recommendation in
                        truth[number].map { saysTrue(recommendation.sentences, $0) } ?? false
                    }
                    return (
                        truth[number].map(heard.contains) ?? false, isRight.first ?? false, isRight.contains(true),
                        found.first?.probability ?? 0
                    )
                }
            }.flatMap(\.self)
        }
        let asked = answers.filter(\.isRecurring)
        recurring = asked.count
        let unknown = answers.filter { !$0.isRecurring }
        if !asked.isEmpty, !unknown.isEmpty {
            aurocNotFound = DetectionMeasures.auroc(
                normal: unknown.map(\.probability), anomalous: asked.map(\.probability))
        }
        let count = Double(max(1, asked.count))
        top1 = Double(asked.count(where: \.first)) / count
        top3 = Double(asked.count(where: \.third)) / count
        meanProbability = answers.reduce(0) { $0 + $1.probability } / Double(max(1, answers.count))
        rightShare = Double(answers.count(where: \.first)) / Double(max(1, answers.count))
    }
}
