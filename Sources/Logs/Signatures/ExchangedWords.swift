/// Words that stand for one another whatever is said, as names do, even if there are two of them.
///
/// A message of names and events has as many templates as the product of both, and needs as many as their sum when the names are
/// values. Words are taken for names where that is less: two in three contexts, three in two. A context counts when it says what
/// happened without these words and no other one says the same, so that it is an event of its own and not a detail of one; and
/// when it differs from each other one in more than one place: of what crosses in `connection opened for client` and
/// `connection closed for server` either may be the name.
struct ExchangedWords {
    /// In how many contexts two words stand for one another before they are names, where a third word does so too, and where none does.
    private static let enough = (three: 2, two: 3)

    private struct Pair: Hashable {
        var one: Int32
        var other: Int32

        init(_ one: Int32, _ other: Int32) {
            (self.one, self.other) = (min(one, other), max(one, other))
        }
    }

    private struct Context {
        var template: [Element]
        /// The words with a meaning, in lower case.
        var meanings: Set<[UInt8]>

        func isApart(from other: Context) -> Bool {
            meanings.isDisjoint(with: other.meanings)
                && (template.count != other.template.count || zip(template, other.template).count { $0 != $1 } > 1)
        }
    }

    /// For each two words contexts that are apart, no more than are enough.
    private var contexts: [Pair: [Context]] = [:]
    /// For how many others each word stands in as many contexts as are enough for three.
    private var partners: [Int32: Int] = [:]

    /// Adds what the slots of a round show: what was seen before the templates of a context were merged still counts.
    ///
    /// - Complexity: O(words²) for each slot, of fewer words than make a place at the start one for values.
    mutating func add(_ found: WordSlots, _ grouping: SignatureGrouping) {
        let order = found.slots.filter { $0.plain > 1 }.sorted { one, other in
            SignatureGrouping.precedes(one.template, other.template)
                || one.template == other.template && one.position < other.position
        }
        for slot in order {
            let words = candidates(of: slot, found, grouping)
            guard !words.isEmpty, !Self.isAttribute(slot, grouping) else { continue }
            let context = Context(template: slot.template, meanings: Self.meanings(of: slot, grouping))
            guard !context.meanings.isEmpty else { continue }
            for (place, one) in words.enumerated() {
                for other in words[(place + 1)...] {
                    let pair = Pair(one.token, other.token)
                    let known = contexts[pair, default: []]
                    guard known.count < Self.enough.two, known.allSatisfy(context.isApart) else { continue }
                    contexts[pair, default: []].append(context)
                    guard known.count + 1 == Self.enough.three else { continue }
                    partners[pair.one, default: 0] += 1
                    partners[pair.other, default: 0] += 1
                }
            }
        }
    }

    /// The templates of a slot whose words are names.
    func names(of slot: WordSlot, in found: WordSlots, _ grouping: SignatureGrouping) -> [Int] {
        let words = candidates(of: slot, found, grouping)
        return words.filter { word in
            words.contains { $0.token != word.token && areNames(Pair(word.token, $0.token)) }
        }.map(\.member)
    }

    private func areNames(_ pair: Pair) -> Bool {
        let count = contexts[pair]?.count ?? 0
        let hasThird = max(partners[pair.one, default: 0], partners[pair.other, default: 0]) > 1
        return count >= (hasThird ? Self.enough.three : Self.enough.two)
    }

    /// Whether a plain word follows, of which the words may tell kinds: `inbound queue`, `outbound queue`.
    private static func isAttribute(_ slot: WordSlot, _ grouping: SignatureGrouping) -> Bool {
        let next = slot.template[(slot.position + 1)...].prefix(2)
        guard next.count == 2, let blank = next.first, let word = next.last, grouping.isLiteral(blank, " "), word.isWord
        else { return false }
        return grouping.isPlain(word) && !grouping.tokens[word.token].isPreposition
    }

    private static func meanings(of slot: WordSlot, _ grouping: SignatureGrouping) -> Set<[UInt8]> {
        var meanings: Set<[UInt8]> = []
        for (position, element) in slot.template.enumerated() where position != slot.position && element.isWord {
            let facts = grouping.tokens[element.token]
            if facts.hasMeaning, !facts.isArticle { meanings.insert(facts.lowercased) }
        }
        return meanings
    }

    /// The words of a slot that could be names, where these are several and too few to be values for their number alone.
    ///
    /// A word for a kind of thing or a preposition is no name.
    private func candidates(
        of slot: WordSlot, _ found: WordSlots, _ grouping: SignatureGrouping
    ) -> [(member: Int, token: Int32)] {
        guard slot.plain > 1, slot.plain < SignatureGrouping.DistinctWords.atStart else { return [] }
        let words = slot.members.compactMap { member -> (member: Int, token: Int32)? in
            let element = found.templates[member][slot.position]
            let facts = grouping.tokens[element.token]
            guard grouping.isPlain(element), facts.hasLetter, !facts.isEntity, !facts.isPreposition else { return nil }
            return (member, element.token)
        }
        return words.count > 1 ? words : []
    }
}
