/// Templates that are the same but for the word in one place.
struct WordSlot {
    var position: Int
    var template: [Element]
    /// The templates, as indices of ``WordSlots/templates``.
    var members: [Int]
    /// How many of their words there carry no meaning, so that they could be values.
    var plain = 0
    /// Whether all of them are words for things that are named right after, or prepositions.
    var isOfKinds = false
}

/// The places in which templates differ by one word.
struct WordSlots {
    let templates: [[Element]]
    private(set) var slots: [WordSlot] = []
    /// For each template its two slots with the most words, the first of those that have as many.
    private var largest: [(first: Int?, second: Int?)]

    /// Finds the slots by hashes to which each place adds its part, so that leaving one out costs nothing.
    init(_ grouping: SignatureGrouping) {
        struct Left: Hashable {
            var hash: UInt64
            var position: Int
        }
        templates = Array(grouping.rows.keys)
        largest = Array(repeating: (nil, nil), count: templates.count)
        var found: [Left: [Int]] = [:]
        var whole: Set<UInt64> = []
        for (index, template) in templates.enumerated() {
            var sum = grouping.part(template.count, .variable)
            for (position, element) in template.enumerated() { sum &+= grouping.part(position, element) }
            whole.insert(sum)
            for (position, element) in template.enumerated() where element.kind == .word {
                let hash = sum &- grouping.part(position, element) &+ grouping.part(position, .variable)
                found[Left(hash: hash, position: position), default: []].append(index)
            }
        }
        for (left, members) in found where members.count > 1 || whole.contains(left.hash) {
            var slot = WordSlot(position: left.position, template: templates[members[0]], members: members)
            slot.template[left.position] = .variable
            slot.plain = members.count { grouping.isPlain(templates[$0][left.position]) }
            slot.isOfKinds = members.allSatisfy {
                let facts = grouping.tokens[templates[$0][left.position].token]
                return facts.isEntity || facts.isPreposition
            }
            if members.count > 1 {
                for member in members { note(slots.count, slot, of: member) }
            }
            slots.append(slot)
        }
    }

    private mutating func note(_ index: Int, _ slot: WordSlot, of member: Int) {
        if isLarger(slot, than: largest[member].first) {
            largest[member] = (index, largest[member].first)
        } else if isLarger(slot, than: largest[member].second) {
            largest[member].second = index
        }
    }

    /// A template has one slot a place at most, so that the place tells apart what is as large.
    private func isLarger(_ slot: WordSlot, than other: Int?) -> Bool {
        guard let other = other.map({ slots[$0] }) else { return true }
        return (slot.plain, slot.members.count, -slot.position) > (other.plain, other.members.count, -other.position)
    }

    /// How a slot stands to the other places of its templates, where these vary as well: names in one, what is said of them in another.
    struct Crossing {
        /// Whether more than half of the templates have another place that varies among more words.
        var isLesser = false
        /// Whether half of the templates have another place that varies, among at most half as many words.
        var isGreater = false
        /// Places that vary among as many words or more, which are not all words for things.
        var names: Set<Int> = []
    }

    func crossing(of index: Int) -> Crossing {
        let slot = slots[index]
        var crossing = Crossing()
        var (greater, lesser) = (0, 0)
        for member in slot.members {
            let (first, second) = largest[member]
            guard let other = (first == index ? second : first).map({ slots[$0] }) else { continue }
            if other.plain > slot.plain { greater += 1 }
            if other.plain * 2 <= slot.plain { lesser += 1 }
            if other.plain >= slot.plain, !other.isOfKinds { crossing.names.insert(other.position) }
        }
        crossing.isLesser = greater * 2 > slot.members.count
        crossing.isGreater = lesser > 0 && lesser * 2 >= slot.members.count
        return crossing
    }
}
