/// The text of an entry of a journal, in which ServiceNow shows what stands between `[code]` and `[/code]` as HTML and all else as it is.
enum JournalText {
    private static var begin: Regex<Substring> { #/\[code\]/#.ignoresCase() }
    private static var end: Regex<Substring> { #/\[/code\]/#.ignoresCase() }

    /// A text of ours, of which nothing is shown as HTML.
    static func written(_ text: String) -> String { text.replacing(begin) { "[ \($0.output.dropFirst())" } }

    /// What is read of an entry, and whether that is HTML; it is where a part of it is.
    static func read(_ text: String) -> (text: String, isMarkup: Bool) {
        var (html, rest) = ("", text[...])
        while let start = rest.firstMatch(of: begin), let stop = rest[start.range.upperBound...].firstMatch(of: end) {
            html += escaped(rest[..<start.range.lowerBound])
            html += rest[start.range.upperBound..<stop.range.lowerBound]
            rest = rest[stop.range.upperBound...]
        }
        return html.isEmpty && rest.count == text.count ? (text, false) : (html + escaped(rest), true)
    }

    private static func escaped(_ text: Substring) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "<br>")
    }
}
