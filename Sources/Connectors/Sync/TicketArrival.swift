public import Records

/// What a reading of a ticket in another system changes here: the three-way merge of what both sides last agreed on, what the
/// system says now, and what still waits to be sent there.
///
/// It is a pure function of what is given, so that it can be repeated after any crash. A field that only one side has changed takes
/// that side's value. Where both have changed it to different values the system's value stands, unless the description says that
/// Casebook's does. Tags are merged one by one. A message is taken in when its id is not known; one that came of an entry of the outbox is
/// that entry's arrival, and is not taken in.
public struct TicketArrival: Sendable {
    let system: SystemDescription
    let redactor: Redactor
    let now: Instant
    private let begunAt: Instant
    private let readAt: Instant

    /// Creates a merge.
    ///
    /// - Parameters:
    ///   - system: The system.
    ///   - redactor: The tenant's redactor, through which every text goes.
    ///   - now: The time here.
    ///   - begunAt: When the reading of the ticket began, here: what was sent later need not stand in it.
    ///   - readAt: When that was by the clock of the system.
    public init(
        _ system: SystemDescription, redactor: Redactor, at now: Instant, begunAt: Instant, readAt: Instant
    ) {
        self.begunAt = begunAt
        self.readAt = readAt
        self.system = system
        self.redactor = redactor
        self.now = now
    }

    /// The id here of a ticket of the system.
    public static func id(of remote: RemoteTicket, in system: String) -> String { "\(system):\(remote.number)" }

    /// What changes here.
    ///
    /// - Parameters:
    ///   - remote: The ticket as the system has it.
    ///   - messages: All its messages, in order; nil when they were not read.
    ///   - past: What changed in it before, oldest first; of interest where the ticket is new here.
    ///   - known: What is known here.
    ///   - people: Who is who.
    public func step(
        _ remote: RemoteTicket, messages: [RemoteMessage]?, past: [RemoteChange] = [], known: Known, people: People
    ) -> SyncStep {
        var step = SyncStep()
        guard remote.fate != .deleted || known.link != nil else { return step }
        if let link = known.link, case .moved = link.fate {
            return late(remote, messages: messages ?? [], link: link, known: known, people: people)
        }
        let id = known.link?.ticket ?? Self.id(of: remote, in: system.name)
        var (said, tags, links) = (said(remote, known), remote.tags, links(remote, known.link))
        var values: [String: String] = [:]
        if let link = known.link, remote.fate != .present {
            // What is gone says nothing of its values, and what was merged may show those of another ticket.
            (said, tags, links) = (link.values, link.tags, link.links)
        } else {
            values = merge(said, remote, known, into: &step, ticket: id)
        }
        let read = self.ticket(remote, id: id, messages: messages ?? [], people: people)
        var ticket = known.ticket ?? read
        if remote.fate == .present, !isForeign(known.link, remote) {
            follow(read, of: remote, messages, people, in: &ticket, &step)
        }
        ticket.priority = values["priority"] ?? ticket.priority
        ticket.category = values["category"] ?? ticket.category
        ticket.group = values["group"] ?? ticket.group
        ticket.assignee = values["assignee"] ?? ticket.assignee
        if let resolution = values["resolution"] { ticket.resolution = redactor.redact(RawText(resolution)) }
        var resolvedAt = remote.resolvedAt
        if known.ticket == nil {
            let history = TicketHistory(past, of: id, in: system, redactor: redactor)
            step.events += history.events
            resolvedAt = history.resolvedAt ?? resolvedAt
        }
        let endedAt = max(ticket.openedAt, resolvedAt ?? remote.updatedAt)
        if remote.fate != .present {
            ticket.resolvedAt = ticket.resolvedAt ?? endedAt
        } else if let status = values["status"] ?? (isForeign(known.link, remote) ? nil : "") {
            let isResolved = TicketStatus(rawValue: status)?.isResolved ?? false
            ticket.resolvedAt = isResolved ? ticket.resolvedAt ?? endedAt : nil
        }
        if known.ticket != ticket { step.tickets = [(ticket, now)] }
        if let account = ticket.account { step.decisions = decisions(step.events, of: account) }
        if let requester = remote.requester, known.ticket == nil || known.ticket?.contact != ticket.contact,
            let person = people.known[requester]
        {
            step.contacts.append(contact(person, account: people.accounts[requester]))
        }
        if known.ticket == nil, let earlier = remote.follows { step.followUps = [.init(ticket: id, earlier: earlier)] }
        if remote.fate != .present { endSending(known.outbox, remote.fate, into: &step) }
        if remote.fate == .present { hearFields(of: remote, &step) }
        if let messages { take(messages, known, people, ticket: id, remote: remote.id, into: &step) }
        step.links = [
            LinkedTicket(
                system: system.name, remote: remote.id, number: remote.number, ticket: id, version: remote.version,
                updatedAt: remote.updatedAt, readAt: readAt, fate: fate(remote), values: said, tags: tags,
                links: links)
        ]
        return step
    }

