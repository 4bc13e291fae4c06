internal import Records

/// The history of a ticket from before it was read for the first time, in Casebook's words.
struct TicketHistory {
    /// What changed, in order.
    private(set) var events: [TicketEvent] = []
    /// When it was resolved last; nil when it is not resolved, as far as its history tells.
    private(set) var resolvedAt: Instant?

    init(_ changes: [RemoteChange], of ticket: String, in system: SystemDescription, redactor: Redactor) {
        for change in changes.sorted(by: { $0.time < $1.time }) {
            let (from, to) = (
                system.said(change.from, of: change.field, redactor: redactor),
                system.said(change.to, of: change.field, redactor: redactor)
            )
            guard from != to else { continue }
            func event(_ kind: TicketEvent.Kind, _ field: String, _ from: String, _ to: String) -> TicketEvent {
                TicketEvent(
                    ticket: ticket, time: change.time, kind: kind, field: field, from: from, to: to, actor: system.name)
            }
            events.append(event(.changed, system.name(of: change.field), from, to))
            guard change.field == .status else { continue }
            let (was, isResolved) = (Self.isResolved(from), Self.isResolved(to))
            if isResolved, !was {
                events.append(event(.resolved, "resolvedAt", "", change.time.iso8601))
                resolvedAt = change.time
            } else if was, !isResolved {
                events.append(event(.reopened, "resolvedAt", resolvedAt?.iso8601 ?? "", ""))
                resolvedAt = nil
            }
        }
    }

    private static func isResolved(_ word: String) -> Bool { TicketStatus(rawValue: word)?.isResolved ?? false }
}

extension SystemDescription {
    /// A value of a ticket in Casebook's words; what customers may have written is redacted.
    func said(_ value: String, of field: TicketField, redactor: Redactor) -> String {
        let word = ours(value, of: field)
        switch field {
        case .custom, .resolution: return redactor.redact(RawText(word)).string
        default: return word
        }
    }
}
