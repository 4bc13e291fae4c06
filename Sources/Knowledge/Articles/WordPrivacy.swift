internal import Features
internal import Records

/// Which words may stand in an article: those that enough customers have said in what they had to say.
///
/// A name of a company, a host or an order is said by one customer, or by the few who have to do with it, whereas the words of an issue are everybody's; so
/// k-anonymity (Sweeney 2002) is asked of each word over all cases of a desk, and of each name that several words make up: what hyphens, dots and the like join, numbers
/// and what holds digits, and words with capital letters that follow each other; names need twice as many. It is asked of any two neighbours too, as a site may be called by two words
/// that everybody uses, and nothing tells how it is written; what agents tell many customers is said in the cases of all of these. Words that only hold sentences together have no
/// neighbours. In scripts that put no blanks between words it is asked of each three characters in a row. Cases whose account is not known count as one customer. A word that stands
/// in greetings and signatures more often than in sentences is taken for a person's name; what is quoted and what a machine wrote tells nothing of that.
struct WordPrivacy: Sendable {
    /// The words of everything that was written, whoever wrote it.
    private(set) var lexicon = Lexicon()
    /// The fewest customers of a word.
    let least: Int
    /// The customers of all cases.
    private var customers = 0
    /// The customers of each word, and of each pair of words that follow each other in a sentence.
    private var holders: CustomerTally
    private var pairHolders: CustomerTally
    private var pairNumbers = HashedTable<Int32>(none: -1)
    /// The cases that hold a word in a title, a sentence or a note, and those that hold it in greetings and signatures alone.
    private var said: [Int32] = []
    private var courteous: [Int32] = []

    /// Looks at everything that was written in cases.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - words: What was said in them.
    ///   - least: The least number of customers, at least 1.
    init(_ cases: [SupportCase], _ words: [CaseWords], least: Int) {
        self.least = max(1, least)
        holders = CustomerTally(most: 2 * self.least)
        pairHolders = CustomerTally(most: self.least)
        var accounts: [String: Int32] = [:]
        /// The last case in which each word was said, and in which it stood in greetings and signatures.
        var lastSaid: [Int] = []
        var lastCourteous: [Int] = []
        for place in cases.indices {
            let account = cases[place].customer ?? ""
            let number = accounts[account] ?? Int32(truncatingIfNeeded: accounts.count)
            accounts[account] = number
            let title = cases[place].ticket.subject
            let texts =
                [title, cases[place].ticket.body, cases[place].ticket.resolution] + cases[place].messages.map(\.text)
            for text in texts { text.forEachTerm { if $0.count <= Lexicon.longestWord { hold($0, number) } } }
            for text in texts {
                WrittenNames(text).forEach { name in Array(name.utf8).withUnsafeBytes { hold($0, number) } }
            }
            var framing: [Int] = []
            for courtesy in words[place].courtesies {
                courtesy.forEachTerm { if $0.count <= Lexicon.longestWord { framing.append(Int(lexicon.insert($0))) } }
            }
            while said.count < lexicon.count {
                said.append(0)
                courteous.append(0)
                lastSaid.append(-1)
                lastCourteous.append(-1)
            }
            holders.grow(to: lexicon.count)
            for sentence in words[place].said + words[place].resolution + [title] {
                addWords(of: sentence, number, place, &lastSaid)
            }
            for sentence in words[place].messages.joined() { addWords(of: sentence, number, place, &lastSaid) }
            for word in framing where lastSaid[word] < place && lastCourteous[word] < place {
                lastCourteous[word] = place
                courteous[word] += 1
            }
        }
        customers = accounts.count
    }

    /// Counts a customer who has a word.
    private mutating func hold(_ word: UnsafeRawBufferPointer, _ account: Int32) {
        let number = Int(lexicon.insert(word))
        holders.grow(to: number + 1)
        holders.add(account, to: number)
    }

    /// Counts the words of a sentence that were not said in its case yet, and a customer who has its pairs of words.
    private mutating func addWords(of sentence: RedactedText, _ account: Int32, _ place: Int, _ lastSaid: inout [Int]) {
        var before: Int32?
        sentence.forEachTerm { bytes in
            let word = lexicon.number(of: bytes)
            if let before, let word, let pair = pair(before, word) { add(account, to: pair) }
            before = word
            guard let word, lastSaid[Int(word)] < place else { return }
            lastSaid[Int(word)] = place
            said[Int(word)] += 1
        }
    }

    private mutating func add(_ account: Int32, to pair: UInt64) {
        var number = 0
        pairNumbers.update(pair) {
            if $0 < 0 { $0 = Int32(truncatingIfNeeded: pairHolders.count) }
            number = Int($0)
        }
        pairHolders.grow(to: number + 1)
        pairHolders.add(account, to: number)
    }

    /// The numbers of the words of a text, -1 for one that nobody has.
    private func words(of text: RedactedText) -> [Int32] {
        var words: [Int32] = []
        text.forEachTerm { words.append(lexicon.number(of: $0) ?? -1) }
        return words
    }

