/// The line by which a message of ours is known again where a system has no hidden place for it.
///
/// It is the last line of the message: `Ref: casebook-` and the key. A person who quotes the message has a line before it or behind it,
/// so only a line at the end that is nothing else counts.
public enum MessageMark {
    private static let sign = "Ref: casebook-"

    /// The line.
    public static func line(_ key: String) -> String { sign + key }

    /// Takes the mark off a message.
    ///
    /// - Returns: The text before the mark, and the key; the whole text and nil where there is no mark.
    public static func parted(_ text: String) -> (text: String, key: String?) {
        let whole = text.trimmed
        let last = whole.split(separator: "\n", omittingEmptySubsequences: false).last.map { String($0).trimmed } ?? ""
        guard last.hasPrefix(sign) else { return (text, nil) }
        let key = String(last.dropFirst(sign.count))
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }) else {
            return (text, nil)
        }
        return (String(whole.dropLast(last.count)).trimmed, key)
    }
}
