internal import Crypto
internal import Records

/// A mail: who wrote it, when, what it answers, and what it says (RFC 5322).
struct MailMessage {
    /// The most mails that a mail may answer.
    static let mostReferences = 100

    /// The way mails come.
    static let channel = "email"

    /// What tells it apart: its id, or a hash of its bytes where it has none.
    let key: String
    /// The keys of the mails that it answers, the nearest first.
    let related: [String]
    /// The subject.
    let subject: String
    /// Its author; nil where there is none.
    let author: MailAddress?
    /// Who wrote it before a list put its own address in the author's place, as the list says.
    let originals: [MailAddress]
    /// Who gets the answers.
    let answersTo: [MailAddress]
    /// Who it is for.
    let recipients: [MailAddress]
    /// When it was written as its author's clock said; nil when it does not say.
    let date: Instant?
    /// When the last server took it; nil when none says so.
    let receivedAt: Instant?
    /// Whether a machine wrote it.
    let isAutomatic: Bool

    private let file: MailFile
    private let headers: MailHeaders

    /// Reads the headers of a mail.
    ///
    /// - Returns: nil when there are none.
    init?(_ file: MailFile) {
        headers = MailHeaders(file.bytes, 0..<file.bytes.count)
        guard !headers.fields.isEmpty else { return nil }
        self.file = file
        key = Self.key(
            headers.ids("message-id").first
                ?? "sha256 " + SHA256.hash(data: file.bytes).map { String($0, radix: 16) }.joined(separator: "."))
        var seen: Set<String> = [key]
        let answered = headers.ids("in-reply-to") + headers.ids("references").reversed()
        related = answered.map(Self.key).filter { seen.insert($0).inserted }.prefix(Self.mostReferences).map(\.self)
        subject = headers.text("subject")
        author =
            MailAddress.list(headers["from"] ?? []).first ?? MailAddress.list(headers["sender"] ?? []).first
        originals =
            MailAddress.list(headers["x-original-from"] ?? []) + MailAddress.list(headers["x-original-sender"] ?? [])
        answersTo = MailAddress.list(headers["reply-to"] ?? [])
        recipients = MailAddress.list(headers["to"] ?? []) + MailAddress.list(headers["cc"] ?? [])
        date = headers["date"].flatMap(MailDate.instant)
        // The last server wrote its line above all others.
        receivedAt = headers["received"].flatMap { value in
            value.lastIndex(of: UInt8(ascii: ";")).flatMap { MailDate.instant(Array(value[($0 + 1)...])) }
        }
        isAutomatic = AutomaticMail.isAutomatic(headers, author: author?.address ?? "")
    }

    private static func key(_ id: String) -> String { "\(channel) \(id)" }

    /// Who speaks: the author, or for an address of the team's and for one that nobody reads whoever wrote through it.
    ///
    /// That one stands in what a list keeps of the author, or is who gets the answers. As a mail of the team to a customer may have them
    /// sent elsewhere too, the latter counts only for what a list passed on or is for the team alone.
    private func sender(_ team: SupportTeam) -> MailAddress? {
        guard let author, author.isUnattended || team.includes(Self.person(author)) else { return author }
        let isForTeam = !recipients.isEmpty && recipients.allSatisfy { team.includes(Self.person($0)) }
        let writers = originals + (author.isUnattended || author.isOfList || isForTeam ? answersTo : [])
        let writer = writers.first {
            !$0.address.isEmpty && !$0.isUnattended && !team.includes(Self.person($0))
        }
        guard var writer else { return author }
        if writer.name.isEmpty, author.isOfList { writer.name = author.personName }
        return writer
    }

    private static func person(_ mail: MailAddress) -> ChannelMessage.Person {
        ChannelMessage.Person(id: mail.address, address: mail.address, name: mail.personName)
    }

    /// The message with its body.
    ///
    /// - Parameters:
    ///   - now: The time of reading, for a mail that does not say when it was written, or says a day that has not come yet.
    ///   - team: Who belongs to the team.
    /// - Returns: The message, and whether something of its body was left out since there is more than may be held.
    func read(now: Instant, team: SupportTeam) -> (message: ChannelMessage, isCut: Bool) {
        let body = MIMEBody(file.bytes, headers, isWhole: !file.isCut)
        let arrival = receivedAt ?? file.arrival
        var time = date ?? arrival ?? now
        if time.seconds > now.seconds + 86_400 { time = min(arrival ?? now, now) }
        var mentioned = (originals + answersTo + body.people).map(Self.person)
        // The address is the list's, and the name that of somebody else.
        if let author, author.isOfList { mentioned.append(ChannelMessage.Person(id: "", name: author.personName)) }
        let message = ChannelMessage(
            key: key, related: related, ticketNames: SubjectNames.ids(in: subject), channel: Self.channel, time: time,
            sender: sender(team).map(Self.person) ?? ChannelMessage.Person(id: ""),
            recipients: recipients.map(Self.person),
            mentioned: mentioned,
            side: isAutomatic ? .system : nil, subject: RawText(subject), pieces: body.pieces, files: body.files,
            opensForTeam: true, place: file.place)
        return (message, body.isCut || file.isCut)
    }
}
