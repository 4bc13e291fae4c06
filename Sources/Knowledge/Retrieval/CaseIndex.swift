public import Features
internal import Glibc
internal import Records
internal import Statistics

/// The texts of cases, and the way from a question to those that are like it.
///
/// Cases are added one after the other and keep their numbers. Lexical scores come from an inverted index, latent ones from the nearest cells of the
/// latent space; see ``Likeness``.
public struct CaseIndex: Sendable {
    private struct Posting: BitwiseCopyable {
        var number: Int32
        var count: Float
    }

    private static let saturation: Float = 1.2
    /// Longer texts share more words by chance, so that rare ones count more than the inverse frequency says.
    private static let rarityExponent: Float = 1.5
    private static let lengthShare: Float = 0.75
    /// The terms of a question that are looked at, the most telling ones.
    private static let mostTerms = 300
    /// The cases with the best lexical scores whose latent score is looked at wherever they lie.
    private static let lexicalCandidates = 256
    /// The cases nearest in the latent space that are compared in full when the neighbours of all are looked for.
    private static let latentCandidates = 48

    /// The words of the cases.
    public private(set) var lexicon: Lexicon
    /// The latent space; nil for as long as too little was said to find one.
    public let space: SubwordSpace?
    private var postings: [[Posting]] = []
    private var lists: [TermList] = []
    private var marks: [[Int32]] = []
    private var markCounts: [Int32: Int] = [:]
    /// The cases with each word.
    private var wordCounts: [Int32] = []
    private var vectors: UnitVectors
    private var totalLength: Float = 0
    /// The length of each case's weight vector as it was when there were ``normedCount`` cases.
    private var norms: [Float] = []
    private var normedCount = 0

    /// An index without cases.
    ///
    /// - Parameters:
    ///   - lexicon: The words that are known.
    ///   - space: The latent space of such texts.
    public init(lexicon: Lexicon = Lexicon(), space: SubwordSpace? = nil) {
        self.lexicon = lexicon
        self.space = space
        vectors = UnitVectors(dimensions: space?.dimensions ?? 1)
        postings = Array(repeating: [], count: lexicon.termCount)
        wordCounts = [Int32](repeating: 0, count: lexicon.count)
    }

    /// The number of cases.
    public var count: Int { lists.count }

    /// Adds a case.
    ///
    /// - Returns: Its number.
    @discardableResult
    public mutating func add(_ text: CaseText) -> Int {
        add(lexicon.bag(of: text.parts, words: text.keywords, marks: text.marks))
    }

    mutating func add(_ bag: WordBag) -> Int {
        let number = lists.count
        let list = TermList(bag, lexicon)
        while postings.count < lexicon.termCount { postings.append([]) }
        for (term, count) in zip(list.terms, list.counts) {
            postings[Int(term)].append(Posting(number: Int32(truncatingIfNeeded: number), count: count))
        }
        while wordCounts.count < lexicon.count { wordCounts.append(0) }
        for word in bag.words { wordCounts[Int(word)] += 1 }
        let own = bag.words.filter { lexicon.isMark($0) }
        for mark in own { markCounts[mark, default: 0] += 1 }
        marks.append(own)
        totalLength += list.length
        lists.append(list)
        vectors.append(space?.encode(bag, lexicon) ?? [0])
        if 4 * lists.count > 5 * normedCount {
            normedCount = lists.count
            norms = lists.map(norm)
        } else {
            norms.append(norm(of: list))
        }
        return number
    }

    /// What is asked.
    struct Question: Sendable {
        var list: TermList
        var vector: [Float]
        var marks: [Int32]
        /// The signatures that no case has.
        var unknownSignatures = 0
        /// The facts of the environment that no case has.
        var unknownFacts = 0
    }

    func question(_ text: CaseText) -> Question {
        let bag = lexicon.bag(asking: text.parts, words: text.keywords, marks: text.marks)
        let marks = bag.words.filter { lexicon.isMark($0) }
        let facts = marks.count { lexicon.isEnvironment($0) }
        let unknownSignatures = Set(text.signatures).count - (marks.count - facts)
        let unknownFacts = Set(text.environment).count - facts
        var list = TermList(bag, lexicon)
        list.unknown -= unknownSignatures + unknownFacts
        return Question(
            list: mostTelling(list), vector: space?.encode(bag, lexicon) ?? [0], marks: marks,
            unknownSignatures: unknownSignatures, unknownFacts: unknownFacts)
    }

    /// What one of the cases would ask.
    func question(about number: Int) -> Question {
        Question(
            list: mostTelling(lists[number]), vector: Array(vectors[number]), marks: marks[number])
    }

    /// The cases most like a question, the best first.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - count: The most that are given.
    ///   - isAllowed: Whether the case with a number may be given: whether it is early enough, and for whoever asks to see.
    /// - Returns: Cases with a score above 0.
    public func search(_ text: CaseText, count: Int, where isAllowed: (Int) -> Bool = { _ in true }) -> [CaseMatch] {
        search(question(text), count: count, where: isAllowed)
    }

