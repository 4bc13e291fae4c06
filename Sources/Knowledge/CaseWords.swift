internal import Features
internal import Records

/// What was said in a case, sentence by sentence, so that each of its texts is read once.
struct CaseWords: Sendable {
    /// The customer's first message.
    let body: MessageWords
    /// The sentences of it.
    let said: [RedactedText]
    /// The sentences of the resolution note.
    let resolution: [RedactedText]
    /// The sentences of each message.
    let messages: [[RedactedText]]
    /// What greets, closes and signs any of these.
    let courtesies: [RedactedText]

    init(_ supportCase: SupportCase) {
        body = MessageWords(supportCase.ticket.body, isOpening: true)
        said = body.said
        let note = MessageWords(supportCase.ticket.resolution)
        resolution = note.said.filter(Self.isSentence)
        let answers = supportCase.messages.map { MessageWords($0.text) }
        messages = answers.map { $0.said.filter(Self.isSentence) }
        courtesies = ([body, note] + answers).flatMap(\.courteousTexts)
    }

    /// Whether a line says more than a redacted value, such as the name of whom a letter is for.
    private static func isSentence(_ line: RedactedText) -> Bool {
        guard line.holdsToken else { return true }
        var holdsWord = false
        line.forEachTerm { holdsWord = holdsWord || $0.first != UInt8(ascii: "<") }
        return holdsWord
    }

    /// The words of some cases.
    static func all(_ cases: [SupportCase]) -> [CaseWords] {
        concurrently(each: cases.count, by: 256) { CaseWords(cases[$0]) }
    }
}
