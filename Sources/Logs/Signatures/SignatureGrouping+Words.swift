/// Words that are values because a place has seen many.
extension SignatureGrouping {
    /// Templates that are the same but for the word in one place.
    private struct Slot {
        var position: Int
        var template: [Element]
        var members: [[Element]]
    }

    /// Merges the templates of every place that has seen enough different words; a template with several such places
    /// takes the one with the most.
    mutating func mergeWords() {
        var best: [[Element]: (slot: Int, words: Int)] = [:]
        let slots = wordSlots()
        for (index, slot) in slots.enumerated() {
            let candidates = accepted(slot)
            for template in candidates.members {
                if let other = best[template],
                    (other.words, -slots[other.slot].position) >= (candidates.words, -slot.position)
                {
                    continue
                }
                best[template] = (index, candidates.words)
            }
        }
        for (template, choice) in best.sorted(by: { Self.precedes($0.key, $1.key) }) {
            let slot = slots[choice.slot]
            valueCounts[template[slot.position].token, default: 0] += 1
            replace(template, with: slot.template)
        }
    }

    /// The places in which templates differ by one word.
    ///
    /// They are found by hashes to which each place adds its part, so that leaving one out costs nothing.
    private func wordSlots() -> [Slot] {
        struct Left: Hashable {
            var hash: UInt64
            var position: Int
        }
        var found: [Left: [[Element]]] = [:]
        var whole: Set<UInt64> = []
        for template in rows.keys {
            var sum = part(template.count, .variable)
            for (position, element) in template.enumerated() { sum &+= part(position, element) }
            whole.insert(sum)
            for (position, element) in template.enumerated() where element.kind == .word {
                let hash = sum &- part(position, element) &+ part(position, .variable)
                found[Left(hash: hash, position: position), default: []].append(template)
            }
        }
        var slots: [Slot] = []
        for (left, members) in found where members.count > 1 || whole.contains(left.hash) {
            var template = members[0]
            template[left.position] = .variable
            slots.append(Slot(position: left.position, template: template, members: members))
        }
        return slots
    }

    /// The part of an element in the hash of a template.
    func part(_ position: Int, _ element: Element) -> UInt64 {
        let token = element.kind == .variable ? 1 : tokens[element.token].hash &+ UInt64(element.kind.rawValue)
        var hash = (token ^ UInt64(position) &* 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
        return hash &* 0xc4ce_b9fe_1a85_ec53
    }

    /// The templates of a slot that may take part, and how many words the slot has seen.
    private mutating func accepted(_ slot: Slot) -> (members: [[Element]], words: Int) {
        let place = Place(template: slot.template, position: slot.position)
        let plain = slot.members.filter {
            let facts = tokens[$0[slot.position].token]
            return !facts.hasMeaning && !facts.isCapitals
        }
        let hasOthers = rows[slot.template] != nil
        if plain.count >= DistinctWords.anyWord { anyWordPlaces.insert(place) }
        let takesAnyWord = anyWordPlaces.contains(place) && (hasOthers || plain.count >= DistinctWords.anyWord)
        let members = takesAnyWord ? slot.members : plain
        let others = slot.template.enumerated().contains { position, element in
            position != slot.position && element.isWord && tokens[element.token].hasLetter
        }
        guard others, !members.isEmpty else { return ([], 0) }
        return takesAnyWord || members.count >= needed(slot, members, hasOthers: hasOthers)
            ? (members, plain.count) : ([], 0)
    }

    private func needed(_ slot: Slot, _ members: [[Element]], hasOthers: Bool) -> Int {
        let isFirst = !slot.template[..<slot.position].contains { $0.kind != .literal }
        guard !isFirst else { return DistinctWords.atStart }
        let before = wordBefore(slot.position, in: slot.template)
        let isPlaceForValues = before.map { $0.isEntity || $0.isPreposition } ?? false
        // The place is known to hold variables: a word in it is one more.
        if hasOthers { return isPlaceForValues ? 1 : 2 }
        let known = members.count { valueCounts[$0[slot.position].token] != nil }
        if known * 2 >= members.count { return DistinctWords.afterEntity }
        guard let before else { return DistinctWords.elsewhere }
        if before.isEntity { return DistinctWords.afterEntity }
        return before.isPreposition ? DistinctWords.afterPreposition : DistinctWords.elsewhere
    }

    /// A name before `:` and a number, or before an address in brackets, is part of the variable when the same template
    /// has one variable there: `localhost:80` among `10.0.0.1:80`.
    mutating func absorbNamesWithNumbers() {
        var moves: [(template: [Element], name: Range<Int>, other: [Element])] = []
        for template in rows.keys {
            for position in template.indices where template[position].kind == .word {
                guard position == 0 || isLiteral(template[position - 1], " "), isName(template[position]),
                    let end = endOfNameWithNumber(position, template)
                else { continue }
                let other = template[..<position] + [.variable] + template[end...]
                guard rows[Array(other)] != nil else { continue }
                moves.append((template, position..<end, Array(other)))
                break
            }
        }
        for move in moves.sorted(by: { Self.precedes($0.template, $1.template) }) {
            for row in rows[move.template, default: []].indices {
                let form = rows[move.template, default: []][row].elements[move.name].flatMap { element in
                    element.isWord ? [MessageShape.variable] : tokens[element.token].bytes
                }
                rows[move.template]?[row].join(
                    move.name, as: Element(kind: .variable, token: tokens.number(of: form)))
            }
            replace(move.template, with: move.other)
        }
    }

    private func isName(_ element: Element) -> Bool {
        let facts = tokens[element.token]
        return !facts.hasMeaning && !facts.isEntity
    }

    private func endOfNameWithNumber(_ position: Int, _ template: [Element]) -> Int? {
        if position + 2 < template.count, isLiteral(template[position + 1], ":"),
            template[position + 2].kind == .variable
        {
            return position + 3
        }
        guard position + 4 < template.count, isLiteral(template[position + 1], " "),
            template[position + 3].kind == .variable
        else { return nil }
        let isRound = isLiteral(template[position + 2], "(") && isLiteral(template[position + 4], ")")
        let isSquare = isLiteral(template[position + 2], "[") && isLiteral(template[position + 4], "]")
        return isRound || isSquare ? position + 5 : nil
    }

    func isLiteral(_ element: Element, _ text: Character) -> Bool {
        guard element.kind == .literal, let byte = text.asciiValue else { return false }
        return tokens[element.token].bytes == [byte]
    }
}
