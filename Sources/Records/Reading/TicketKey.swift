/// What a key of a ticket's JSON object means.
enum TicketKey: Equatable {
    case id
    case openedAt
    case resolvedAt
    case hours
    case resolved
    /// A column by its position in the table being built.
    case column(Int)
    /// The customer under another name; a lower rank is preferred.
    case customer(rank: Int, column: Int)
    /// The object that holds further attributes.
    case attributes
    case ignored

    /// The keys that are times or the identifier, under the names of the roles.
    static let ofTimes: [String: TicketKey] = [
        "id": .id, "openedAt": .openedAt, "resolvedAt": .resolvedAt, "hoursToResolution": .hours,
        "resolved": .resolved,
    ]
    /// Names for the customer, the preferred one first.
    static let ofCustomer = ["customer", "account", "contact"]
    /// The roles that are words.
    static let ofWords = ["customer", "organization", "group", "assignee", "priority", "category"]
    /// The roles that are text.
    static let ofText = ["subject", "body"]
    /// Whether a column of that name is a role, which must have its type.
    static func isRole(_ name: String) -> Bool { ofWords.contains(name) || ofText.contains(name) }
}
