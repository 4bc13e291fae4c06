internal import Crypto
public import Records
public import Storage

/// A chat message in the general form.
private struct ChatLine: Decodable {
    var conversation: Identifier
    var time: String
    var author: Identifier?
    var email: String?
    var name: String?
    var side: String?
    var text: String?
    var id: Identifier?
    var ticket: Identifier?
    var `public`: Bool?
}

/// What somebody filled in, or what a web hook brought.
private struct Form: Decodable {
    var id: Identifier?
    var ticket: Identifier?
    var time: String
    var contact: Identifier?
    var email: String?
    var name: String?
    var subject: String?
    var body: String?
    var fields: [String: JSON]?
}

/// An id as a text, or as a number, whose digits are the text.
private struct Identifier: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        switch try JSON(from: decoder) {
        case .text(let text): self.text = text
        case .integer(let number): text = String(number)
        case .number(let number): text = "\(number)"
        case .null, .flag, .list, .object:
            throw DecodingError.typeMismatch(
                String.self, .init(codingPath: decoder.codingPath, debugDescription: "neither a text nor a number"))
        }
    }
}

extension JSON {
    /// A value that somebody has filled in, as the words of a line: items of a list after each other, an object as JSON.
    fileprivate var filledIn: String {
        switch self {
        case .list(let items): items.map(\.filledIn).joined(separator: ", ")
        case .object: string
        default: word ?? ""
        }
    }
}

extension ChannelIntake {
    /// The way forms and web hooks come.
    static let form = "form"

