/// Puts tokens in place of personal data in the words of columns, such as an address that names a customer.
///
/// The same word gets the same token under one key, so that a model knows it again. What was looked at is remembered, as
/// tables of one source have mostly the same words.
struct LevelRedaction {
    /// The words that are remembered at most.
    private static let mostWords = 1 << 16

    private var known: [String: String] = [:]

    /// A word, or what stands for it.
    mutating func redact(_ word: String, _ pass: inout RedactionPass) -> String {
        if let known = known[word] { return known }
        var bytes = word
        let redacted = bytes.withUTF8 { pass.redact(UnsafeRawBufferPointer($0)) }.string
        if known.count >= Self.mostWords { known.removeAll(keepingCapacity: true) }
        known[word] = redacted
        return redacted
    }

    /// A column whose levels hold no personal data, and how many levels were replaced; those that get one token become one.
    mutating func redact(
        _ column: CategoricalColumn, _ pass: inout RedactionPass
    ) -> (column: CategoricalColumn, hidden: Int) {
        let levels = column.levels.map { redact($0, &pass) }
        let hidden = zip(levels, column.levels).count { $0 != $1 }
        guard hidden > 0 else { return (column, 0) }
        var distinct: [String] = []
        var places: [String: Int32] = [:]
        let codes = levels.map { level in
            if let place = places[level] { return place }
            let place = Int32(distinct.count)
            places[level] = place
            distinct.append(level)
            return place
        }
        return (
            CategoricalColumn(
                name: column.name, levels: distinct,
                codes: column.codes.map { $0 < 0 ? CategoricalColumn.missing : codes[Int($0)] }),
            hidden
        )
    }
}
