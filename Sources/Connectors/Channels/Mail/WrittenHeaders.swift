/// Finds people in the headers that programs write into a text above a mail that they pass on or quote.
///
/// Such a line is `From: Ann Lee <ann@x.test>` in any language, or the same with `[mailto:ann@x.test]`, and another line of a header stands
/// next to it. In a text of HTML the lines are those that its elements make.
enum WrittenHeaders {
    /// The most people that are found in a text.
    static let most = 200

    private static let longestLabel = 48
    private static let longestLine = 4_000

    /// The people with names, in order, the first ``most``.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - isMarkup: Whether it is in HTML.
    static func people(in text: [UInt8], isMarkup: Bool) -> [MailAddress] {
        guard text.contains(UInt8(ascii: "@")) else { return [] }
        var found: [MailAddress] = []
        // A line that was one of a header, and the people of one whose neighbour is still to come.
        var isAfterHeader = false
        var waiting: [MailAddress] = []
        for line in (isMarkup ? words(text) : text).split(separator: 0x0A) where found.count < most {
            let line = bare(line)
            // An empty line between them is what HTML and some programs leave.
            if line.isEmpty { continue }
            guard let value = value(line) else {
                (isAfterHeader, waiting) = (false, [])
                continue
            }
            found += waiting
            let people = people(inValue: value)
            if isAfterHeader { found += people }
            waiting = isAfterHeader ? [] : people
            isAfterHeader = true
        }
        return Array(found.prefix(most))
    }

    /// A line without the marks of quotes and of bold print, and without blanks around it.
    private static func bare(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line.prefix(longestLine).drop { $0 <= 0x20 || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "*") }
        while let last = line.last, last <= 0x20 { line.removeLast() }
        return line
    }

    /// What stands behind the name of a header; nil where the line is none.
    private static func value(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        // The colon of East Asian texts is of full width: EF BC 9A.
        let label = line.prefix(longestLabel)
        let colons = [label.firstRange(of: [UInt8(ascii: ":")]), label.firstRange(of: [0xEF, 0xBC, 0x9A])]
        let colon = colons.compactMap(\.self).min { $0.lowerBound < $1.lowerBound }
        guard let colon, colon.lowerBound > line.startIndex,
            line[..<colon.lowerBound].allSatisfy({ 65...90 ~= $0 & 0xDF || $0 >= 0x80 || " -*".utf8.contains($0) })
        else { return nil }
        return line[colon.upperBound...]
    }

    /// The people of a value; programs part them by commas or semicolons, and may write the family name and a comma first.
    private static func people(inValue value: ArraySlice<UInt8>) -> [MailAddress] {
        let text = String(decoding: value, as: UTF8.self).replacing("[mailto:", with: "<").replacing("]", with: ">")
        return text.split(separator: ">").compactMap { part in
            let halves = part.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, halves[1].contains("@") else { return nil }
            let name = halves[0].filter { $0 != "\"" && $0 != "*" && $0 != "\r" }.drop { " ,;".contains($0) }
            let person = MailAddress(
                name: name.split(separator: " ").joined(separator: " "),
                address: halves[1].lowercased().filter { $0 != " " })
            return isName(person.personName) ? person : nil
        }
    }

    /// Whether words may be a name: no digits, and the first and the last begin with a capital or a letter that has none.
    private static func isName(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard let first = words.first?.first, let last = words.last?.first, name.utf8.count <= 200 else { return false }
        return [first, last].allSatisfy { $0.isLetter && !$0.isLowercase } && !name.contains { $0.isNumber }
    }

    private static let lineElements: Set<String> = ["br", "p", "div", "tr", "li", "td", "table", "blockquote", "hr"]
    private static let references: [(String, String)] = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&#160;", " "), ("&amp;", "&"),
    ]

    /// The words of a text in HTML, as far as headers need them.
    private static func words(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: "<") {
                let end = text[place...].firstIndex(of: UInt8(ascii: ">")) ?? text.count
                let name = text[(place + 1)..<end].drop { $0 == UInt8(ascii: "/") }.prefix(10).prefix {
                    65...90 ~= $0 & 0xDF
                }
                if lineElements.contains(String(decoding: name, as: UTF8.self).lowercased()) { output.append(0x0A) }
                place = end + 1
            } else {
                output.append(text[place] <= 0x20 ? 0x20 : text[place])
                place += 1
            }
        }
        let plain = references.reduce(String(decoding: output, as: UTF8.self)) { $0.replacing($1.0, with: $1.1) }
        return Array(plain.utf8)
    }
}
