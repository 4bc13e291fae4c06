internal import Features

extension CaseIndex {
    /// The fields of the environment that the most cases tell.
    func environmentFields(most count: Int) -> [String] {
        var told: [String: Int] = [:]
        for (mark, cases) in markCounts {
            if let field = field(of: mark) { told[field, default: 0] += cases }
        }
        return told.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(count).map(\.key)
    }

    /// The place among some fields of each mark that tells a value of one of them.
    func places(of fields: [String]) -> [Int32: Int] {
        var places: [Int32: Int] = [:]
        for mark in markCounts.keys {
            if let field = field(of: mark) { places[mark] = fields.firstIndex(of: field) }
        }
        return places
    }

    /// The field of a mark; nil where it is none of the environment.
    private func field(of mark: Int32) -> String? {
        guard lexicon.isEnvironment(mark) else { return nil }
        return Self.field(of: String(lexicon.word(mark).dropFirst(3)))
    }

    /// What is before the first equals sign of a fact of the environment.
    static func field(of fact: String) -> String { String(fact.prefix { $0 != "=" }) }
}
