internal import Features
internal import Glibc
internal import Models
public import Records
internal import Statistics

/// What resolved the cases of a desk, and which of it is worth trying for a new one.
///
/// Solutions that are told in much the same words are one, unless one forbids what the other asks for. The probability of a solution is a
/// product, `known · rate · v / V`:
///
/// - `v / V` is its share of the votes. Each of the ``voters`` most similar cases votes for its solution, as ``votes`` has it by how it is like the question
///   and how old it is.
/// - `rate = (lasting + p · overall) / (all + p)` is how often cases stayed resolved after it, drawn to the rate of the desk as by `p` = ``priorCases`` cases.
/// - `known` is the probability that the desk has met the issue, by the largest resemblance of any of these cases as ``ChanceLikeness`` has it, times
///   `min(1, t / T)`.
/// - `T` is the share of the desk's resolved cases that tell a solution, and `t = (V + T) / (V + S + 1)` the share of the votes that do, where `S` would be
///   the votes of similar cases that tell none and the largest vote is 1: where more of the votes are of such cases than usual, the issue is rather one of
///   theirs.
public struct Solutions: Sendable {
    /// In seconds.
    private static let month = 30 * Instant.day
    /// The past cases that are asked again to learn how much cases count.
    private static let asked = 2_000
    /// The fields of the environment that are weighed one by one.
    private static let mostFields = 8
    /// The cases that the rate of the desk counts for in that of one solution.
    private static let priorCases = 2.0
    /// The most similar cases, which are looked at.
    private static let similar = 90
    /// Those of them that vote, by what their votes count.
    private static let voters = 30
    /// The least likeness of a case that votes.
    private static let leastLikeness = 0.15

    /// A solution to try.
    public struct Recommendation: Sendable, Hashable {
        /// What to do, word for word as the agent of the first of ``cases`` wrote it.
        public var sentences: [RedactedText]
        /// The probability that it is the one and lasts, 0 to 1.
        public var probability: Double
        /// The rate at which cases stayed resolved after it, shrunken, 0 to 1; nil where nothing tells of any case of the desk whether it did.
        public var successRate: Double?
        /// The cases that it resolved, the most similar first.
        public var cases: [String]
        /// The hours that finding it took in those cases, by the mean of their logarithms, times the probability.
        public var hoursSaved: Double
    }

    private let index: CaseIndex
    private let cases: [SupportCase]
    private let told: [ToldSolution?]
    /// The case that each points to instead of telling a solution.
    private let pointers: [Int?]
    /// The case that these lead to in the end; nil where they go round, and for a case that points to none.
    private let ends: [Int?]
    /// The solution of each case that tells one, numbered from 0.
    let ofCase: [Int?]
    private let successes: [(lasting: Double, all: Double)]
    private let overallRate: Double
    /// Whether each case stayed resolved: from -1 for one that was opened again, or whose customer wrote what makes cases go on, to 1; 0 where nobody
    /// can tell.
    private let lasting: [Double]
    /// Whether anything tells that cases stayed resolved or did not.
    private let isLastingKnown: Bool
    /// The share of the resolved cases that tell a solution.
    private let tellingShare: Double
    /// How much each similar case counts.
    private(set) var votes = VoteModel.prior
    private var chance: ChanceLikeness?
    /// The place among the fields of ``votes`` of each fact of the environment.
    private var fieldOfFact: [Int32: Int] = [:]

    /// Finds what resolved cases.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - index: Their texts, under the same numbers.
    public init(_ cases: [SupportCase], _ index: CaseIndex) {
        self.init(cases, CaseWords.all(cases), index)
    }

