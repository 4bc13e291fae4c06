public import Records

/// What is sent next of what waits for a ticket, and what an answer means for it.
public struct Sending: Sendable {
    /// The seconds after which what a request did in the other system is visible there, whoever sent it.
    ///
    /// A process that was killed may have a request under way; it must have come to an end before anybody looks whether it arrived.
    public static let settling = 2.0

    /// The seconds after which nearly all requests have come to an end of which nobody waits for the answer.
    static let unattended = 15.0

    /// How often a ticket that is not found is asked for again.
    private static let patience = 3
    /// How often what somebody else was quicker with is sent again at once.
    static let haste = 3
    /// How often it is sent at all.
    private static let persistence = 12

    /// The entries.
    public let entries: [OutboxEntry]
    /// What they want of the ticket.
    public let change: TicketChange

    /// Chooses what is sent next: all fields, tags and links up to the next message, or that message alone.
    ///
    /// What was refused in company is sent alone, so that one bad field does not keep the others back.
    ///
    /// - Parameters:
    ///   - outbox: What waits for the ticket, in order.
    ///   - note: The id, in the system, of the note whose place the next one takes.
    ///   - system: The system.
    /// - Returns: nil when nothing waits.
    public init?(next outbox: [OutboxEntry], note: String?, system: SystemDescription) {
        var entries: [OutboxEntry] = []
        var change = TicketChange()
        for entry in outbox where entry.state == .waiting {
            let isAlone = !entry.fault.isEmpty
            if !entries.isEmpty, isAlone || entry.work.isMessage { break }
            switch entry.work {
            case .field(let name, let value):
                guard let field = system.field(named: name) else { continue }
                change.fields[field] = .some(value.map { system.theirs($0, of: field) })
            case .tags(let added, let removed):
                change.tagsAdded = change.tagsAdded.subtracting(removed).union(added)
                change.tagsRemoved = change.tagsRemoved.subtracting(added).union(removed)
            case .link(let other): change.linksAdded.insert(other)
            case .message(let document, let isPublic):
                change.message = OutgoingMessage(key: entry.key, document: document, isPublic: isPublic)
            case .note(let document):
                change.message = OutgoingMessage(key: entry.key, document: document, isPublic: false, replaces: note)
            case .opening, .unreadable: continue
            }
            entries.append(entry)
            if isAlone || entry.work.isMessage { break }
        }
        guard !entries.isEmpty else { return nil }
        self.entries = entries
        self.change = change
    }

    /// The opening of a ticket; nil when the entry is about something else.
    init?(opening entry: OutboxEntry) {
        guard case .opening = entry.work else { return nil }
        entries = [entry]
        change = TicketChange()
    }

    /// What becomes of the entries when they were not sent, or perhaps not.
    ///
    /// - Parameters:
    ///   - fault: Why.
    ///   - system: The system.
    ///   - redactor: The tenant's redactor, as the reason may name somebody.
    ///   - now: The time.
    ///   - random: A number in 0..<1.
    ///   - settling: The seconds after which what was done is visible.
    ///   - longest: The seconds for which a request may go on after it was given up.
    public func progress(
        after fault: SystemFault, system: SystemDescription, redactor: Redactor, at now: Instant, random: Double,
        settling: Double = Sending.settling, longest: Double = 0
    ) -> [SyncStep.Progress] {
        let reason = redactor.redact(RawText(fault.description))
        let named = entries.filter { entry in
            guard case .refused(_, let fields) = fault, let name = entry.work.field else { return false }
            return fields.contains { $0 == name || $0 == system.field(named: name)?.name }
        }
        return entries.map { entry in
            let again = Backoff.seconds(after: entry.attempts + 1, asked: fault.retryAfter, random: random)
            let later = Instant(seconds: now.seconds + again)
            if fault.leavesDoubt {
                let end = fault.mayGoOn ? longest : min(Self.unattended, fault.isAnswered ? 0 : longest)
                let settled = Instant(seconds: now.seconds + max(settling, again, end))
                return .init(number: entry.number, state: .sending, notBefore: settled, fault: reason)
            }
            switch fault {
            case .stale where entry.attempts < Self.haste:
                return .init(number: entry.number, state: .waiting, notBefore: now)
            case .stale where entry.attempts >= Self.persistence:
                return .init(number: entry.number, state: .dead, fault: reason)
            case .stale: return .init(number: entry.number, state: .waiting, notBefore: later)
            case .refused, .forbidden:
                let isAtFault = entries.count == 1 || named.contains(entry)
                let isSpared = !named.isEmpty && !isAtFault
                return .init(
                    number: entry.number, state: isAtFault ? .dead : .waiting, fault: isSpared ? RedactedText() : reason
                )
            case .missing:
                // A reading tells whether it was deleted; what is only hidden from this account is given up after a while.
                return entry.attempts < Self.patience
                    ? .init(number: entry.number, state: .waiting, notBefore: later, fault: reason)
                    : .init(number: entry.number, state: .dead, fault: reason)
            default: return .init(number: entry.number, state: .waiting, notBefore: later, fault: reason)
            }
        }
    }
}
