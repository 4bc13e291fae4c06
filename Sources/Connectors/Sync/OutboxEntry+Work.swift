internal import Records

extension OutboxEntry {
    /// Whether it is still to be done.
    var isOpen: Bool { state == .waiting || state == .sending }
}

extension OutboxEntry.Work {
    /// The name of the field that gets a value.
    var field: String? {
        guard case .field(let name, _) = self else { return nil }
        return name
    }

    /// The value that the field gets.
    var value: String? {
        guard case .field(_, let value) = self else { return nil }
        return value
    }

    var isMessage: Bool {
        switch self {
        case .message, .note: true
        default: false
        }
    }

    /// Whether it is a message that customers are not to read.
    var isForTheTeam: Bool {
        switch self {
        case .message(_, isPublic: false), .note: true
        default: false
        }
    }
}
