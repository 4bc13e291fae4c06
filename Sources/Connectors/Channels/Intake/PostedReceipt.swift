/// What may be posted in a call over HTTP.
public enum PostedKind: String, Sendable, CaseIterable {
    /// A form of a portal.
    case forms
    /// A chat message.
    case chat
}

/// What became of what was posted.
public enum PostedReceipt: Sendable, Hashable {
    /// It is kept, durably, as a message of the ticket with this id.
    case kept(ticket: String)
    /// It was received before, and is a message of the ticket with this id; nil where that was removed since.
    case repeated(ticket: String?)
    /// It is not kept; why, in words that name the field and hold nothing of what was said.
    case refused(String)
}
