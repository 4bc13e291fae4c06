/// Groups shapes into templates: which places hold variables, by what was seen in them.
///
/// Everything is decided over the set of shapes, in rounds that look at all templates at once, so that neither the order
/// of lines nor the number of shards matters.
struct SignatureGrouping {
    /// How many different words a place must have seen before it counts as a place for values.
    enum DistinctWords {
        /// Behind a word for a thing, such as `user`.
        static let afterEntity = 2
        /// Behind a preposition.
        static let afterPreposition = 5
        /// Elsewhere.
        static let elsewhere = 10
        /// At the start of the message, where its subject stands.
        static let atStart = 30
        /// Elsewhere, where half as many words at most stand in another place beside each: things, and what is said of them.
        static let crossed = 6
        /// From here on a place takes any word, those with a meaning included.
        static let anyWord = 10
        /// In brackets, in quotes and behind `=`, and of full names, for values of several words that say nothing of their own.
        static let spans = 3
    }

    static let largestNumberOfRounds = 8

    var tokens = TokenTable()
    /// The rows of each template.
    var rows: [[Element]: [ShapeRow]] = [:]
    /// For each shape of the table, the identifier that it has before any word is taken for a value.
    private(set) var bases: [SignatureID]
    /// In how many templates a word was taken for a value.
    var valueCounts: [Int32: Int] = [:]
    /// Templates and places that take any word.
    var anyWordPlaces: Set<Place> = []
    /// What was seen of words that stand for one another.
    var exchanged = ExchangedWords()

    struct Place: Hashable {
        var template: [Element]
        var position: Int
    }

    /// Groups the shapes of a table.
    init(_ table: ShapeTable) {
        bases = Array(repeating: SignatureID(template: []), count: table.count)
        // Numbers of tokens follow the order of the bytes, not the order in which shapes were seen.
        let order = table.sortedIndices
        var loose: [[Element]: [ShapeRow]] = [:]
        var keys: [[Element]] = []
        for shape in order {
            let elements = ElementParser.elements(of: table.shape(shape), &tokens)
            let key = elements.map { $0.isLoose ? .variable : $0 }
            bases[shape] = id(of: key)
            if loose[key] == nil { keys.append(key) }
            loose[key, default: []].append(ShapeRow(shape: shape, elements: elements, tokens))
        }
        for key in keys {
            let members = loose[key] ?? []
            let template = settled(key, members)
            rows[template, default: []] += members
            countValues(of: template, members)
        }
        for _ in 0..<Self.largestNumberOfRounds {
            let before = rows.count
            absorbNamesWithNumbers()
            mergeOpenPlaces()
            mergeWords()
            mergeSpans()
            if rows.count == before { break }
        }
        takeKnownValues()
    }

    /// The template of shapes that differ only in loose places: what never varied there is a constant.
    func settled(_ key: [Element], _ members: [ShapeRow]) -> [Element] {
        var template = key
        for position in key.indices where key[position].kind == .variable {
            let seen = Set(members.map { $0.elements[position] })
            if seen.count == 1, let only = seen.first, only.kind != .variable {
                template[position] = Element(kind: .word, token: only.token)
            }
        }
        return template
    }

    private mutating func countValues(of template: [Element], _ members: [ShapeRow]) {
        for position in template.indices where template[position].kind == .variable {
            for element in Set(members.map { $0.elements[position] }) where element.kind != .variable {
                valueCounts[element.token, default: 0] += 1
            }
        }
    }

    /// The identifier of elements: of their words and marks, wherever the variables are.
    func id(of elements: [Element]) -> SignatureID {
        SignatureID(template: elements.flatMap { $0.kind == .variable ? Array("<*>".utf8) : tokens[$0.token].bytes })
    }

    /// The order in which templates move: where one moves to the place of another that moves too, it matters which one is the first.
    static func precedes(_ one: [Element], _ other: [Element]) -> Bool {
        one.lexicographicallyPrecedes(other) { ($0.token, $0.kind.rawValue) < ($1.token, $1.kind.rawValue) }
    }

    /// Makes a word of a template a variable in every row.
    mutating func replace(_ template: [Element], with other: [Element]) {
        guard let moved = rows.removeValue(forKey: template) else { return }
        rows[other, default: []] += moved
    }

    /// The last step: a word in a place for values that is a value in other templates is one here too, even if this
    /// template has seen no other.
    private mutating func takeKnownValues() {
        for template in rows.keys.sorted(by: Self.precedes) {
            var other = template
            for position in template.indices where template[position].isWord {
                let facts = tokens[template[position].token]
                guard !facts.hasMeaning, !facts.isCapitals, !facts.isEntity, !facts.isPreposition,
                    valueCounts[template[position].token, default: 0] >= 2,
                    let before = wordBefore(position, in: template), before.isEntity || before.isPreposition
                else { continue }
                other[position] = .variable
            }
            if other != template { replace(template, with: other) }
        }
    }

    /// The word, mark or variable before a place, blanks apart.
    func wordBefore(_ position: Int, in template: [Element]) -> TokenTable.Facts? {
        place(before: position, in: template).map { tokens[template[$0].token] }
    }

    /// Where it stands.
    func place(before position: Int, in template: [Element]) -> Int? {
        guard let index = template[..<position].lastIndex(where: { !isLiteral($0, " ") }) else { return nil }
        return template[index].kind == .variable ? nil : index
    }
}

extension ShapeTable {
    /// The indices of the shapes in the order of their bytes.
    var sortedIndices: [Int] {
        (0..<count).sorted { shape($0).lexicographicallyPrecedes(shape($1)) }
    }
}
