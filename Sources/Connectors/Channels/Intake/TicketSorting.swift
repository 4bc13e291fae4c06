internal import Records
internal import Storage

/// Finds the ticket of each message of a batch, and what the message does to it; ``ChannelIntake`` has the rules.
struct TicketSorting {
    let store: TenantStore
    let team: SupportTeam
    let accounts: TicketAccounts
    let redactor: Redactor

    /// Those that open no ticket and belong to none so far.
    private(set) var unplaced: [ChannelMessage] = []
    /// What is to be kept, in order.
    private(set) var received: [ReceivedMessage] = []
    /// The customers whom nobody knew.
    private(set) var contacts: [Contact] = []

    private var knownContacts: Set<String> = []
    /// What the batch has done that the store does not know yet.
    private var ticketOfKey: [MessageKey: String] = [:]
    private var tickets: [String: Ticket] = [:]
    private var followUps: [String: String] = [:]

    init(store: TenantStore, team: SupportTeam, accounts: TicketAccounts, redactor: Redactor) {
        self.store = store
        self.team = team
        self.accounts = accounts
        self.redactor = redactor
    }

    /// Takes a message.
    mutating func take(_ message: ChannelMessage, _ report: inout ChannelReport) throws(StorageError) {
        let key = try store.messageKey(RawText(message.key))
        var related: [MessageKey] = []
        for id in message.related { related.append(try store.messageKey(RawText(id))) }
        let side = message.side ?? (team.includes(message.sender) ? .agent : .customer)
        // A message that others cite belongs to their ticket.
        var found = try firstTicket(of: [key] + related)
        if found == nil { found = try namedTicket(message, side, &report) }
        if let id = found { found = try newest(id, for: message, side) }
        if found == nil, !Self.mayOpen(message, side) { return unplaced.append(message) }
        let text = text(of: message)
        let files = message.files.map { file in
            Attachment(
                name: redactor.redact(file.name), type: file.type, size: file.size, hash: file.hash,
                isInline: file.isInline)
        }
        let author = side == .customer ? contact(message.sender) : side == .agent ? agent(message.sender) : ""
        let (ticket, effect) = try effect(on: found, of: message, key, related, side, author: author, text: text)
        let interaction =
            effect.isFirst && side == .customer
            ? nil
            : Interaction(
                ticket: ticket, time: message.time, side: side, isPublic: message.isPublic, channel: message.channel,
                author: author, text: text)
        let contact = side == .agent ? "" : knownID(message.sender)
        for known in [key] + related where ticketOfKey[known] == nil { ticketOfKey[known] = ticket }
        received.append(
            ReceivedMessage(
                key: key, cited: related, ticket: ticket, effect: effect, interaction: interaction,
                contact: contact.isEmpty ? nil : contact, time: message.time,
                editedAt: message.editedAt, attachments: files))
        count(effect, side, &report)
    }

    /// Whether a message that was unplaced belongs to a ticket by now, since a later one of its thread has opened it.
    func hasTicket(_ message: ChannelMessage) throws(StorageError) -> Bool {
        try firstTicket(
            of: ([message.key] + message.related).map { id throws(StorageError) in
                try store.messageKey(RawText(id))
            }) != nil
    }

    private func count(_ effect: ReceivedMessage.Effect, _ side: Interaction.Side, _ report: inout ChannelReport) {
        switch effect {
        case .opens: report.tickets += 1
        case .follows: report.followUps += 1
        case .adds, .precedes, .reopens:
            report.interactions += 1
            if side == .system { report.automaticInteractions += 1 }
            if case .reopens = effect { report.reopened += 1 }
        }
    }

    // MARK: The ticket of a message

    private func firstTicket(of keys: [MessageKey]) throws(StorageError) -> String? {
        for key in keys {
            if let id = ticketOfKey[key] { return id }
            if let id = try store.ticket(ofMessage: key) { return id }
        }
        return nil
    }

    /// The ticket that a message names, if its sender may write into it.
    private mutating func namedTicket(
        _ message: ChannelMessage, _ side: Interaction.Side, _ report: inout ChannelReport
    ) throws(StorageError) -> String? {
        for name in message.ticketNames {
            let known = tickets[name] == nil ? try store.ticketID(called: name) : name
            guard let id = known, let ticket = try ticket(id) else { continue }
            if side == .agent { return id }
            let contact = knownID(message.sender)
            let account = accounts.account(contact: contact, texts: [])
            let isOwn = ticket.contact.map { $0 == contact } ?? false
            let isOfAccount = ticket.account.map { $0 == account } ?? (ticket.contact == nil)
            if isOwn || isOfAccount { return id }
            report.remark(.wrongTicket, message.place, "it names a ticket of somebody else")
            return nil
        }
        if message.namesTicket { report.remark(.wrongTicket, message.place, "the ticket that it names is not there") }
        return nil
    }

    /// The newest of the tickets that go on with a ticket, each with the one before, of those that were there when a message was
    /// written or that it would have opened.
    private mutating func newest(
        _ id: String, for message: ChannelMessage, _ side: Interaction.Side
    ) throws(StorageError) -> String {
        var id = id
        var seen: Set<String> = [id]
        while let next = try followUp(of: id), seen.insert(next).inserted {
            guard let earlier = try ticket(id), let later = try ticket(next),
                later.openedAt <= message.time || Self.isLate(message, side, for: earlier)
            else { return id }
            id = next
        }
        return id
    }