    init(_ cases: [SupportCase], _ words: [CaseWords], _ index: CaseIndex) {
        precondition(cases.count == index.count, "the index has the cases under the same numbers")
        self.cases = cases
        self.index = index
        let phrases = StockPhrases(cases, words, index)
        var numbers: [String: Int] = [:]
        for (number, one) in cases.enumerated() { numbers[one.ticket.id] = number }
        let ids = numbers
        var told = concurrently(each: cases.count, by: 512) { ToldSolution(of: cases[$0], words[$0], phrases) }
        pointers = concurrently(each: cases.count, by: 512) { number in
            Repetition.original(in: words[number].resolution) { ids[$0] }
        }
        ends = Self.ends(of: pointers)
        for number in cases.indices where pointers[number] != nil {
            // What was closed as a repetition of another case is resolved by what resolved that one.
            told[number] = ends[number].flatMap { told[$0] }
        }
        let final = told
        let talks = concurrently(each: cases.count, by: 512) {
            number -> (attempts: [ToldSolution], replies: [ReplyMeaning.Reply]) in
            guard let solution = final[number], cases[number].messages.contains(where: { $0.side == .customer }) else {
                return ([], [])
            }
            return (
                attempts: ToldSolution.attempts(in: cases[number], words[number], before: solution, phrases),
                replies: ToldSolution.replies(in: cases[number], words[number], to: solution, phrases)
            )
        }
        let (attempts, replies) = (talks.map(\.attempts), talks.map(\.replies))
        let meaning = ReplyMeaning(replies.flatMap(\.self))
        let late = replies.map { $0.filter(\.isLate).map(meaning.lasting) }
        lasting = zip(cases, late).map { $0.isReopened ? -1 : $1.min() ?? 1 }
        isLastingKnown =
            cases.contains(where: \.isReopened) || late.contains { $0.contains { $0 != 0 } }
            || attempts.contains { !$0.isEmpty }
        var texts: [RedactedText] = []
        var places: [(number: Int, lasting: Double)] = []
        for number in cases.indices {
            if let solution = final[number] {
                texts.append(solution.text)
                places.append((number, lasting[number]))
            }
            for attempt in attempts[number] {
                texts.append(attempt.text)
                places.append((-1, -1))
            }
        }
        // Agents paste what they wrote before: what is said in the same words is looked at once.
        var distinct: [RedactedText: Int] = [:]
        var different: [CaseText] = []
        let positions = texts.map { text in
            if let known = distinct[text] { return known }
            distinct[text] = different.count
            different.append(CaseText(body: text))
            return different.count - 1
        }
        let bodies = different.map(\.body)
        let groupOfText = Prohibition.parting(
            WordAgreement.parting(IssueGroups(CaseIndex(different)).ofCase, bodies, index), bodies)
        let solutionGroups = positions.map { groupOfText[$0] }
        var ofCase = [Int?](repeating: nil, count: cases.count)
        var successes = [(lasting: Double, all: Double)](repeating: (0, 0), count: (solutionGroups.max() ?? -1) + 1)
        var customers = [Set<String>](repeating: [], count: successes.count)
        for (place, group) in zip(places, solutionGroups)
        where place.number >= 0 && pointers[place.number] == nil && customers[group].count < 2 {
            customers[group].insert(cases[place.number].customer ?? "")
        }
        for (place, group) in zip(places, solutionGroups) {
            // What the team said among itself in the cases of one customer alone is about that one.
            if place.number >= 0, customers[group].count < 2, final[place.number]?.isForTeamAlone ?? false {
                told[place.number] = nil
                continue
            }
            if place.number >= 0 { ofCase[place.number] = group }
            // Of which nobody can tell, that neither lasted nor failed.
            successes[group].all += abs(place.lasting)
            successes[group].lasting += max(0, place.lasting)
        }
        self.told = told
        self.ofCase = ofCase
        self.successes = successes
        overallRate =
            (successes.reduce(0) { $0 + $1.lasting } + 1) / (successes.reduce(0) { $0 + $1.all } + 2)
        tellingShare =
            Double(ofCase.count { $0 != nil }) / Double(max(1, cases.count { $0.ticket.resolvedAt != nil }))
    }

