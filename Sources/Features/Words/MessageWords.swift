public import Records

/// What the author of a mail or of a ticket's text said in this message.
///
/// Not said in it are quotes of earlier messages, greetings, closing formulas and signatures, footers of mail programs, legal notices, and
/// what a machine wrote: log lines, stack traces, code, dumps. What a machine wrote is given apart. The
/// rules are general ones of form and of wording: RFC 3676 for quoted lines and the mark of a signature, the usual lines of mail programs for
/// the rest. What begins a quote is told by its form in any language where an address stands in it, else by words, as courtesies are: in
/// English, German, French and Spanish, and the commonest in further languages of Europe and East Asia.
///
/// A forwarded message is passed on to be read, so its text counts as said, and so does one below a block of headers that nothing was
/// written above. Who opens a ticket has not said it there before: where hardly anything is said beside what is quoted, such as `see below`, the
/// quote is what was to be said.
///
/// - Complexity: Linear in the bytes of the text.
public struct MessageWords: Sendable {
    /// The text that the ranges are of: the message, or its words when it is in HTML.
    public let text: RedactedText
    /// The sentences and the items of lists, as ranges of UTF-8 in order, not empty and disjoint.
    ///
    /// A sentence ends at `.`, `!` or `?` before a blank, and with its line. A line of 50 bytes or more goes on in a next one that begins with
    /// a small letter. The first 64 kB of sentences are kept, and each is at most 2,000 bytes long.
    public let sentences: [Range<Int>]
    /// What a machine wrote, as ranges of UTF-8 in order, not empty and disjoint, the first 64 kB of its lines.
    public let pasted: [Range<Int>]
    /// Greetings, closing formulas, signatures, footers and legal notices, as ranges of UTF-8, not empty, disjoint, in no order.
    public let courtesies: [Range<Int>]

    /// The text of each sentence.
    public var said: [RedactedText] { sentences.map { text[bytes: $0] } }

    /// The text of each stretch that a machine wrote, with its line ends.
    public var pastedTexts: [RedactedText] { pasted.map { text[bytes: $0] } }

    /// The text of each courtesy.
    public var courteousTexts: [RedactedText] { courtesies.map { text[bytes: $0] } }

    /// The bytes that are kept of the sentences, and of what a machine wrote.
    static let kept = 65_536

    /// The fewest distinct words, but for those that hold sentences together, with which something is told beside a quote.
    private static let fewestWords = 4

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - isOpening: Whether it opens a ticket or asks a question.
    public init(_ message: RedactedText, isOpening: Bool = false) {
        let text = message.withoutMarkup
        var string = text.string
        (sentences, pasted, courtesies) = string.withUTF8 { bytes in
            func read(isPassingOn: Bool) -> (frame: MessageFrame, sentences: [Range<Int>]) {
                var lines = MessageLine.split(bytes, isUnquoting: isPassingOn)
                MachineText.settle(&lines, in: bytes)
                var frame = MessageFrame(lines, bytes, isPassingOn: isPassingOn)
                frame.remove()
                return (frame, SentenceBreaks(bytes).sentences(of: frame.lines))
            }
            var (frame, sentences) = read(isPassingOn: false)
            if isOpening, frame.isQuoting,
                !RedactedText.hold(Self.fewestWords, stemsIn: sentences.map { text[bytes: $0] })
            {
                (frame, sentences) = read(isPassingOn: true)
            }
            return (sentences, Self.pasted(frame.lines, bytes), frame.courtesies)
        }
        self.text = text
    }

    private static func pasted(_ lines: [MessageLine], _ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var room = kept
        var previous: MessageLine.Kind = .blank
        for line in lines where line.kind != .blank && room > 0 {
            defer { previous = line.kind }
            guard line.kind == .pasted else { continue }
            var end = min(line.words.upperBound, line.words.lowerBound + room)
            // A line that is cut ends before a byte that goes on with a character.
            while end < line.words.upperBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            room -= line.words.count
            if previous == .pasted, let last = ranges.last {
                ranges[ranges.count - 1] = last.lowerBound..<end
            } else {
                ranges.append(line.words.lowerBound..<end)
            }
        }
        return ranges
    }
}