    private func followUp(of id: String) throws(StorageError) -> String? {
        if let next = followUps[id] { return next }
        return try store.followUp(of: id)
    }

    private mutating func ticket(_ id: String) throws(StorageError) -> Ticket? {
        if let known = tickets[id] { return known }
        let found = try store.tickets(.id(id)).first
        tickets[id] = found
        return found
    }

    // MARK: What a message does

    private mutating func effect(
        on found: String?, of message: ChannelMessage, _ key: MessageKey, _ cited: [MessageKey],
        _ side: Interaction.Side, author: String, text: RedactedText
    ) throws(StorageError) -> (ticket: String, effect: ReceivedMessage.Effect) {
        let new = Ticket(id: Self.id(message.channel, key), openedAt: message.time, channel: message.channel)
        guard let found, let known = try ticket(found) else {
            return (new.id, .opens(begun(new, with: message, side, author: author, text: text)))
        }
        if Self.isLate(message, side, for: known) {
            followUps[found] = new.id
            return (new.id, .follows(begun(new, with: message, side, author: author, text: text), earlier: found))
        }
        if side == .customer, let resolvedAt = known.resolvedAt, message.time > resolvedAt {
            tickets[found]?.resolvedAt = nil
            return (found, .reopens)
        }
        guard try precedes(message, cited, side, known) else { return (found, .adds) }
        return (found, .precedes(begun(known, with: message, side, author: author, text: text)))
    }

    private static func mayOpen(_ message: ChannelMessage, _ side: Interaction.Side) -> Bool {
        side == .customer || (side == .agent && message.opensForTeam)
    }

    /// Whether a message comes so long after a ticket was resolved that another one goes on with it.
    private static func isLate(_ message: ChannelMessage, _ side: Interaction.Side, for ticket: Ticket) -> Bool {
        guard side == .customer, let resolvedAt = ticket.resolvedAt else { return false }
        return message.time.seconds - resolvedAt.seconds >= ChannelIntake.reopeningDays * 86_400
    }

    /// Whether a message would have opened a ticket, had it been read before the one that did.
    private func precedes(
        _ message: ChannelMessage, _ cited: [MessageKey], _ side: Interaction.Side, _ ticket: Ticket
    ) throws(StorageError) -> Bool {
        guard message.time < ticket.openedAt, Self.mayOpen(message, side) else { return false }
        let received = try store.receivedMessages(ofTicket: ticket.id)
        // What names the ticket or answers one of its messages was written after it, whatever the clocks say; and of a ticket that
        // no channel has opened, the opening is not for channels to tell.
        return !message.ticketNames.contains(ticket.id) && received.isDisjoint(with: cited)
            && received.contains { Self.id(ticket.channel, $0) == ticket.id }
    }

    /// The id of the ticket that a message opens.
    private static func id(_ channel: String, _ key: MessageKey) -> String { "\(channel)-\(key.digits)" }

    /// A ticket that begins with a message; who the customer is stays where the message does not tell.
    ///
    /// Of one that the team opens, the customer is the first whom it is for, and has said nothing.
    private mutating func begun(
        _ ticket: Ticket, with message: ChannelMessage, _ side: Interaction.Side, author: String, text: RedactedText
    ) -> Ticket {
        var contact = author.isEmpty ? nil : author
        if side == .agent { contact = message.recipients.first { !team.includes($0) }.map { self.contact($0) } }
        var ticket = ticket
        ticket.openedAt = message.time
        ticket.contact = contact ?? ticket.contact
        let texts = [message.subject] + message.pieces.map(\.text)
        ticket.account = accounts.account(contact: ticket.contact, texts: texts) ?? ticket.account
        ticket.subject = redactor.redact(message.subject)
        ticket.body = side == .customer ? text : RedactedText()
        tickets[ticket.id] = ticket
        return ticket
    }

    // MARK: People and words

    /// The id of a customer: that of the known contact with the address, else the address or the id of the channel.
    private func knownID(_ person: ChannelMessage.Person) -> String {
        let known = person.address.isEmpty ? nil : accounts.contact(ofAddress: RawText(person.address))
        return known ?? (person.address.isEmpty ? person.id : person.address)
    }

    /// The same; who is not known yet is from then on.
    private mutating func contact(_ person: ChannelMessage.Person) -> String {
        let id = knownID(person)
        guard !id.isEmpty, !accounts.knows(contact: id), knownContacts.insert(id).inserted else { return id }
        contacts.append(
            Contact(
                id: id, account: accounts.account(contact: id, texts: []), name: RawText(person.name),
                email: RawText(person.address)))
        return id
    }

    /// The id of an agent; of one whom nobody knows, what the redactor makes of the address.
    private func agent(_ person: ChannelMessage.Person) -> String {
        team.agent(person) ?? redactor.redact(RawText(person.address.isEmpty ? person.id : person.address)).string
    }

    private func text(of message: ChannelMessage) -> RedactedText {
        let texts = message.pieces.map { piece in
            piece.isMarkup ? redactor.redactMarkup(piece.text) : redactor.redact(piece.text)
        }.filter { !$0.isEmpty }
        if texts.count == 1 { return texts[0] }
        return redactor.redact(RawText(texts.map(\.string).joined(separator: "\n\n")))
    }
}

extension ReceivedMessage.Effect {
    /// Whether the message is the first of its ticket.
    fileprivate var isFirst: Bool {
        switch self {
        case .opens, .follows, .precedes: true
        case .adds, .reopens: false
        }
    }
}
