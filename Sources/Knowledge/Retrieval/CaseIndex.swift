public import Features
internal import Records
internal import Statistics

/// The texts of cases, and the way from a question to those that are like it.
///
/// Cases are added one after the other and keep their numbers. Lexical scores come from an inverted index, latent ones from the nearest cells of the
/// latent space; see ``Likeness``.
public struct CaseIndex: Sendable {
    struct Posting: BitwiseCopyable {
        var number: Int32
        var count: Float
        var weight: Float
    }

    static let saturation: Float = 1.2
    /// Longer texts share more words by chance, so that rare ones count more than the inverse frequency says.
    static let rarityExponent: Float = 1.5
    static let lengthShare: Float = 0.75
    /// The terms of a question that are looked at, the most telling ones.
    static let mostTerms = 300
    /// The cases with the best lexical scores whose latent score is looked at wherever they lie.
    static let lexicalCandidates = 256
    /// The cases nearest in the latent space that are compared in full when the neighbours of all are looked for.
    static let latentCandidates = 48

    /// The least share of what cases say that past texts must know to be read with them.
    private static let leastKnownShare = 0.5

    /// The words of the cases.
    public private(set) var lexicon: Lexicon
    /// The latent space; nil for as long as too little was said to find one.
    public let space: SubwordSpace?
    private(set) var postings: [[Posting]] = []
    private(set) var lists: [TermList] = []
    /// The length of each list.
    private(set) var lengths: [Float] = []
    private(set) var marks: [[Int32]] = []
    private(set) var markCounts: [Int32: Int] = [:]
    /// The cases with each word.
    private(set) var wordCounts: [Int32] = []
    private(set) var vectors: UnitVectors
    private(set) var totalLength: Float = 0
    /// The length of each case's weight vector as it was when there were ``normedCount`` cases.
    private(set) var norms: [Float] = []
    private(set) var normedCount = 0
    /// The number of past texts with each of the first terms, and of all.
    private var pastHolders: [Int32] = []
    private(set) var pastCount = 0

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

    /// An index without cases, whose terms are as rare as past texts say, or as its own cases where these are more.
    ///
    /// The larger count and not the sum, as the cases may be among those texts.
    public init(_ background: TextBackground) {
        self.init(lexicon: background.lexicon, space: background.space)
        pastHolders = background.holders
        pastCount = background.count
    }

    /// The number of cases.
    public var count: Int { lists.count }

    /// Adds a case.
    ///
    /// - Returns: Its number.
    @discardableResult
    public mutating func add(_ text: CaseText) -> Int {
        let bag = lexicon.bag(of: text.parts, pasted: text.pasted, words: text.keywords, marks: text.marks)
        let list = TermList(bag, lexicon)
        add(bag, list)
        vectors.append(space?.encode(bag, lexicon) ?? [0])
        if 4 * lists.count > 5 * normedCount {
            weighAnew()
        } else {
            norms.append(norm(of: list) { rarity(of: $0).smooth })
        }
        return lists.count - 1
    }

    private mutating func add(_ bag: WordBag, _ list: TermList) {
        let number = lists.count
        while postings.count < lexicon.termCount { postings.append([]) }
        for (place, term) in list.terms.enumerated() {
            postings[Int(term)].append(
                Posting(
                    number: Int32(truncatingIfNeeded: number), count: list.counts[place], weight: list.weights[place]))
        }
        while wordCounts.count < lexicon.count { wordCounts.append(0) }
        for word in bag.words { wordCounts[Int(word)] += 1 }
        let own = bag.words.filter { lexicon.isMark($0) }
        for mark in own { markCounts[mark, default: 0] += 1 }
        marks.append(own)
        totalLength += list.length
        lengths.append(list.length)
        lists.append(list)
    }

    private mutating func weighAnew() {
        normedCount = lists.count
        let smooth = postings.indices.map { rarity(of: Int32(truncatingIfNeeded: $0)).smooth }
        norms = lists.map { norm(of: $0) { smooth[Int($0)] } }
    }

