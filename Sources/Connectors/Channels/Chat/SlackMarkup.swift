/// Writes the markup of Slack's messages as plain text: people and channels by their names, links as words and address.
enum SlackMarkup {
    /// The text.
    ///
    /// - Parameters:
    ///   - text: The message as an export has it.
    ///   - names: The names of people by their ids.
    static func plain(_ text: String, names: [String: String]) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            output += unescaped(rest[..<open])
            let after = rest[rest.index(after: open)...]
            guard let close = after.firstIndex(of: ">") else {
                rest = rest[open...]
                return output + unescaped(rest)
            }
            output += shown(after[..<close], names)
            rest = after[after.index(after: close)...]
        }
        return output + unescaped(rest)
    }

    /// What stands between angle brackets: a target, and perhaps a label behind a bar.
    private static func shown(_ reference: Substring, _ names: [String: String]) -> String {
        let halves = reference.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let target = halves.first ?? ""
        let label = halves.count > 1 && !halves[1].isEmpty ? unescaped(halves[1]) : nil
        switch target.first {
        case "@":
            let id = String(target.dropFirst())
            return "@" + (names[id] ?? label ?? id)
        case "#": return "#" + (label ?? String(target.dropFirst()))
        case "!":
            let word = target.dropFirst().split(separator: "^").first ?? ""
            return label ?? "@\(word)"
        default:
            let address = unescaped(target.hasPrefix("mailto:") ? target.dropFirst(7) : target)
            guard let label, label != address else { return address }
            return "\(label) (\(address))"
        }
    }

    /// Slack writes three characters as references, and no others.
    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
