/// A tenant's rules in the form in which a scan looks them up.
final class ScanRules: Sendable {
    struct Recogniser: Sendable {
        let kind: FindingKind
        let pattern: ClassPattern
        let score: Double
        /// The hashes of the words of which one must stand before; empty where none is needed.
        let context: Set<UInt64>
        let begins: [Bool]
    }

    let allowed: AllowList
    /// The keys of attributes that are not hidden whole; nil when there is no such list.
    let attributes: Set<String>?
    let names: NameTable
    let cues = Cue.table
    let endings = Cue.endings
    let prefixes = KeyPrefix.firstTwo
    let recognisers: [Recogniser]
    /// ``ByteClass/table``, in which the punctuation that recognisers of the tenant begin with is a trigger too.
    let classes: [UInt8]
    /// Whether a recogniser of the tenant may begin with a byte.
    let customStarts: [Bool]

    init(_ rules: RedactionRules) {
        allowed = AllowList(rules)
        attributes = rules.allowedAttributes.map { Set($0) }
        names = NameTable(rules.contacts)
        var classes = ByteClass.table
        var starts = [Bool](repeating: false, count: 256)
        recognisers = rules.recognisers.map { recogniser in
            var begins = [Bool](repeating: false, count: 256)
            for byte in recogniser.pattern.firstBytes {
                begins[Int(byte)] = true
                starts[Int(byte)] = true
                if classes[Int(byte)] & ByteClass.word.rawValue == 0 {
                    classes[Int(byte)] |= ByteClass.trigger.rawValue
                }
            }
            return Recogniser(
                kind: .custom(recogniser.name), pattern: recogniser.pattern, score: recogniser.score,
                context: Set(recogniser.context.map { NameFolding.hash($0) }), begins: begins)
        }
        self.classes = classes
        customStarts = starts
    }

    /// The same rules, and people besides.
    init(_ rules: ScanRules, adding people: [RedactionRules.Contact]) {
        (allowed, attributes, recognisers) = (rules.allowed, rules.attributes, rules.recognisers)
        (classes, customStarts) = (rules.classes, rules.customStarts)
        var names = rules.names
        names.add(people)
        self.names = names
    }
}
