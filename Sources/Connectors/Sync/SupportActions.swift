public import Records
public import Storage

/// What people and Casebook itself do with a ticket here, and what follows for the systems that have it too.
///
/// Each action is kept here and put into the outboxes in one transaction.
public struct SupportActions: Sendable {
    private let store: TenantStore
    private let newKey: @Sendable () -> String

    /// Creates actions on a store.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - newKey: Gives a key that was never given before: letters and digits.
    public init(_ store: TenantStore, newKey: @escaping @Sendable () -> String) {
        self.store = store
        self.newKey = newKey
    }

    /// Does something with a ticket.
    ///
    /// - Parameters:
    ///   - work: What.
    ///   - name: The ticket: its id, or what one of the systems calls it.
    ///   - actor: Who.
    ///   - time: When.
    /// - Throws: ``ActionError`` when it cannot be done here; ``StorageError``.
    public func perform(
        _ work: [OutboxEntry.Work], on name: String, by actor: String, at time: Instant
    ) throws {
        guard let id = try store.ticketID(called: name), let before = try store.ticket(id) else {
            throw ActionError.unknownTicket(name)
        }
        let links = try present(id)
        var ticket = before
        var events: [TicketEvent] = []
        var interactions: [Interaction] = []
        for item in work {
            switch item {
            case .field(let name, let value):
                guard value.map({ !RedactedText.holdsToken($0) }) ?? true else { throw ActionError.hidden }
                if name == "status", TicketStatus(rawValue: value ?? "") == nil {
                    throw ActionError.unknownStatus(value ?? "")
                }
                if !ticket.set(name, to: value ?? "", at: time) {
                    let (was, value) = (links.first?.values[name] ?? "", value ?? "")
                    // The same values in another order are no change.
                    if was != value, FieldList.isSame(was, value) { continue }
                    events.append(
                        TicketEvent(
                            ticket: id, time: time, kind: .changed, field: name, from: was, to: value, actor: actor))
                }
            case .message(let document, let isPublic):
                // A token in a message to a customer stands for somebody whom nobody can name from here.
                if isPublic, document.holdsToken { throw ActionError.hidden }
                interactions.append(
                    Interaction(
                        ticket: id, time: time, side: .agent, isPublic: isPublic, channel: "casebook", author: actor,
                        text: document.text))
            case .tags, .note, .link, .opening, .unreadable: break
            }
        }
        let entries = links.flatMap { link in
            work.map {
                OutboxEntry(system: link.system, ticket: id, key: newKey(), work: $0, createdAt: time, actor: actor)
            }
        }
        try store.enqueue(
            entries, tickets: ticket == before ? [] : [ticket], events: events, interactions: interactions,
            by: AuditEntry(time: time, actor: actor, action: .synced))
    }
}

extension SupportActions {
    /// Links two tickets with each other, wherever they live: a ticket with the issue that engineering has for it.
    ///
    /// Where one system has both, it is told once; elsewhere each gets the address of the other.
    ///
    /// - Parameters:
    ///   - name: A ticket: its id, or what one of the systems calls it.
    ///   - otherName: The other one.
    ///   - systems: The systems, for their addresses.
    ///   - actor: Who.
    ///   - time: When.
    /// - Throws: ``ActionError`` when it cannot be done here; ``StorageError``.
    public func connect(
        _ name: String, with otherName: String, in systems: [SystemDescription], by actor: String, at time: Instant
    ) throws {
        guard let id = try store.ticketID(called: name) else { throw ActionError.unknownTicket(name) }
        guard let other = try store.ticketID(called: otherName) else { throw ActionError.unknownTicket(otherName) }
        var entries: [OutboxEntry] = []
        for (ticket, linked) in [(id, other), (other, id)] {
            let (own, others) = (try present(ticket), try present(linked))
            for link in own {
                let inside = others.first { $0.system == link.system }
                guard inside == nil || ticket == id else { continue }
                let addresses = others.compactMap { place in
                    systems.first { $0.name == place.system }?.page(of: place)
                }
                guard let target = inside?.remote ?? addresses.first else { continue }
                entries.append(
                    OutboxEntry(
                        system: link.system, ticket: ticket, key: newKey(), work: .link(target), createdAt: time,
                        actor: actor))
            }
        }
        guard !entries.isEmpty else { throw ActionError.nowhere(id, other) }
        let events = [(id, other), (other, id)].map { ticket, linked in
            TicketEvent(
                ticket: ticket, time: time, kind: .changed, field: "link", from: "", to: linked, actor: actor)
        }
        try store.enqueue(entries, events: events, by: AuditEntry(time: time, actor: actor, action: .synced))
    }

    /// The tickets of other systems that a ticket is and that can be changed.
    ///
    /// - Throws: ``ActionError/homeless(_:system:)``; ``StorageError``.
    private func present(_ id: String) throws -> [LinkedTicket] {
        let links = try store.links(of: id)
        let present = links.filter { link in
            switch link.fate {
            case .present, .merged: true
            case .deleted, .moved: false
            }
        }
        if present.isEmpty, let home = try links.compactMap({ try store.home(of: $0) }).first {
            throw ActionError.homeless(id, system: home)
        }
        return present
    }
}

/// Why something cannot be done with a ticket.
public enum ActionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no such ticket here.
    case unknownTicket(String)
    /// There is no such status.
    case unknownStatus(String)
    /// The ticket was moved to a system that does not have it.
    case homeless(String, system: String)
    /// No system has either of the two tickets.
    case nowhere(String, String)
    /// The text holds a token in place of somebody's name or address, which must not take the place of what it hides.
    case hidden

    /// One line.
    public var description: String {
        switch self {
        case .unknownTicket(let id): "there is no ticket \"\(id)\""
        case .unknownStatus(let word):
            "there is no status \"\(word)\": it is one of "
                + TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")
        case .homeless(let id, let system):
            "\(id) was moved to \(system), which does not have it yet, or refused it (see casebook sync refused)"
        case .nowhere(let id, let other): "no system that is described has \(id) or \(other)"
        case .hidden: "a name or an address in it was hidden: it has to be written in the ticket system itself"
        }
    }
}

extension Ticket {
    /// Sets a field by its name.
    ///
    /// - Returns: Whether the change shows in the history of the ticket by itself.
    fileprivate mutating func set(_ name: String, to value: String, at time: Instant) -> Bool {
        switch name {
        case "priority": priority = value
        case "category": category = value
        case "group": group = value
        case "assignee": assignee = value
        case "status":
            let isResolved = TicketStatus(rawValue: value)?.isResolved ?? false
            resolvedAt = isResolved ? resolvedAt ?? time : nil
            return false
        default: return false
        }
        return true
    }
}
