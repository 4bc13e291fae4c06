public import Records

/// What a reading of a ticket in another system changes here: the three-way merge of what both sides last agreed on, what the
/// system says now, and what still waits to be sent there.
///
/// It is a pure function of what is given, so that it can be repeated after any crash. A field that only one side has changed takes
/// that side's value. Where both have changed it to different values the system's value stands, unless the description says that
/// Casebook's does. Tags are merged one by one. A message is taken in when its id is not known; one that came of an entry of the outbox is
/// that entry's arrival, and is not taken in.
public struct TicketArrival: Sendable {
    private let system: SystemDescription
    private let redactor: Redactor
    private let now: Instant
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
    private func isForeign(_ link: LinkedTicket?, _ remote: RemoteTicket) -> Bool {
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

    /// What the system says, in Casebook's words; what customers may have written is redacted, and stays as it is here while it is
    /// not changed there: somebody may have been erased from it.
    private func said(_ remote: RemoteTicket, _ known: Known) -> [String: String] {
        var values: [String: String] = [:]
        let stood = shown(known.link?.values ?? [:])
        for (field, value) in remote.fields {
            let name = system.name(of: field)
            values[name] =
                (known.unchanged.contains(.field(name)) ? stood[name] : nil)
                ?? system.said(value, of: field, redactor: redactor)
        }
        return values
    }

    private func hearFields(of remote: RemoteTicket, _ step: inout SyncStep) {
        step.texts += Self.texts(of: remote, in: system).map { part, raw in
            .init(remote: remote.id, part: part, raw: raw, text: RedactedText())
        }
    }

    /// The fields of a ticket in which people write.
    static func texts(
        of remote: RemoteTicket, in system: SystemDescription
    ) -> [(part: SyncStep.HeardText.Part, raw: RawText)] {
        remote.fields.compactMap { field, value in
            switch field {
            case .custom, .resolution: (.field(system.name(of: field)), RawText(value))
            default: nil
            }
        }
    }

    /// The values that stand here from now on.
    private func merge(
        _ said: [String: String], _ remote: RemoteTicket, _ known: Known, into step: inout SyncStep, ticket: String
    ) -> [String: String] {
        let isForeign = isForeign(known.link, remote)
        // What was just opened from here has not changed there.
        let agreed = known.link.map { $0.version.isEmpty ? said : shown($0.values) } ?? [:]
        var values = said
        // A field that is empty there is in neither; what waits for it is decided on all the same, and what was refused does not stand.
        let awaited = known.outbox.filter(\.isOpen).compactMap(\.work.field)
        for name in Set(said.keys).union(agreed.keys).union(awaited).union(known.refused).sorted() {
            var entries = known.outbox.filter { $0.isOpen && $0.work.field == name }
            let theirs = said[name] ?? ""
            var before = agreed[name] ?? ""
            var (standing, isOurs) = (theirs, false)
            let isList = system.field(named: name).map(remote.lists.contains) ?? false
            if let last = arrived(entries, theirs, isList, since: before, known) {
                // It stands in the history since it was done here.
                isOurs = true
                step.progress += entries[...last].map { .init(number: $0.number, state: .done) }
                entries.removeSubrange(...last)
                before = theirs
            }
            let hasChanged = !Self.isSame(theirs, before, isList)
            if let last = entries.last {
                if hasChanged, !system.ownFields.contains(name) {
                    step.progress += entries.map { .init(number: $0.number, state: .overruled) }
                } else {
                    standing = last.work.value ?? ""
                    step.progress += entries.filter { isSettled($0) }.map { .init(number: $0.number, state: .waiting) }
                }
            }
            values[name] = !hasChanged && !isOurs && entries.isEmpty && isForeign ? nil : standing
            if hasChanged, standing == theirs, !isOurs, known.link != nil, !Self.kept.contains(name) {
                step.events.append(
                    TicketEvent(
                        ticket: ticket, time: now, kind: .changed, field: name, from: before, to: theirs,
                        actor: system.name))
            }
        }
        for entry in known.outbox where entry.isOpen {
            let isDone: Bool
            switch entry.work {
            case .tags(let added, let removed):
                isDone = added.isSubset(of: remote.tags) && removed.isDisjoint(with: remote.tags)
            case .link(let other): isDone = remote.links.contains(other)
            case .opening: isDone = true
            case .field, .message, .note, .unreadable: continue
            }
            if isDone {
                step.progress.append(.init(number: entry.number, state: .done))
            } else if isSettled(entry) {
                step.progress.append(.init(number: entry.number, state: .waiting))
            }
        }
        return values
    }

    /// Values as they are shown by who is known today: a name that was learnt since is no change.
    private func shown(_ values: [String: String]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: values.map { name, value in
                switch system.field(named: name) {
                case .custom, .resolution: (name, redactor.redact(RawText(value)).string)
                default: (name, value)
                }
            })
    }

