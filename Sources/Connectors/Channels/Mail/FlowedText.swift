/// Joins the lines of a text that a mail program has broken (RFC 3676).
enum FlowedText {
    /// The text with each paragraph on one line; the depth of quotes stands in front of a line as so many `>` and a blank.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - deletesBlanks: Whether the blank at the end of a broken line is no part of the text (`DelSp=yes`).
    static func joined(_ bytes: [UInt8], deletesBlanks: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var openDepth: Int?
        var place = 0
        while place < bytes.count {
            let end = MailHeaders.lineEnd(bytes, place, bytes.count)
            let whole = MailHeaders.trimmed(bytes, place..<end)
            place = end
            var line = bytes[whole]
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            line = line.dropFirst(depth)
            // A blank was put before what begins like a quote.
            if line.first == 0x20 { line = line.dropFirst() }
            let isSignature = line.elementsEqual("-- ".utf8)
            // An empty line is the end of a paragraph, though a blank stands at the end of its last line.
            if let open = openDepth, open != depth || isSignature || line.isEmpty {
                output.append(0x0A)
                openDepth = nil
            }
            if openDepth == nil, depth > 0 {
                output += [UInt8](repeating: UInt8(ascii: ">"), count: depth) + [0x20]
            }
            let isFlowed = line.last == 0x20 && !isSignature
            output += isFlowed && deletesBlanks ? line.dropLast() : line
            openDepth = isFlowed ? depth : nil
            if !isFlowed, end > whole.upperBound { output.append(0x0A) }
        }
        if openDepth != nil, bytes.last == 0x0A { output.append(0x0A) }
        return output
    }
}