    /// Reads chat messages in the general form, one JSON object a line.
    ///
    /// Members are `conversation` and `time` (ISO 8601), and may be `text`, `author` or `email`, `name`, `side` (`customer`,
    /// `agent` or `system`; else the team tells), `public`, `id` (else time, author and text tell repetitions) and `ticket`. A
    /// conversation is one ticket. An id may be a number.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func readChatLines(_ file: RecordFile) throws(ChannelError) {
        try JSONLines.read(file, ChatLine.self) { place, _, result throws(ChannelError) in
            _ = try take(result, at: place)
        }
    }

    /// Reads forms and what web hooks brought: one JSON object a line, or one object over several lines.
    ///
    /// Signatures of web hooks were checked before. Members are `time` (ISO 8601), one of `subject`, `body` and `fields` that says
    /// something, and may be `id` (else the bytes tell
    /// repetitions), `ticket`, `contact` or `email`, `name`, `subject`, `body` and `fields`, whose members become lines below the
    /// body, items of a list in one line and objects as JSON. An id may be a number.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func readForms(_ file: RecordFile) throws(ChannelError) {
        try JSONLines.read(file, Form.self) { place, bytes, result throws(ChannelError) in
            _ = try take(result, of: bytes, at: place)
        }
    }

    /// Takes the one chat message or form of a call, and keeps it.
    ///
    /// - Parameters:
    ///   - body: One JSON object, as ``readChatLines(_:)`` or ``readForms(_:)`` have them.
    ///   - kind: Which of both.
    ///   - now: The time of reading.
    ///   - entry: Who reads.
    /// - Throws: ``ChannelError``.
    public mutating func take(
        _ body: [UInt8], as kind: PostedKind, at now: Instant, by entry: AuditEntry
    ) throws(ChannelError) -> PostedReceipt {
        report = ChannelReport()
        (self.now, self.entry) = (now, entry)
        let place = ChannelPlace(file: kind.rawValue)
        let key =
            switch kind {
            case .chat: try take(JSONLines.object(body, ChatLine.self), at: place)
            case .forms: try take(JSONLines.object(body, Form.self), of: JSONLines.ended(body), at: place)
            }
        try finish()
        let store = store
        let ticket = try ChannelError.keeping { () throws(StorageError) in
            guard let key else { return String?.none }
            return try store.ticket(ofMessage: try store.messageKey(RawText(key)))
        }
        if report.repeated > 0 { return .repeated(ticket: ticket) }
        if let ticket { return .kept(ticket: ticket) }
        return .refused(report.remarks.first?.reason ?? "")
    }

    /// Takes a chat message.
    ///
    /// - Returns: What tells it apart from all others; nil when it is refused.
    private mutating func take(
        _ result: Result<ChatLine, any Error>, at place: ChannelPlace
    ) throws(ChannelError) -> String? {
        guard let line = value(result, place), let time = time(line.time, place) else { return nil }
        let side = line.side.flatMap(Interaction.Side.init(rawValue:))
        if let name = line.side, side == nil {
            let known = Interaction.Side.allCases.map(\.rawValue).joined(separator: ", ")
            report.leaveOut(.refused, place, "field \"side\": not one of \(known), but \(name.utf8.count) bytes")
            return nil
        }
        let conversation = "conversation \(line.conversation.text)"
        let author = line.author?.text ?? line.email ?? ""
        let id = line.id?.text ?? "\(line.time) \(author) \(line.text ?? "")"
        let key = "\(conversation) \(id)"
        if try isRepeated(key) { return key }
        try add(
            ChannelMessage(
                key: key, related: [conversation], ticketNames: line.ticket.map { [$0.text] } ?? [],
                namesTicket: line.ticket != nil, channel: Self.chat, time: time,
                sender: person(author, line.email, line.name), side: side, isPublic: line.public ?? true,
                pieces: [.init(text: RawText(line.text ?? ""))], opensForTeam: true, place: place))
        return key
    }

    /// Takes a form, whose bytes tell repetitions where it has no id.
    ///
    /// - Returns: As of a chat message.
    private mutating func take(
        _ result: Result<Form, any Error>, of bytes: [UInt8], at place: ChannelPlace
    ) throws(ChannelError) -> String? {
        guard let form = value(result, place), let time = time(form.time, place) else { return nil }
        let key =
            form.id.map { "form \($0.text)" }
            ?? "form sha256 " + SHA256.hash(data: bytes).map { String($0, radix: 16) }.joined(separator: ".")
        if try isRepeated(key) { return key }
        let values = form.fields ?? [:]
        guard
            [form.subject, form.body].contains(where: { $0?.trimmed.isEmpty == false })
                || values.contains(where: { !$0.value.filledIn.trimmed.isEmpty })
        else {
            report.leaveOut(
                .refused, place, "it says nothing: a value is needed in field \"subject\", \"body\" or \"fields\"")
            return nil
        }
        let fields = values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.filledIn)" }
        let texts = [form.body ?? "", fields.joined(separator: "\n")].filter { !$0.isEmpty }
        try add(
            ChannelMessage(
                key: key, ticketNames: form.ticket.map { [$0.text] } ?? [], namesTicket: form.ticket != nil,
                channel: Self.form, time: time, sender: person(form.contact?.text ?? "", form.email, form.name),
                side: .customer, subject: RawText(form.subject ?? ""),
                pieces: [.init(text: RawText(texts.joined(separator: "\n\n")))], place: place))
        return key
    }

    private func person(_ id: String, _ email: String?, _ name: String?) -> ChannelMessage.Person {
        let address = (email ?? (id.contains("@") ? id : "")).lowercased()
        return ChannelMessage.Person(id: id.isEmpty ? address : id, address: address, name: name ?? "")
    }

    private mutating func value<Item>(_ result: Result<Item, any Error>, _ place: ChannelPlace) -> Item? {
        do {
            return try result.get()
        } catch is JSONLines.TooLong {
            report.leaveOut(.refused, place, "it has more than \(JSONLines.longest) bytes")
        } catch {
            report.leaveOut(.refused, place, JSONComplaint.text(error))
        }
        return nil
    }

    private mutating func time(_ text: String, _ place: ChannelPlace) -> Instant? {
        if let time = Instant(iso8601: text) { return time }
        report.leaveOut(.refused, place, "field \"time\": no time in ISO 8601")
        return nil
    }
}
