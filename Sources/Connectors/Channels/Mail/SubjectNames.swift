/// Finds ids of tickets in subjects, such as `[#42]`, `[KEY-42]` or `[Desk #42]`.
enum SubjectNames {
    private static let most = 5
    private static let longest = 100

    /// What stands in brackets and may be an id, in order: the whole, and its last word, both without a `#`.
    static func ids(in subject: String) -> [String] {
        var ids: [String] = []
        for part in subject.split(separator: "[").dropFirst(subject.hasPrefix("[") ? 0 : 1).prefix(most) {
            guard let end = part.firstIndex(of: "]") else { continue }
            let inner = part[..<end].prefix(longest)
            let texts: [Substring] = [inner, inner.split(separator: " ").last ?? ""]
            for text in texts {
                var id = String(text.drop { $0 == "#" || $0 == " " })
                while id.last == " " { id.removeLast() }
                if !id.isEmpty, !ids.contains(id) { ids.append(id) }
            }
        }
        return ids
    }
}