    /// The words that follow each other in a text, but for those that only hold it together.
    private func pairs(of words: [Int32]) -> [UInt64] {
        zip(words, words.dropFirst()).compactMap { first, second in
            first >= 0 && second >= 0 ? pair(first, second) : nil
        }
    }

    /// A word and the one after it; nil where one only holds sentences together.
    private func pair(_ first: Int32, _ second: Int32) -> UInt64? {
        let (before, after) = (lexicon.terms[Int(first)], lexicon.terms[Int(second)])
        return before >= 0 && after >= 0 ? Self.key(before, after) : nil
    }

    /// A hash of two terms, never 0, as both of its steps can be undone.
    private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
        let mixed = (UInt64(first) << 32 | UInt64(second) + 1) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 32
    }

    private func isShared(pair: UInt64) -> Bool {
        pairNumbers[pair].map { pairHolders.has(Int($0), by: least) } ?? false
    }

    /// Whether a text holds nothing but words that may stand in an article, and no token of what was redacted.
    func allows(_ text: RedactedText) -> Bool {
        if text.holdsToken { return false }
        let bag = lexicon.bag(asking: [(text, 1)])
        guard bag.unknown.isEmpty, bag.words.allSatisfy({ allows(Int($0)) }) else { return false }
        let names = WrittenNames(text)
        return names.rows.allSatisfy { isShared($0, by: least) }
            && names.joined.allSatisfy { isShared($0, by: 2 * least) }
            && (names.isCaseless || names.capitalised.allSatisfy { isShared($0, by: 2 * least) })
            && pairs(of: words(of: text)).allSatisfy(isShared(pair:))
    }

    private func isShared(_ name: String, by count: Int) -> Bool {
        lexicon.number(of: name).map { isShared(Int($0), by: count) } ?? false
    }

    /// Whether a word may stand in an article by itself, be it one of several pieces as scripts without blanks have them.
    func allows(word: String) -> Bool {
        isWord(word) { allows($0) }
            && (!UnspacedWords.isPiece(word)
                || UnspacedWords.pieces(of: word, characters: 3).allSatisfy { isShared($0, by: least) })
    }

    /// Whether a word may be shown to the team: where no word can have enough customers, every one that is not taken for a person's name.
    func allowsWithin(word: String) -> Bool {
        customers < least ? isWord(word) { isStated($0) } : allows(word: word)
    }

    private func isWord(_ word: String, where isAllowed: (Int) -> Bool) -> Bool {
        // What stands for something that was redacted is no word.
        !word.hasPrefix("<")
            && UnspacedWords.pieces(of: word).allSatisfy { lexicon.number(of: $0).map { isAllowed(Int($0)) } ?? false }
    }

    /// Whether a text may be shown to the team: where no word can have enough customers, every one that does not look as if it names one of them.
    func allowsWithin(_ text: RedactedText, isCapitalTelling: @autoclosure () -> Bool) -> Bool {
        customers < least ? !namesOne(text, isCapitalTelling: isCapitalTelling()) : allows(text)
    }

    /// The fewest letters and digits of an id, and the digits that make one of a number.
    private static let idLetters = 5

    /// Whether a text holds what looks like a name or an id and stands in the cases of one customer alone.
    ///
    /// That is a word with a capital letter within a sentence, letters with digits, a long number, a word that stands in greetings and signatures rather
    /// than in sentences. First words of sentences have a capital letter whatever they are: they look like names where the desk has customers enough that
    /// ordinary ones are shared.
    ///
    /// - Parameter isCapitalTelling: Whether the language of the text writes ordinary words small.
    func namesOne(_ text: RedactedText, isCapitalTelling: Bool) -> Bool {
        guard customers > 1 else { return false }
        let names = WrittenNames(text)
        let isTelling = isCapitalTelling && !names.isCaseless
        let suspects =
            names.joined.filter(Self.isID)
            + (isTelling ? names.capitals : [])
            + (isTelling && customers >= 2 * least ? names.openers : [])
        return suspects.contains { !isShared($0, by: 2) }
            || lexicon.bag(asking: [(text, 1)]).words.contains { !isShared(Int($0), by: 2) && !isStated(Int($0)) }
    }

    private static func isID(_ name: String) -> Bool {
        let digits = name.utf8.count { 48...57 ~= $0 }
        let letters = name.unicodeScalars.count { $0.properties.isAlphabetic }
        return (digits > 0 && letters > 0 && digits + letters >= idLetters) || digits >= idLetters
            || name.contains("_") || name.contains("@")
    }

    private func allows(_ word: Int) -> Bool { isShared(word, by: least) && isStated(word) }

    private func isStated(_ word: Int) -> Bool {
        // Function words stand in greetings as often as anywhere.
        lexicon.terms[word] == Lexicon.noTerm || said[word] >= courteous[word]
    }

    private func isShared(_ word: Int, by count: Int) -> Bool { holders.has(word, by: count) }

    /// Whether a value of a field of which so many accounts are known may be named.
    func allows(customers: Int) -> Bool { customers >= least }
}
