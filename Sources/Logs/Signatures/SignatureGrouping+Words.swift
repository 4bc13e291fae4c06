/// Words that are values because a place has seen many.
extension SignatureGrouping {
    /// Merges the templates of every place that has seen enough different words; a template with several such places
    /// takes the one with the most.
    mutating func mergeWords() {
        let found = WordSlots(self)
        exchanged.add(found, self)
        var best: [Int: (slot: Int, words: Int)] = [:]
        for (index, slot) in found.slots.enumerated() {
            let candidates = accepted(index, in: found)
            for template in candidates.members {
                if let other = best[template],
                    (other.words, -found.slots[other.slot].position) >= (candidates.words, -slot.position)
                {
                    continue
                }
                best[template] = (index, candidates.words)
            }
        }
        let moves = best.map { (template: found.templates[$0.key], slot: found.slots[$0.value.slot]) }
        for move in moves.sorted(by: { Self.precedes($0.template, $1.template) }) {
            valueCounts[move.template[move.slot.position].token, default: 0] += 1
            replace(move.template, with: move.slot.template)
        }
    }

    /// The part of an element in the hash of a template.
    func part(_ position: Int, _ element: Element) -> UInt64 {
        let token = element.kind == .variable ? 1 : tokens[element.token].hash &+ UInt64(element.kind.rawValue)
        var hash = (token ^ UInt64(position) &* 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
        return hash &* 0xc4ce_b9fe_1a85_ec53
    }

    /// Whether a word could be a value: it carries no meaning.
    func isPlain(_ element: Element) -> Bool {
        let facts = tokens[element.token]
        return !facts.hasMeaning && !facts.isCapitals
    }

    /// The templates of a slot that may take part, and how many words the slot has seen.
    private mutating func accepted(_ index: Int, in found: WordSlots) -> (members: [Int], words: Int) {
        let slot = found.slots[index]
        let place = Place(template: slot.template, position: slot.position)
        let plain = slot.members.filter { isPlain(found.templates[$0][slot.position]) }
        let tokens = tokens
        let word = { (member: Int) in tokens[found.templates[member][slot.position].token] }
        let hasOthers = rows[slot.template] != nil
        if plain.count >= DistinctWords.anyWord { anyWordPlaces.insert(place) }
        let takesAnyWord = anyWordPlaces.contains(place) && (hasOthers || plain.count >= DistinctWords.anyWord)
        // A status is none of any words.
        let members = takesAnyWord ? slot.members.filter { word($0).hasLetter } : plain
        let others = slot.template.enumerated().contains { position, element in
            position != slot.position && element.isWord && tokens[element.token].hasLetter
        }
        guard others, !members.isEmpty else { return ([], 0) }
        let known = members.count { valueCounts[found.templates[$0][slot.position].token] != nil }
        if takesAnyWord
            || members.count
                >= needed(slot, isKnown: known * 2 >= members.count, found.crossing(of: index), hasOthers: hasOthers)
        {
            return (members, plain.count)
        }
        let names = exchanged.names(of: slot, in: found, self)
        if !names.isEmpty { return (names, plain.count) }
        return hasOthers ? (members.filter { word($0).isInstance }, plain.count) : ([], 0)
    }

    private func needed(_ slot: WordSlot, isKnown: Bool, _ crossing: WordSlots.Crossing, hasOthers: Bool) -> Int {
        let isFirst = !slot.template[..<slot.position].contains { $0.kind != .literal }
        guard !isFirst else { return DistinctWords.atStart }
        // Behind a word that is one of many stands what is said of it.
        let name = place(before: slot.position, in: slot.template).map(crossing.names.contains) ?? false
        let before = name ? nil : wordBefore(slot.position, in: slot.template)
        let isPlaceForValues = before.map { $0.isEntity || $0.isPreposition } ?? false
        // The place is known to hold variables: a word in it is one more.
        if hasOthers { return isPlaceForValues ? 1 : 2 }
        if isKnown, !crossing.isLesser { return DistinctWords.afterEntity }
        if before?.isEntity ?? false { return DistinctWords.afterEntity }
        if before?.isPreposition ?? false { return DistinctWords.afterPreposition }
        return crossing.isGreater ? DistinctWords.crossed : DistinctWords.elsewhere
    }

    /// A name before `:` or `-` and a number, or before an address in brackets, is part of the variable when the same template
    /// has one variable there: `localhost:80` among `10.0.0.1:80`, `web-40213` among `web-7f9c4`.
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
        if position + 2 < template.count, template[position + 2].kind == .variable,
            isLiteral(template[position + 1], ":") || isLiteral(template[position + 1], "-")
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
