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

    init(_ supportCase: SupportCase) {
        body = MessageWords(supportCase.ticket.body)
        said = body.said
        resolution = MessageWords(supportCase.ticket.resolution).said
        messages = supportCase.messages.map { MessageWords($0.text).said }
    }

    /// The words of some cases.
    static func all(_ cases: [SupportCase]) -> [CaseWords] {
        concurrently(cases.count, by: 256) { cases[$0].map(CaseWords.init) }.flatMap(\.self)
    }
}
