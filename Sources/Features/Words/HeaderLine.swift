/// A line of a label and a value, such as `From: Ann Lee <ann@x.test>`, in any language.
struct HeaderLine {
    /// What the value names.
    let value: NamedLine
    /// Whether no mail program shows such a header: its label has a hyphen, as that of `Message-ID`.
    let isTechnical: Bool

    /// The most bytes of a label, of its words, and of the line.
    static let longestLabel = 48
    private static let labelWords = 3
    private static let longest = 2_000

    /// Reads a line; nil when it has no label.
    init?(_ line: UnsafeBufferPointer<UInt8>) {
        guard line.count <= Self.longest, let colon = MailHeaders.colon(in: line.prefix(Self.longestLabel)) else {
            return nil
        }
        let label = line[..<colon.lowerBound].filter { $0 != UInt8(ascii: "*") }
        let words = label.split(separator: 0x20)
        guard 1...Self.labelWords ~= words.count, Courtesies.isCapital(words[0]),
            label.withUnsafeBytes(Self.isLabel)
        else { return nil }
        value = NamedLine(UnsafeBufferPointer(rebasing: line[colon.upperBound...]))
        isTechnical = label.contains(UInt8(ascii: "-")) && FoldedLine(label).string != "reply-to"
    }

    private static func isLabel(_ label: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while place < label.count {
            let character = WordCharacter(at: place, in: label)
            guard !character.isDigit, character.kind != .sign || " -'.".utf8.contains(label[place]) else {
                return false
            }
            place += character.width
        }
        return true
    }
}