    /// The last of the values for one field that has arrived, in the order in which they are sent.
    ///
    /// What was sent may be spelled otherwise there; where that is how it was spelled before, only an answer tells that it has arrived.
    private func arrived(
        _ entries: [OutboxEntry], _ theirs: String, _ isList: Bool, since before: String, _ known: Known
    ) -> Int? {
        let isSame = { (entry: OutboxEntry) in
            let value = shown([entry.work.field ?? "": entry.work.value ?? ""]).values.first ?? ""
            let isAnotherSpelling = entry.state == .sending && FieldValue(value).means(FieldValue(theirs))
            return Self.isSame(value, theirs, isList)
                || isAnotherSpelling && (theirs != before || known.answered.contains(entry.number))
        }
        guard let last = entries.lastIndex(where: isSame) else { return nil }
        // What waits behind a value that may still be under way is decided on when that one is.
        let isBehind = entries[..<last].contains { $0.state == .sending && !isSettled($0) }
        return entries[last].state == .sending || !isBehind ? last : nil
    }

    /// Whether two values of a field are the same; of a list the order means nothing, of a time the zone.
    private static func isSame(_ one: String, _ other: String, _ isList: Bool) -> Bool {
        one == other || isList && FieldList.isSame(one, other) || FieldValue(one).isSameInstant(as: FieldValue(other))
    }

    /// The fields whose changes the store itself writes into the history of a ticket.
    private static let kept: Set<String> = ["priority", "category", "group", "assignee"]

    /// Whether an entry was being sent and what came of it must be visible in what was read.
    private func isSettled(_ entry: OutboxEntry) -> Bool { entry.state == .sending && entry.notBefore <= begunAt }

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

    private func contact(_ person: RemotePerson, account: String?) -> Contact {
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

    private func take(
        _ messages: [RemoteMessage], _ known: Known, _ people: People, ticket: String, remote: String,
        into step: inout SyncStep
    ) {
        let keyed = Dictionary(known.outbox.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var arrived: Set<Int> = []
        // A message is sent once: who quotes it with its mark has said something of their own.
        var places: [String: String] = [:]
        for (message, key) in known.messages { if let key { places[key] = message } }
        for message in messages {
            let person = message.author.flatMap { people.known[$0] }
            if let entry = message.key.flatMap({ keyed[$0] }), person?.isAgent != false,
                places[entry.key] ?? message.id == message.id
                    || isRepeated(message, as: places[entry.key], among: messages)
            {
                if places[entry.key] == nil { places[entry.key] = message.id }
                if entry.isOpen, arrived.insert(entry.number).inserted {
                    step.progress.append(.init(number: entry.number, state: .done))
                }
                // One that was changed in place has another key than before.
                if known.messages[message.id] != .some(.some(entry.key)) {
                    step.messages.append(.init(remote: remote, message: message.id, key: entry.key))
                }
                continue
            }
            let text = text(of: message)
            // Somebody may change it, or take out what should not stand there.
            step.texts.append(
                .init(
                    remote: remote, part: .message(message.id), raw: message.text, text: text,
                    isPublic: message.isPublic))
            guard known.messages[message.id] == nil else { continue }
            step.messages.append(.init(remote: remote, message: message.id))
            let isAgent = message.isFromAgent ?? person?.isAgent ?? !message.isPublic
            if !isAgent, let person { step.contacts.append(contact(person, account: people.accounts[person.id])) }
            step.interactions.append(
                Interaction(
                    ticket: ticket, time: message.time, side: isAgent ? .agent : .customer, isPublic: message.isPublic,
                    channel: message.channel.isEmpty ? system.name : message.channel,
                    author: message.author.map { isAgent ? $0 : "\(system.name):\($0)" } ?? "", text: text)
            )
        }
        withdraw(known.messages, notAmong: messages, remote, &step)
        for entry in known.outbox where isSettled(entry) && !arrived.contains(entry.number) && entry.work.isMessage {
            step.progress.append(.init(number: entry.number, state: .waiting))
        }
    }

    /// What somebody has deleted there is not to be read here any more.
    ///
    /// Where no message is told, it is not known whether they may be read.
    private func withdraw(
        _ known: [String: String?], notAmong messages: [RemoteMessage], _ remote: String, _ step: inout SyncStep
    ) {
        guard !messages.isEmpty else { return }
        let told = Set(messages.map(\.id))
        for (id, key) in known.sorted(by: { $0.key < $1.key }) where key == nil && !told.contains(id) {
            step.texts.append(
                .init(remote: remote, part: .message(id), raw: Self.withdrawn, text: redactor.redact(Self.withdrawn)))
        }
    }

    /// What stands in the place of a message that was deleted.
    private static let withdrawn = RawText("[withdrawn]")

    /// Whether a message is another one, said twice: a request may be carried out after it was given up.
    private func isRepeated(_ message: RemoteMessage, as other: String?, among messages: [RemoteMessage]) -> Bool {
        messages.contains { $0.id == other && $0.author == message.author && $0.text == message.text }
    }

    /// The text of a message, and of each file that hangs on it one line.
    private func text(of message: RemoteMessage) -> RedactedText {
        let files = message.attachments.map { file in
            let size = file.bytes.map { ", \($0) bytes" } ?? ""
            return redactor.redact(file.name).string + (file.type.isEmpty ? "" : ", \(file.type)") + size
        }
        let said = message.isMarkup ? redactor.redactMarkup(message.text) : redactor.redact(message.text)
        guard !files.isEmpty else { return said }
        let lines = files.map { "[attachment: \($0)]" }.joined(separator: "\n")
        return redactor.redact(RawText(said.string + "\n" + lines))
    }
}