    /// What people said of incidents in the field that names the one of the ticket.
    private func decisions(_ events: [TicketEvent], of account: String) -> [LinkDecision] {
        events.filter { $0.field == "incident" && $0.kind == .changed }.flatMap { event in
            [(event.from, false), (event.to, true)].filter { !$0.0.isEmpty }.map { incident, isConfirmed in
                LinkDecision(incident: incident, account: account, isConfirmed: isConfirmed, time: event.time)
            }
        }
    }

    /// Whether a ticket was opened there from here: it keeps its values until they are changed there.
    func isForeign(_ link: LinkedTicket?, _ remote: RemoteTicket) -> Bool {
        // The number may change, as when an issue moves to another project.
        link.map { !$0.ticket.hasPrefix(system.name + ":") } ?? false
    }

    /// What it is linked with; an address may name somebody.
    private func links(_ remote: RemoteTicket, _ known: LinkedTicket?) -> Set<String> {
        let told = Set(remote.links.map { $0.contains(":") ? redactor.redact(RawText($0)).string : $0 })
        return remote.tellsAddresses ? told : told.union((known?.links ?? []).filter { $0.contains("://") })
    }

    /// What changes here by what comes late in the system that a ticket was moved from: what is said there is carried on, what changes
    /// there is told, and a ticket that is opened again is opened where it lives.
    private func late(
        _ remote: RemoteTicket, messages: [RemoteMessage], link: LinkedTicket, known: Known, people: People
    ) -> SyncStep {
        var step = SyncStep()
        var link = link
        take(messages, known, people, ticket: link.ticket, remote: remote.id, into: &step)
        let said = said(remote, known)
        let late = LateChange(
            link: link, said: said, fate: remote.fate, version: remote.version,
            messages: Array(zip(step.messages.filter { $0.key == nil }.map(\.message), step.interactions)))
        if let home = known.home { step.outbox = late.entries(for: home, redactor: redactor, at: now) }
        hearFields(of: remote, &step)
        (link.values, link.tags, link.links) = (said, remote.tags, links(remote, link))
        (link.version, link.updatedAt, link.readAt) = (remote.version, remote.updatedAt, readAt)
        step.links = [link]
        return step
    }

    private func fate(_ remote: RemoteTicket) -> LinkedTicket.Fate {
        switch remote.fate {
        case .present: .present
        case .deleted: .deleted
        case .merged(let other): .merged(into: other)
        }
    }

    /// Whether an entry was being sent and what came of it must be visible in what was read.
    func isSettled(_ entry: OutboxEntry) -> Bool { entry.state == .sending && entry.notBefore <= begunAt }

    private func ticket(
        _ remote: RemoteTicket, id: String, messages: [RemoteMessage], people: People
    ) -> Ticket {
        var body = redactor.redact(remote.body)
        if body.isEmpty, let first = Self.opening(messages) { body = redactor.redact(first.text) }
        return Ticket(
            id: id, openedAt: remote.createdAt,
            // Who belongs to several organisations asks for that of the ticket.
            account: remote.organization.flatMap { people.companies[$0] }
                ?? remote.requester.flatMap { people.accounts[$0] },
            contact: remote.requester.map { "\(system.name):\($0)" }, channel: remote.channel,
            subject: redactor.redact(remote.subject), body: body)
    }

    /// What nobody changes here follows what stands there: title and text, who asks, and the account where it was not known.
    private func follow(
        _ read: Ticket, of remote: RemoteTicket, _ messages: [RemoteMessage]?, _ people: People,
        in ticket: inout Ticket,
        _ step: inout SyncStep
    ) {
        step.texts.append(.init(remote: remote.id, part: .title, raw: remote.subject, text: read.subject))
        let body = remote.body == RawText("") ? messages.flatMap(Self.opening)?.text : remote.body
        if let body { step.texts.append(.init(remote: remote.id, part: .body, raw: body, text: read.body)) }
        guard let requester = remote.requester, people.known[requester] != nil else { return }
        // Who has no contact any more was erased.
        let isAnother = ticket.contact != nil && ticket.contact != read.contact
        if ticket.account == nil || isAnother { ticket.account = read.account }
        if isAnother { ticket.contact = read.contact }
    }

    /// The message that says what a ticket is about that says nothing itself.
    private static func opening(_ messages: [RemoteMessage]) -> RemoteMessage? {
        messages.first { $0.isPublic && $0.key == nil }
    }

    func contact(_ person: RemotePerson, account: String?) -> Contact {
        Contact(
            id: "\(system.name):\(person.id)", account: account, name: person.name, email: person.email ?? RawText(""))
    }

    private func endSending(_ outbox: [OutboxEntry], _ fate: RemoteTicket.Fate, into step: inout SyncStep) {
        // What waits for a ticket that was merged goes to the one in which it lives on.
        guard fate == .deleted else { return }
        let reason = redactor.redact(RawText("the ticket was deleted there"))
        step.progress += outbox.filter(\.isOpen).map {
            .init(number: $0.number, state: .dead, fault: reason)
        }
    }

}
