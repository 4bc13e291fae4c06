/// Several places for values in one message, where hardly two messages agree in all but one.
extension SignatureGrouping {
    /// Merges templates of one structure that differ in places which have all seen many words.
    ///
    /// Templates of one structure are parted by the word of the place that has seen the fewest, as IPLoM parts messages
    /// (Makanju et al., KDD 2009), until every place that still varies has seen more words than the square root of the
    /// number of templates; those are places for values.
    mutating func mergeOpenPlaces() {
        var structures: [UInt64: [[Element]]] = [:]
        for template in rows.keys.sorted(by: Self.precedes) {
            var hash = part(template.count, .variable)
            for (position, element) in template.enumerated() where element.kind != .word {
                hash &+= part(position, element)
            }
            structures[hash, default: []].append(template)
        }
        var moves: [(template: [Element], places: [Int])] = []
        for templates in structures.values where templates.count >= DistinctWords.atStart {
            let words = templates[0].indices.filter { templates[0][$0].kind == .word }
            collect(templates, words, into: &moves)
        }
        for move in moves.sorted(by: { Self.precedes($0.template, $1.template) }) {
            var other = move.template
            for place in move.places {
                valueCounts[other[place].token, default: 0] += 1
                other[place] = .variable
            }
            replace(move.template, with: other)
        }
    }

    private func collect(
        _ templates: [[Element]], _ words: [Int], into moves: inout [(template: [Element], places: [Int])]
    ) {
        guard templates.count >= DistinctWords.atStart else { return }
        var fewest: (place: Int, count: Int)?
        var varying: [(place: Int, seen: Set<Int32>)] = []
        for place in words {
            let seen = Set(templates.map { $0[place].token })
            guard seen.count > 1 else { continue }
            varying.append((place, seen))
            // Messages with different statuses are different ones, however many there are.
            let count = seen.contains { !tokens[$0].hasLetter } ? 0 : seen.count
            if count < fewest?.count ?? .max { fewest = (place, count) }
        }
        guard let fewest else { return }
        if fewest.count < DistinctWords.anyWord || fewest.count * fewest.count < templates.count {
            let rest = varying.map(\.place).filter { $0 != fewest.place }
            for part in Dictionary(grouping: templates, by: { $0[fewest.place].token }).values {
                collect(part, rest, into: &moves)
            }
            return
        }
        let places = varying.map(\.place)
        let isOpen = varying.allSatisfy { place, seen in
            let withMeaning = seen.count { tokens[$0].hasMeaning || tokens[$0].isCapitals }
            let before = wordBefore(place, in: templates[0])
            let isNamed = !places.contains(place - 2) && before.map { $0.isEntity || $0.isPreposition } ?? false
            return withMeaning * 10 <= seen.count
                && seen.count >= (isNamed ? DistinctWords.anyWord : DistinctWords.atStart)
        }
        let constants = templates[0].indices.contains { position in
            templates[0][position].isWord && !places.contains(position)
                && tokens[templates[0][position].token].hasLetter
        }
        if isOpen && constants { moves += templates.map { ($0, places) } }
    }
}