    /// The case that pointers lead to in the end, for each that has one; nil where they go round.
    private static func ends(of pointers: [Int?]) -> [Int?] {
        var ends = [Int?](repeating: nil, count: pointers.count)
        var isMet = [Bool](repeating: false, count: pointers.count)
        for start in pointers.indices where !isMet[start] {
            var path: [Int] = []
            var place = start
            while let next = pointers[place], !isMet[place] {
                isMet[place] = true
                path.append(place)
                place = next
            }
            // What was met on this path leads round, and has no end yet.
            let end = pointers[place] == nil ? place : ends[place]
            for one in path { ends[one] = end }
        }
        return ends
    }

    /// What a case told of its solution itself; nil where it told nothing or points to another.
    func told(_ number: Int) -> ToldSolution? { pointers[number] == nil ? told[number] : nil }

    /// The same, where the customer was told.
    func toldPublicly(_ number: Int) -> ToldSolution? { told(number).flatMap { $0.isForTeamAlone ? nil : $0 } }

    /// The words of what resolved a case, be it told in the one that it points to; nil where nothing tells.
    func text(_ number: Int) -> RedactedText? { told[number]?.text }

    /// What each case and others of its issue have in common at their end, numbered from 0: the solution, or the case that they repeat where that one tells none.
    var outcomes: [Int?] {
        var outcomes = ofCase
        for number in cases.indices where ofCase[number] == nil && pointers[number] != nil {
            guard let original = ends[number], ofCase[original] == nil else { continue }
            for one in [number, original] { outcomes[one] = successes.count + original }
        }
        return outcomes
    }

    /// The shrunken rate at which cases stayed resolved after a solution.
    func successRate(of solution: Int) -> Double {
        let seen = successes[solution]
        return (seen.lasting + Self.priorCases * overallRate) / (seen.all + Self.priorCases)
    }

    /// The same solutions, for which cases count as a model has it.
    ///
    /// - Parameter model: The model; learnt from the cases when nil. For that cases whose solution is known are asked again, with what was resolved before they came.
    func voting(by model: VoteModel? = nil, chance: ChanceLikeness? = nil) -> Solutions {
        var changed = self
        changed.chance = chance ?? ChanceLikeness(index)
        changed.votes = model ?? learntVotes() ?? .prior
        changed.fieldOfFact = index.places(of: changed.votes.fields)
        return changed
    }

    private func learntVotes() -> VoteModel? {
        let fields = index.environmentFields(most: Self.mostFields)
        let places = index.places(of: fields)
        let known = cases.indices.filter { ofCase[$0] != nil }
        let count = min(Self.asked, known.count)
        let choices = concurrently(count, by: 32) { range in
            range.map { place in
                let question = known[place * known.count / count]
                let time = cases[question].ticket.openedAt
                let search = index.look(for: index.question(about: question))
                let found = similar(from: search, at: time) { $0 != question }
                return ConditionalLogit.Choice(
                    values: found.map { values(of: $0, asking: search.marks, at: time, fields, places) },
                    isRight: found.map { ofCase[$0.number] == ofCase[question] })
            }
        }.flatMap(\.self)
        return VoteModel(choices, fields: fields)
    }

    /// The resolved cases that are most like a question, of those that tell a solution or of those that tell none.
    private func similar(
        from search: CaseSearch, at time: Instant, telling: Bool = true, where isAllowed: (Int) -> Bool
    ) -> [CaseMatch] {
        search.best(Self.similar) { number in
            guard let resolvedAt = cases[number].ticket.resolvedAt else { return false }
            let knownAt = max(resolvedAt, told[number]?.saidAt ?? resolvedAt)
            return (ofCase[number] != nil) == telling && knownAt <= time && isAllowed(number)
        }.filter { $0.score >= Self.leastLikeness }
    }

