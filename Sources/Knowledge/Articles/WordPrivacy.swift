internal import Features
internal import Records

/// Which words may stand in an article: those that enough customers have used.
///
/// A name of a company, a host or an order is said by one customer, or by the few who have to do with it, whereas the words of an issue are everybody's; so that
/// k-anonymity (Sweeney 2002) is asked of each word over all cases of the desk. Cases whose account is not known count as one customer.
struct WordPrivacy: Sendable {
    /// The number of customers of each word, up to the least that is asked for.
    private var holders: [Int32: Set<String>] = [:]
    private let least: Int

    /// Counts the customers of words.
    ///
    /// - Parameters:
    ///   - bags: What was said in each case.
    ///   - accounts: The account of each case; nil where it is not known.
    ///   - least: The least number of customers.
    init(_ bags: [WordBag], accounts: [String?], least: Int) {
        self.least = least
        for (bag, account) in zip(bags, accounts) {
            for word in bag.words {
                // Beyond the least nothing changes, which bounds the memory.
                if let known = holders[word], known.count >= least { continue }
                holders[word, default: []].insert(account ?? "")
            }
        }
    }

    /// Whether enough customers have used a word.
    func allows(_ word: Int32) -> Bool { (holders[word]?.count ?? 0) >= least }

    /// Whether a text holds nothing but words that enough customers have used, and no token of what was redacted.
    func allows(_ text: RedactedText, _ lexicon: Lexicon) -> Bool {
        if text.holdsToken { return false }
        let bag = lexicon.bag(asking: [(text, 1)])
        return bag.unknown.isEmpty && bag.words.allSatisfy(allows)
    }
}
