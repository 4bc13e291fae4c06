internal import Features
internal import Records

/// Which words may stand in an article: those that enough customers have said in what they had to say.
///
/// A name of a company, a host or an order is said by one customer, or by the few who have to do with it, whereas the words of an issue are everybody's; so
/// k-anonymity (Sweeney 2002) is asked of each word over all cases of a desk, and of each name that several words make up: what hyphens, dots and the like join, what holds
/// digits, and words with capital letters that follow each other, unless nearly all words of a text have them; names need twice as many. In scripts that put no blanks between
/// words it is asked of each three characters in a row. Cases whose account is not known count as one customer. A word that stands
/// in greetings and signatures more often than in sentences is taken for a person's name; what is quoted and what a machine wrote tells nothing of that.
struct WordPrivacy: Sendable {
    /// The words of everything that was written, whoever wrote it.
    private(set) var lexicon = Lexicon()
    /// The fewest customers of a word.
    let least: Int
    /// The customers of all cases.
    private var customers = 0
    /// Up to twice `least` numbers of customers for each word, -1 where there are fewer.
    private var holders: [Int32] = []
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
        var accounts: [String: Int32] = [:]
        for (one, words) in zip(cases, words) {
            let account = one.customer ?? ""
            let number = accounts[account] ?? Int32(truncatingIfNeeded: accounts.count)
            accounts[account] = number
            let texts = [one.ticket.subject, one.ticket.body, one.ticket.resolution] + one.messages.map(\.text)
            let names = texts.map(WrittenNames.init).flatMap { $0.joined + $0.capitalised + $0.rows }
            let all = lexicon.bag(of: texts.map { ($0, 1) }, words: names)
            let sentences = [words.said, words.resolution, [one.ticket.subject]] + words.messages
            let stated = lexicon.bag(of: sentences.joined().map { ($0, 1) })
            let framing = lexicon.bag(of: words.courtesies.map { ($0, 1) })
            while said.count < lexicon.count {
                said.append(0)
                courteous.append(0)
                for _ in 0..<2 * self.least { holders.append(-1) }
            }
            for word in all.words { add(number, to: Int(word)) }
            for word in stated.words { said[Int(word)] += 1 }
            for word in Set(framing.words).subtracting(stated.words) { courteous[Int(word)] += 1 }
        }
        customers = accounts.count
    }

    private mutating func add(_ account: Int32, to word: Int) {
        for place in word * 2 * least..<(word + 1) * 2 * least {
            if holders[place] == account { return }
            if holders[place] < 0 {
                holders[place] = account
                return
            }
        }
    }

    /// Whether a text holds nothing but words that may stand in an article, and no token of what was redacted.
    func allows(_ text: RedactedText) -> Bool {
        if text.holdsToken { return false }
        let bag = lexicon.bag(asking: [(text, 1)])
        guard bag.unknown.isEmpty, bag.words.allSatisfy({ allows(Int($0)) }) else { return false }
        let names = WrittenNames(text)
        return names.rows.allSatisfy { isShared($0, by: least) }
            && names.joined.allSatisfy { isShared($0, by: 2 * least) }
            && (names.isTitle || names.capitalised.allSatisfy { isShared($0, by: 2 * least) })
    }

    private func isShared(_ name: String, by count: Int) -> Bool {
        lexicon.number(of: name).map { isShared(Int($0), by: count) } ?? false
    }

    /// Whether a word may stand in an article by itself.
    func allows(word: String) -> Bool {
        // What stands for something that was redacted is no word.
        !word.hasPrefix("<") && lexicon.number(of: word).map { allows(Int($0)) } ?? false
    }

    /// Whether a word may be shown to the team: where no word can have enough customers, every one that is not taken for a person's name.
    func allowsWithin(word: String) -> Bool {
        guard customers < least else { return allows(word: word) }
        return !word.hasPrefix("<") && lexicon.number(of: word).map { isStated(Int($0)) } ?? false
    }

    private func allows(_ word: Int) -> Bool { isShared(word, by: least) && isStated(word) }

    private func isStated(_ word: Int) -> Bool {
        // Function words stand in greetings as often as anywhere.
        lexicon.terms[word] == Lexicon.noTerm || said[word] >= courteous[word]
    }

    private func isShared(_ word: Int, by count: Int) -> Bool { holders[word * 2 * least + count - 1] >= 0 }

    /// Whether a value of a field of which so many accounts are known may be named.
    func allows(customers: Int) -> Bool { customers >= least }
}
