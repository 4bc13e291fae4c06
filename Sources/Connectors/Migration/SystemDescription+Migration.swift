extension SystemDescription {
    /// The address at which a person finds a ticket.
    func page(of id: String, number: String) -> String {
        let base = address.hasSuffix("/") ? String(address.dropLast()) : address
        return switch kind {
        case .zendesk: "\(base)/agent/tickets/\(id)"
        case .servicenow: "\(base)/nav_to.do?uri=\(place.isEmpty ? "incident" : place).do?sys_id=\(id)"
        case .jira: "\(base)/browse/\(number)"
        case .requesttracker: "\(base)/Ticket/Display.html?id=\(id)"
        case .roundup: "\(base)/issue\(id)"
        }
    }

    /// The field that gets what another system has under one of Casebook's names; nil where the system has none.
    func place(for name: String) -> TicketField? {
        guard let field = field(named: name) else { return nil }
        if case .custom = field { return fields[name] == nil ? nil : field }
        return kind.usualFields.contains(field) ? field : nil
    }

    /// One of Casebook's words for an agent or group of the system, whether it is one already or still the system's.
    func word(_ value: String, of field: TicketField) -> String {
        switch field {
        case .assignee: agents.names(value) ? value : agents.ours(value)
        case .group: groups.names(value) ? value : groups.ours(value)
        default: value
        }
    }
}

extension SystemDescription.Kind {
    /// The fields that every ticket of such a system has and that can be written.
    fileprivate var usualFields: Set<TicketField> {
        switch self {
        case .zendesk, .requesttracker: [.status, .priority, .assignee, .group]
        case .servicenow: [.status, .priority, .assignee, .group, .category, .resolution]
        // A resolution is one of a list there, and a type is chosen when an issue is opened.
        case .jira, .roundup: [.status, .priority, .assignee]
        }
    }

    /// A tag as such a system takes it.
    func tag(_ tag: String) -> String {
        let joined = String(tag.map { $0.isWhitespace ? "_" : $0 })
        return self == .zendesk ? joined.lowercased() : joined
    }
}
