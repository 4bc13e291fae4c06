/// Finds the headers that a mail program writes above a message that it quotes or passes on.
extension MessageFrame {
    /// The end of a block of headers that begins at a line: one in words that are known, or one that has the form of such a block.
    func headerBlockEnd(_ start: Int) -> Int? {
        guard MailHeaders.colon(in: raw(start).prefix(HeaderLine.longestLabel)) != nil,
            let end = formalBlockEnd(start) ?? knownBlockEnd(start)
        else { return nil }
        return isIntroduced(start) ? nil : end
    }

    /// Whether the author says what follows: a line that ends with a colon stands above.
    private func isIntroduced(_ start: Int) -> Bool {
        guard let above = lines[..<start].last(where: { $0.kind != .blank }), above.kind == .said else { return false }
        return MailHeaders.endsWithColon(bytes[above.words])
    }

    /// A block that begins with the sender, and names the day and the recipient or the subject.
    private func knownBlockEnd(_ start: Int) -> Int? {
        guard "fvder*".utf8.contains(raw(start)[0] | 0x20), MailHeaders.role(folded(start)) == .from
        else { return nil }
        let end = headersEnd(start)
        let roles = (start..<end).compactMap { lines[$0].kind == .blank ? nil : MailHeaders.role(folded($0)) }
        return roles.contains(.sent) && (roles.contains(.to) || roles.contains(.subject)) ? end : nil
    }

    /// The most lines of a block of headers.
    private static let headerLines = 12

    /// The end of the headers in known words from a line on; a blank line between them is none.
    func headersEnd(_ start: Int) -> Int {
        var end = start
        for place in start..<min(lines.count, start + Self.headerLines) where lines[place].kind != .blank {
            guard MailHeaders.role(folded(place)) != nil else { break }
            end = place + 1
        }
        return end
    }

    /// A block in any language: it begins with the sender, whose address is in brackets, or with the day and the time; the other one follows
    /// among the next lines, and so do the recipient's address, or two lines more when something was said above.
    ///
    /// It stands apart from what is above it, and a message is below it. Technical headers, which no mail program shows, are a part of what is
    /// told.
    private func formalBlockEnd(_ start: Int) -> Int? {
        guard start == 0 || lines[start - 1].kind != .said, let first = HeaderLine(raw(start)),
            first.value.namesSender || first.value.isDateAndTime
        else { return nil }
        let block = headerLines(start)
        guard block.lines.count >= 3, nextLine(after: block.end - 1, before: lines.count) != nil,
            !block.lines.contains(where: \.isTechnical),
            block.lines.contains(where: \.value.isDateAndTime), block.lines.contains(where: \.value.namesSender)
        else { return nil }
        let isOfTwo = block.lines.count { $0.value.namesAddress } >= 2
        let isBelowWords = lines[..<start].last { $0.kind == .said || $0.kind == .pasted } != nil
        return isOfTwo || (isBelowWords && block.lines.count >= 4) ? block.end : nil
    }

    /// The lines with labels from one on: in a row, or each with a blank line below it.
    private func headerLines(_ start: Int) -> (lines: [HeaderLine], end: Int) {
        let isSpaced = start + 1 < lines.count && lines[start + 1].kind == .blank
        var block: [HeaderLine] = []
        var end = start
        for place in start..<min(lines.count, start + 2 * Self.headerLines) {
            if lines[place].kind == .blank, isSpaced { continue }
            guard lines[place].kind == .said, let line = HeaderLine(raw(place)) else { break }
            block.append(line)
            end = place + 1
        }
        return (block, end)
    }

    /// The end of the headers below a line that announces them, in any language; nil where there are none.
    func announcedEnd(_ announcement: Int) -> Int? {
        guard let start = nextLine(after: announcement, before: lines.count) else { return nil }
        let block = headerLines(start)
        let isOfMail = block.lines.contains { $0.value.namesAddress || $0.value.isDateAndTime }
        return block.lines.count >= 2 && isOfMail ? block.end : nil
    }
}