    func search(_ question: Question, count: Int, where isAllowed: (Int) -> Bool = { _ in true }) -> [CaseMatch] {
        let (cosines, containments) = lexicalScores(question)
        var isCandidate = [Bool](repeating: false, count: lists.count)
        var candidates = vectors.candidates(near: question.vector)
        for number in candidates { isCandidate[Int(number)] = true }
        if candidates.count < lists.count {
            for number in best(Self.lexicalCandidates, cosines, containments) where !isCandidate[number] {
                candidates.append(Int32(truncatingIfNeeded: number))
            }
        }
        var found: [CaseMatch] = []
        for number in candidates.lazy.map({ Int($0) }) where isAllowed(number) {
            var likeness = Likeness(cosine: cosines[number], containment: containments[number])
            likeness.latent = max(0, vectors.cosine(question.vector, number))
            if !question.marks.isEmpty { addMarks(question, number, to: &likeness) }
            let match = CaseMatch(
                number: number, score: likeness.score(terms: question.list.terms.count + question.list.unknown),
                likeness: likeness)
            guard match.score > 0, found.count < count || match < found[count - 1] else { continue }
            if found.count == count { found.removeLast() }
            var slot = found.count
            while slot > 0, match < found[slot - 1] { slot -= 1 }
            found.insert(match, at: slot)
        }
        return found
    }

    /// The neighbours of each case among all, by the mean of both scores, the nearest first.
    ///
    /// - Parameters:
    ///   - count: The most that each has.
    ///   - least: The least score.
    func neighbours(count: Int, least: Double) -> [[Neighbour]] {
        var result = [[Neighbour]](repeating: [], count: lists.count)
        let rarities = postings.indices.map { rarity(of: Int32(truncatingIfNeeded: $0)) }
        let parts = concurrently(vectors.partCount, by: 1) { part in
            vectors.nearest(inPart: part.lowerBound, count: Self.latentCandidates, least: 0).map { number, near in
                let scored = near.compactMap { other -> Neighbour? in
                    let score =
                        (score(of: Int(number), and: Int(other.number), other.product, rarities)
                            + score(of: Int(other.number), and: Int(number), other.product, rarities)) / 2
                    return score >= least ? Neighbour(number: other.number, product: Float(score)) : nil
                }
                return (number: number, neighbours: Array(scored.sorted().prefix(count)))
            }
        }
        for (number, near) in parts.joined() { result[Int(number)] = near }
        return result
    }

    /// The places of the cases in the first directions of the latent space.
    func places(dimensions: Int) -> UnitVectors {
        UnitVectors(
            (0..<lists.count).flatMap { vectors[$0] }, dimensions: vectors.dimensions, keeping: dimensions)
    }

    // MARK: - Scores

    private func score(
        of one: Int, and other: Int, _ latent: Float, _ rarities: [(smooth: Float, probabilistic: Float)]
    ) -> Double {
        let question = lists[one]
        let list = lists[other]
        var likeness = Likeness(latent: latent)
        var (left, right) = (0, 0)
        var most: Float = 0
        while left < question.terms.count {
            let term = question.terms[left]
            while right < list.terms.count, list.terms[right] < term { right += 1 }
            let rarity = rarities[Int(term)]
            most += rarity.probabilistic
            if right < list.terms.count, list.terms[right] == term {
                likeness.cosine +=
                    WordBag.weight(question.counts[left]) * WordBag.weight(list.counts[right])
                    * rarity.smooth * rarity.smooth
                likeness.containment += rarity.probabilistic * saturated(list.counts[right], list.length)
            }
            left += 1
        }
        likeness.cosine /= max(.leastNormalMagnitude, norms[one] * norms[other])
        likeness.containment /= max(.leastNormalMagnitude, most * (Self.saturation + 1))
        let asked = Question(list: question, vector: [], marks: marks[one])
        if !asked.marks.isEmpty { addMarks(asked, other, to: &likeness) }
        return likeness.score(terms: question.terms.count)
    }

    private func lexicalScores(_ question: Question) -> (cosines: [Float], containments: [Float]) {
        var cosines = [Float](repeating: 0, count: lists.count)
        var containments = cosines
        var square: Float = 0
        var most: Float = 0
        let meanLength = max(1, totalLength / Float(max(1, lists.count)))
        let (k, b) = (Self.saturation, Self.lengthShare)
        for (term, asked) in zip(question.list.terms, question.list.counts) {
            let rarity = rarity(of: term)
            let weight = WordBag.weight(asked) * rarity.smooth
            square += weight * weight
            most += rarity.probabilistic
            let factor = weight * rarity.smooth
            for posting in postings[Int(term)] {
                let number = Int(posting.number)
                cosines[number] += factor * WordBag.weight(posting.count)
                let length = k * (1 - b + b * lists[number].length / meanLength)
                containments[number] += rarity.probabilistic * posting.count * (k + 1) / (posting.count + length)
            }
        }
        // A word that nobody has said is as rare as can be, and no text holds it.
        let unheard = rarity(holders: 0)
        most += Float(question.list.unknown) * unheard.probabilistic
        square += Float(question.list.unknown) * unheard.smooth * unheard.smooth
        guard square > 0 else { return (cosines, containments) }
        let length = square.squareRoot()
        for number in cosines.indices where cosines[number] > 0 {
            cosines[number] /= length * max(.leastNormalMagnitude, norms[number])
            containments[number] /= most * (k + 1)
        }
        return (cosines, containments)
    }

