/// Takes from the lines of a message what its author did not say: what was quoted, and the frame of a letter.
struct MessageFrame {
    /// The lines; those that are no words of the author are marked so.
    var lines: [MessageLine]
    /// What greets, closes and signs the message, in no order.
    private(set) var courtesies: [Range<Int>] = []
    /// Whether earlier messages are read like those that are passed on.
    private let isPassingOn: Bool
    /// Whether an earlier message, or a part of one, was taken out.
    private(set) var isQuoting: Bool
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ lines: [MessageLine], _ bytes: UnsafeBufferPointer<UInt8>, isPassingOn: Bool = false) {
        self.lines = lines
        self.bytes = bytes
        self.isPassingOn = isPassingOn
        isQuoting = lines.contains { $0.kind == .quoted }
    }

    /// Where an earlier message begins.
    private struct Cut {
        enum Kind {
            /// All below is quoted.
            case attribution
            /// Below are headers, and a message that is quoted when something was said above.
            case headers
            /// Below is a message that is passed on.
            case forward
        }

        let kind: Kind
        /// The first line that is not the author's, and the first of the message.
        let line: Int
        let next: Int
    }

    /// Takes out what was not said.
    mutating func remove() {
        var start = 0
        var isAnythingThere = false
        while start < lines.count {
            let cut = cut(from: start) ?? Cut(kind: .attribution, line: lines.count, next: lines.count)
            removeCourtesies(start..<cut.line)
            leave(cut.line..<cut.next)
            isAnythingThere =
                isAnythingThere || lines[start..<cut.line].contains { $0.kind == .said || $0.kind == .pasted }
            let isOver =
                switch cut.kind {
                case .attribution: true
                case .headers: isAnythingThere
                case .forward: false
                }
            if isOver, !isPassingOn {
                leave(cut.next..<lines.count)
                isQuoting = isQuoting || cut.next < lines.count
                return
            }
            start = cut.next
        }
    }

    /// Marks lines as no words of the author.
    mutating func leave(_ range: Range<Int>) {
        for place in range where lines[place].kind != .blank { lines[place].kind = .left }
    }

    /// Takes the lines of the author in a range for courtesies.
    mutating func leaveCourtesies(_ range: Range<Int>) {
        for place in range where lines[place].kind == .said { courtesies.append(lines[place].words) }
        leave(range)
    }

    /// Takes the words in a line before what is said in it for a courtesy.
    mutating func leaveCourtesy(before rest: Range<Int>, in place: Int) {
        courtesies.append(lines[place].words.lowerBound..<rest.lowerBound)
        lines[place].words = rest
    }

    /// The bytes of a line.
    func raw(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[lines[place].words])
    }

    /// A line, to compare wordings with.
    func folded(_ place: Int) -> FoldedLine { FoldedLine(raw(place)) }

    /// The next line that is not blank.
    func nextLine(after place: Int, before end: Int) -> Int? {
        (place + 1..<max(place + 1, end)).first { lines[$0].kind != .blank }
    }

    private mutating func cut(from start: Int) -> Cut? {
        var place = start
        while place < lines.count {
            defer { place += 1 }
            guard lines[place].kind == .said else { continue }
            let line = raw(place)
            // How the announcements begin, so that few lines are compared with all of them.
            if line.count <= 120, "-#=badi".utf8.contains(line[0] | 0x20) {
                let folded = FoldedLine(line)
                if MailHeaders.announcesOriginal(folded) {
                    return Cut(kind: .headers, line: place, next: announcedEnd(place) ?? headersEnd(place + 1))
                }
                if MailHeaders.marksReply(folded) { return Cut(kind: .headers, line: place, next: place + 1) }
                if MailHeaders.announcesForward(folded) {
                    return Cut(kind: .forward, line: place, next: announcedEnd(place) ?? headersEnd(place + 1))
                }
                if let isPassedOn = MailHeaders.announcesPassedOn(folded), let end = announcedEnd(place) {
                    return Cut(kind: isPassedOn ? .forward : .headers, line: place, next: end)
                }
            }
            if let end = headerBlockEnd(place) { return Cut(kind: .headers, line: place, next: end) }
            guard let last = attributionEnd(place) else { continue }
            if beginsQuotedLines(last) {
                leave(place..<last + 1)
            } else if beginsMessage(place...last) {
                return Cut(kind: .attribution, line: place, next: last + 1)
            }
        }
        return nil
    }

    /// The most lines that an attribution is broken over.
    private static let attributionLines = 3

    private func attributionEnd(_ start: Int) -> Int? {
        for place in start..<min(lines.count, start + Self.attributionLines) {
            guard lines[place].kind == .said else { return nil }
            guard MailHeaders.endsWithColon(bytes[lines[place].words]) else { continue }
            let joined = FoldedLine(self.joined(start...place))
            if MailHeaders.attributes(joined) {
                return place == start || MailHeaders.isAttributionOfProgram(joined) ? place : nil
            }
            return datesQuote(start...place, joined) || attributes(start...place) ? place : nil
        }
        return nil
    }

    private func beginsQuotedLines(_ place: Int) -> Bool {
        nextLine(after: place, before: lines.count).map { lines[$0].kind == .quoted } ?? false
    }

    /// Whether a whole message is quoted below an attribution, though nothing marks its lines.
    private func beginsMessage(_ range: ClosedRange<Int>) -> Bool {
        let next = nextLine(after: range.upperBound, before: lines.count).map { lines[$0].kind }
        guard next != .pasted else { return false }
        let joined = FoldedLine(self.joined(range))
        if MailHeaders.attributes(joined), MailHeaders.isAttributionOfProgram(joined) { return true }
        return next != nil && attributes(range)
    }

    /// Whether lines that begin a paragraph have the form of an attribution in any language.
    private func attributes(_ range: ClosedRange<Int>) -> Bool {
        let isFirst = range.lowerBound == 0 || lines[range.lowerBound - 1].kind != .said
        return isFirst && joined(range).count <= FoldedLine.longest && range.dropLast().allSatisfy(isBroken)
            && NamedLine(UnsafeBufferPointer(rebasing: joined(range))).attributes
    }

    /// Whether a program has broken a line: it is long, or ends within the brackets of an address.
    private func isBroken(_ place: Int) -> Bool {
        raw(place).count >= SentenceBreaks.broken || raw(place).last == UInt8(ascii: "<")
    }

    /// Whether lines above a quote have the form of an attribution in any language: a day and a person, the day in the first of them alone, and
    /// each but the last so long that a program has broken it.
    private func datesQuote(_ range: ClosedRange<Int>, _ joined: FoldedLine) -> Bool {
        MailHeaders.namesSender(joined) && beginsQuotedLines(range.upperBound)
            && range.allSatisfy { MailHeaders.hasDate(folded($0)) == ($0 == range.lowerBound) }
            && range.dropLast().allSatisfy(isBroken)
    }

    private func joined(_ range: ClosedRange<Int>) -> Slice<UnsafeBufferPointer<UInt8>> {
        bytes[lines[range.lowerBound].words.lowerBound..<lines[range.upperBound].words.upperBound]
    }
}
