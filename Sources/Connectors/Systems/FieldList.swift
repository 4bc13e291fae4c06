/// The values of a field that holds several, as one text: in order of the alphabet, parted by a comma and a blank.
enum FieldList {
    /// The text; nil where there are none.
    static func text(_ words: [String]) -> String? { words.isEmpty ? nil : words.sorted().joined(separator: ", ") }

    /// The values of a text, in its order.
    ///
    /// - Parameter names: Values that are known to exist; one that holds a comma is told by them.
    static func words(_ text: String, names: Set<String> = []) -> [String] {
        let parts = text.split(separator: ",").map { String($0).trimmed }
        var words: [String] = []
        var start = 0
        while start < parts.count {
            let ends = stride(from: parts.count, to: start + 1, by: -1)
            let end = ends.first { names.contains(parts[start..<$0].joined(separator: ", ")) } ?? start + 1
            words.append(parts[start..<end].joined(separator: ", "))
            start = end
        }
        return words.filter { !$0.isEmpty }
    }

    /// Whether two texts have the same values, in whatever order.
    static func isSame(_ one: String, _ other: String) -> Bool { words(one).sorted() == words(other).sorted() }
}