    /// What ``VoteModel`` weighs.
    private func values(
        of match: CaseMatch, asking marks: AskedMarks, at time: Instant, _ fields: [String],
        _ fieldOfFact: [Int32: Int]
    ) -> [Double] {
        let likeness = match.likeness
        let age = max(0, time.seconds - cases[match.number].ticket.openedAt.seconds) / Self.month
        let own = index.marks[match.number]
        var same = [Double](repeating: 0, count: fields.count)
        // Of several values of one field a common one counts.
        let told = marks.facts.compactMap { fact in fieldOfFact[fact].map { ($0, own.contains(fact)) } }
        let unknown = marks.unknownFields.compactMap { fields.firstIndex(of: $0) }.map { ($0, false) }
        for (field, isCommon) in told + unknown where same[field] <= 0 {
            same[field] = isCommon ? 1 : own.contains { fieldOfFact[$0] == field } ? -1 : 0
        }
        let alike = [
            likeness.cosine, likeness.containment, likeness.latent, likeness.signatures, likeness.environment,
        ]
        return [match.score] + alike.map(Double.init) + [-age] + same
    }

    /// The solutions worth trying, the most promising first.
    ///
    /// - Parameters:
    ///   - text: What the new case says.
    ///   - time: When it is asked; only cases that were resolved by then count.
    ///   - count: The most that are given.
    ///   - isAllowed: Whether the case with a number may be looked at.
    /// - Returns: None where no resolved case is similar.
    public func recommend(
        for text: CaseText, at time: Instant, count: Int, where isAllowed: (Int) -> Bool = { _ in true }
    ) -> [Recommendation] {
        recommend(from: index.look(for: text), at: time, count: count, where: isAllowed)
    }

    /// The same, for a question that was looked for in the index already.
    public func recommend(
        from search: CaseSearch, at time: Instant, count: Int, where isAllowed: (Int) -> Bool = { _ in true }
    ) -> [Recommendation] {
        func logVote(_ match: CaseMatch) -> Double {
            self.votes.logVote(values(of: match, asking: search.marks, at: time, self.votes.fields, fieldOfFact))
        }
        let matches = similar(from: search, at: time, where: isAllowed)
        let logVotes = matches.map(logVote)
        guard let largest = logVotes.max() else { return [] }
        let silent = similar(from: search, at: time, telling: false, where: isAllowed)
        let voters = matches.indices.sorted { (-logVotes[$0], $0) < (-logVotes[$1], $1) }.prefix(Self.voters)
        var votes: [Int: (weight: Double, matches: [CaseMatch])] = [:]
        for place in voters.sorted() {
            guard let solution = ofCase[matches[place].number] else { continue }
            votes[solution, default: (0, [])].weight += exp(logVotes[place] - largest)
            votes[solution]?.matches.append(matches[place])
        }
        let all = votes.values.reduce(0) { $0 + $1.weight }
        let silentVotes = silent.map(logVote).sorted(by: >).prefix(Self.voters)
        let best = silentVotes.reduce(largest, max)
        let tellingVotes = all * exp(largest - best)
        let allVotes = tellingVotes + silentVotes.reduce(0) { $0 + exp($1 - best) }
        let telling = (tellingVotes + tellingShare) / (allVotes + 1)
        let nearest = (matches + silent).map(\.likeness.resemblance).max() ?? 0
        let isMet = chance?.probabilityMet(resemblance: nearest, terms: search.terms) ?? 1
        let isKnown = isMet * min(1, telling / tellingShare)
        return votes.map { solution, vote in
            let rate = successRate(of: solution)
            let probability = isKnown * rate * vote.weight / all
            let hours = vote.matches.compactMap { match in
                told[match.number].map {
                    max(0, $0.saidAt.seconds - cases[match.number].ticket.openedAt.seconds) / 3_600
                }
            }
            let mean = exp(hours.reduce(0) { $0 + log1p($1) } / Double(max(1, hours.count))) - 1
            let lasting = vote.matches.first { self.lasting[$0.number] >= 0 } ?? vote.matches[0]
            let ordered = [lasting] + vote.matches.filter { $0.number != lasting.number }
            return Recommendation(
                sentences: told[lasting.number]?.sentences ?? [], probability: probability,
                successRate: isLastingKnown ? rate : nil,
                cases: ordered.map { cases[$0.number].ticket.id }, hoursSaved: probability * mean)
        }.sorted { ($1.probability, $0.cases[0]) < ($0.probability, $1.cases[0]) }.prefix(count).map(\.self)
    }
}
