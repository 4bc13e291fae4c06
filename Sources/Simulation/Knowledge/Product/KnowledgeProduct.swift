/// The product that a desk supports, in the words of those who use it.
struct KnowledgeProduct: Sendable {
    /// Something that users work with.
    struct Thing: Sendable, Hashable {
        /// What it is called, the product's own name first.
        var names: [String]
    }

    let name: String
    /// The letters that its error codes begin with.
    let prefix: String
    let components: [String]
    /// The things of each component.
    let things: [[Thing]]
    /// Words that nobody else has.
    let jargon: [String]

    /// Draws a product of a trade; the more problems it has, the more there is to it.
    init(of trade: Trade, problems: Int, habits: KnowledgeHabits, _ draw: inout Draw) {
        name = Self.longRoot(&draw)
        prefix = String(name.prefix(3)).uppercased()
        components = draw.some(draw.number(6...8), of: trade.services)
        jargon = (0..<8 + Int(Double(problems).squareRoot())).map { _ in Self.longRoot(&draw) }
        let suffixes = draw.some(min(20, 5 + problems / 40), of: NounSynonyms.suffixes)
        var things = components.map { _ in [Thing]() }
        for (index, noun) in trade.nouns.enumerated() {
            let words = [noun] + (NounSynonyms.ofNoun[noun] ?? [])
            things[index % components.count].append(Thing(names: Array(words.prefix(habits.namesOfThing))))
        }
        let invented = jargon.prefix(2 + Int(habits.inventedThings * Double(problems)))
        for (number, noun) in (trade.nouns + invented).enumerated() {
            for (place, suffix) in suffixes.enumerated() where suffix[0] != noun {
                let others = (NounSynonyms.ofNoun[noun] ?? []).map { "\($0) \(suffix[0])" }
                let names = ["\(noun) \(suffix[0])", "\(noun) \(suffix[1])", "\(suffix[0]) of \(noun)"] + others
                things[(number + place) % components.count].append(
                    Thing(names: Array(names.prefix(habits.namesOfThing))))
            }
        }
        self.things = things.map { draw.some($0.count, of: $0) }
    }

    private static func longRoot(_ draw: inout Draw) -> String {
        while true {
            let root = CompanyNames.root(&draw)
            if root.utf8.count >= 6 { return root }
        }
    }
}