    /// What is asked.
    struct Question: Sendable {
        var list: TermList
        var vector: [Float]
        var marks: AskedMarks
    }

    func question(_ text: CaseText) -> Question {
        let bag = lexicon.bag(asking: text.parts, pasted: text.pasted, words: text.keywords, marks: text.marks)
        let marks = bag.words.filter { lexicon.isMark($0) }
        let facts = marks.count { lexicon.isEnvironment($0) }
        let unknownSignatures = Set(text.signatures).count - (marks.count - facts)
        let unknownFields = Set(text.environment).filter { lexicon.number(of: "\u{1}e " + $0) == nil }
        var list = TermList(bag, lexicon)
        list.dropUnknown(marks: unknownSignatures + unknownFields.count)
        return Question(
            list: mostTelling(list), vector: space?.encode(bag, lexicon) ?? [0],
            marks: asked(
                marks, unknownSignatures: unknownSignatures, unknownFields: unknownFields.map { Self.field(of: $0) }))
    }

    /// The words that cases say, each with the sum of the numbers of cases that say it or one before it.
    var spokenWords: [(word: Int32, upTo: Int)] {
        var sum = 0
        return (0..<lexicon.count).compactMap { word in
            guard lexicon.terms[word] >= 0, !lexicon.isMark(Int32(truncatingIfNeeded: word)) else { return nil }
            sum += Int(wordCounts[word])
            return (Int32(truncatingIfNeeded: word), sum)
        }
    }

    /// A question of some words alone.
    func question(ofWords words: [Int32]) -> Question {
        let bag = WordBag(words.map { ($0, 1) })
        return Question(list: TermList(bag, lexicon), vector: space?.encode(bag, lexicon) ?? [0], marks: AskedMarks())
    }

    /// What one of the cases would ask.
    func question(about number: Int) -> Question {
        Question(
            list: mostTelling(lists[number]), vector: Array(vectors[number]), marks: asked(marks[number]))
    }

    /// The cases most like a question, the best first.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - count: The most that are given.
    ///   - isAllowed: Whether the case with a number may be given: whether it is early enough, and for whoever asks to see.
    /// - Returns: Cases with a score above 0.
    public func search(_ text: CaseText, count: Int, where isAllowed: (Int) -> Bool = { _ in true }) -> [CaseMatch] {
        look(for: text).best(count, where: isAllowed)
    }

    /// All that is like a question, of which several selections can be made.
    public func look(for text: CaseText) -> CaseSearch { look(for: question(text)) }

    func look(for question: Question) -> CaseSearch {
        let scores = lexicalScores(question)
        var isCandidate = [Bool](repeating: false, count: lists.count)
        var candidates = vectors.candidates(near: question.vector)
        for number in candidates { isCandidate[Int(number)] = true }
        if candidates.count < lists.count {
            for number in Self.best(Self.lexicalCandidates, scores) where !isCandidate[number] {
                candidates.append(Int32(truncatingIfNeeded: number))
            }
        }
        let terms = question.list.terms.count + question.list.unknown
        var matches: [CaseMatch] = []
        matches.reserveCapacity(candidates.count)
        for number in candidates.lazy.map({ Int($0) }) {
            var likeness = Likeness(cosine: scores[number].x, containment: scores[number].y)
            likeness.latent = max(0, vectors.cosine(question.vector, number))
            question.marks.add(marks[number], to: &likeness)
            let match = CaseMatch(number: number, score: likeness.score(terms: terms), likeness: likeness)
            if match.score > 0 { matches.append(match) }
        }
        return CaseSearch(matches: matches, marks: question.marks, terms: terms, place: question.vector)
    }

    /// The terms of a case.
    func terms(of number: Int) -> TermList { lists[number] }

    /// The number of cases with a term.
    func holders(of term: Int32) -> Int { Int(term) < postings.count ? postings[Int(term)].count : 0 }

