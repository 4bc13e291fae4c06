internal import Records

extension Document {
    /// A message of one system as it stands in another: who said it when and where, and what was said, without names.
    init(carrying message: Interaction, redactor: Redactor) {
        let from = [message.side.rawValue, message.author, message.time.iso8601, message.channel].filter { !$0.isEmpty }
        self.init([
            .paragraph([redactor.redact(RawText(from.joined(separator: " · ")))]),
            .paragraph(message.text.lines(redactor)),
        ])
    }
}

extension RedactedText {
    /// The lines of the text.
    func lines(_ redactor: Redactor) -> [RedactedText] {
        string.split(separator: "\n", omittingEmptySubsequences: false).map { redactor.redact(RawText(String($0))) }
    }
}