    private func saturated(_ count: Float, _ length: Float) -> Float {
        let (k, b) = (Self.saturation, Self.lengthShare)
        let mean = max(1, totalLength / Float(max(1, lists.count)))
        return count * (k + 1) / (count + k * (1 - b + b * length / mean))
    }

    private func best(_ count: Int, _ cosines: [Float], _ containments: [Float]) -> ArraySlice<Int> {
        cosines.indices.filter { cosines[$0] > 0 }
            .sorted { (-cosines[$0] - containments[$0], $0) < (-cosines[$1] - containments[$1], $1) }.prefix(count)
    }

    private func addMarks(_ question: Question, _ number: Int, to likeness: inout Likeness) {
        var (seen, asked) = (Float(0), Float(question.unknownSignatures) * rarity(holders: 0).smooth)
        var (same, facts) = (Float(0), Float(question.unknownFacts))
        for mark in question.marks {
            let has: Float = marks[number].contains(mark) ? 1 : 0
            if lexicon.isEnvironment(mark) {
                facts += 1
                same += has
            } else {
                let weight = rarity(holders: markCounts[mark] ?? 0).smooth
                asked += weight
                seen += has * weight
            }
        }
        if asked > 0 { likeness.signatures = seen / asked }
        if facts > 0 { likeness.environment = same / facts }
    }

    // MARK: - Terms

    /// The terms of a case.
    func terms(of number: Int) -> TermList { lists[number] }

    /// The number of cases with a term.
    func holders(of term: Int32) -> Int { Int(term) < postings.count ? postings[Int(term)].count : 0 }

    /// The word that is said most often for each term.
    func commonWords() -> [Int32] {
        var best = [Int32](repeating: -1, count: lexicon.termCount)
        for word in 0..<lexicon.count {
            let term = Int(lexicon.terms[word])
            guard term >= 0 else { continue }
            if best[term] < 0 || wordCounts[word] > wordCounts[Int(best[term])] {
                best[term] = Int32(truncatingIfNeeded: word)
            }
        }
        return best
    }

    // MARK: - Weights

    private func rarity(of term: Int32) -> (smooth: Float, probabilistic: Float) {
        rarity(holders: Int(term) < postings.count ? postings[Int(term)].count : 0)
    }

    private func rarity(holders: Int) -> (smooth: Float, probabilistic: Float) {
        let (all, some) = (Float(lists.count), Float(holders))
        return (
            powf(1 + logf((1 + all) / (1 + some)), Self.rarityExponent), logf(1 + (all - some + 0.5) / (some + 0.5))
        )
    }

    private func norm(of list: TermList) -> Float {
        var square: Float = 0
        for (term, count) in zip(list.terms, list.counts) {
            let weight = WordBag.weight(count) * rarity(of: term).smooth
            square += weight * weight
        }
        return square.squareRoot()
    }

    private func mostTelling(_ list: TermList) -> TermList {
        guard list.terms.count > Self.mostTerms else { return list }
        let kept = list.terms.indices.sorted {
            let left = WordBag.weight(list.counts[$0]) * rarity(of: list.terms[$0]).smooth
            let right = WordBag.weight(list.counts[$1]) * rarity(of: list.terms[$1]).smooth
            return (-left, $0) < (-right, $1)
        }.prefix(Self.mostTerms).sorted()
        var shorter = list
        shorter.terms = kept.map { list.terms[$0] }
        shorter.counts = kept.map { list.counts[$0] }
        return shorter
    }
}

extension CaseIndex {
    /// The most texts that a latent space is fitted to.
    private static let fittedTexts = 10_000
    private static let dimensions = 256

    /// The index of some cases, with the latent space of their texts.
    ///
    /// - Parameters:
    ///   - texts: The cases, in the order of their numbers.
    ///   - seed: Fixes what is drawn; the same cases and seed give the same index.
    public init(_ texts: [CaseText], seed: UInt64 = 1) {
        var lexicon = Lexicon()
        let bags = texts.map { lexicon.bag(of: $0.parts, words: $0.keywords, marks: $0.marks) }
        var generator = SplitMix64(seed: seed)
        let count = min(Self.fittedTexts, bags.count)
        // Evenly spaced, so that what is learnt is of all times.
        let sample = (0..<count).map { bags[$0 * bags.count / count] }
        let space = try? SubwordSpace(sample, lexicon, dimensions: Self.dimensions, using: &generator)
        self.init(lexicon: lexicon, space: space)
        for bag in bags { _ = add(bag) }
        // Of all cases, so that two that say the same have the same score.
        normedCount = lists.count
        norms = lists.map(norm)
    }
}