    /// The number of cases or of past texts with a term, whichever is larger.
    func knownHolders(of term: Int32) -> Int {
        max(holders(of: term), Int(term) < pastHolders.count ? Int(pastHolders[Int(term)]) : 0)
    }

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
}

extension CaseIndex {
    /// The index of some cases, with the latent space of their texts.
    ///
    /// - Parameters:
    ///   - texts: The cases, in the order of their numbers.
    ///   - seed: Fixes what is drawn; the same cases and seed give the same index.
    public init(_ texts: [CaseText], seed: UInt64 = 1) {
        self.init(CaseBags(texts), seed: seed)
    }

    private init(_ read: CaseBags, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        self.init(TextBackground(read.bags, read.lexicon, using: &generator))
        add(read.bags)
    }

    /// The index of some cases, read with what others taught.
    ///
    /// - Parameters:
    ///   - texts: The cases, in the order of their numbers.
    ///   - background: What past texts taught.
    public init(_ texts: [CaseText], _ background: TextBackground) {
        self.init(background)
        add(lexicon.bags(of: texts))
    }

    /// The index of some cases of one tenant, which does not leave it.
    ///
    /// What past texts taught is left aside where it knows less than half of what the cases say, as it does where customers are few or unknown and hardly any word is shared by
    /// enough of them: nobody sees the words that a latent space was fitted to, so all that the cases say may teach it here. Where more is known, the space stays the
    /// one that a model file has, so that both find the same.
    ///
    /// - Parameters:
    ///   - read: The cases, in the order of their numbers.
    ///   - background: What past texts taught.
    ///   - seed: Fixes what is drawn where that is left aside.
    init(within read: CaseBags, _ background: TextBackground, seed: UInt64 = 1) {
        self.init(background)
        add(lexicon.bags(read.bags, of: read.lexicon))
        if share(knownTo: background) < Self.leastKnownShare { self = CaseIndex(read, seed: seed) }
    }

    /// The index of the cases of a desk as ``DeskKnowledge`` makes it, of words that enough customers use where there are as many.
    public init(deskOf cases: [SupportCase], leastCustomers: Int = 3) {
        let read = CaseBags(cases.map(CaseText.init))
        self.init(within: read, TextBackground(read, customers: cases.map(\.customer), sharedBy: leastCustomers))
    }

    /// The share of the words that some past texts have among those that each case says, which begin with theirs.
    private func share(knownTo background: TextBackground) -> Double {
        var (known, all) = (0, 0)
        for word in 0..<lexicon.count where lexicon.terms[word] != Lexicon.noTerm {
            all += Int(wordCounts[word])
            if word < background.lexicon.count { known += Int(wordCounts[word]) }
        }
        return all == 0 ? 1 : Double(known) / Double(all)
    }

    /// Takes the cases of an index that has none.
    private mutating func add(_ bags: [WordBag]) {
        let (space, lexicon, dimensions) = (space, lexicon, vectors.dimensions)
        let parts = concurrently(bags.count, by: 256) { range in
            var places: [Float] = []
            places.reserveCapacity(range.count * dimensions)
            for bag in bags[range] { places += space?.encode(bag, lexicon) ?? [0] }
            return (lists: bags[range].map { TermList($0, lexicon) }, places: places)
        }
        for (bag, list) in zip(bags, parts.map(\.lists).joined()) { add(bag, list) }
        var places: [Float] = []
        places.reserveCapacity(bags.count * dimensions)
        for part in parts { places += part.places }
        vectors = UnitVectors(places, dimensions: dimensions)
        weighAnew()
    }
}

extension Lexicon {
    /// Numbers the words of some cases.
    mutating func bags(of texts: [CaseText]) -> [WordBag] {
        bags(texts.count) { number, lexicon in
            let text = texts[number]
            return lexicon.bag(of: text.parts, pasted: text.pasted, words: text.keywords, marks: text.marks)
        }
    }
}
