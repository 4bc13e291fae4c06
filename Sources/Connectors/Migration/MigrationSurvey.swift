public import Records

/// What the values of stored tickets would become in another system, with how many tickets have each.
public struct MigrationSurvey: Sendable {
    /// One value of one field; of fields whose words are passed on as they are, all values together.
    public struct Item: Sendable, Hashable {
        /// Casebook's name of the field.
        public var field: String
        /// The value; nil where it does not matter which.
        public var value: String?
        /// What becomes of it.
        public var outcome: ValueMap.Outcome
        /// The tickets that have it.
        public var count: Int
        /// The ids of some of them.
        public var examples: [String]
    }

    /// The most examples of a value.
    private static let mostExamples = 3
    /// The most different values of a field that are kept apart.
    private static let mostValues = 10_000

    /// The tickets that would get one.
    public private(set) var tickets = 0
    /// The texts that are longer than what the other system takes, of which the end is left out there.
    public internal(set) var longTexts = 0
    private var found: [String: [String: (count: Int, examples: [String])]] = [:]

    /// Creates an empty survey.
    public init() {}

    /// Counts a ticket.
    public mutating func add(_ link: LinkedTicket, isTagged: Bool) {
        tickets += 1
        for (name, value) in link.values where name != "links" && !value.isEmpty {
            let isWord = ["status", "priority", "assignee", "group"].contains(name)
            add(name, isWord ? value : "", link.ticket)
        }
        if !isTagged, !link.tags.isEmpty { add("tags", "", link.ticket) }
    }

    private mutating func add(_ name: String, _ value: String, _ ticket: String) {
        let values = found[name] ?? [:]
        guard values[value] != nil || values.count < Self.mostValues else { return }
        var seen = values[value] ?? (0, [])
        seen.count += 1
        if seen.examples.count < Self.mostExamples { seen.examples.append(ticket) }
        found[name, default: [:]][value] = seen
    }

    /// The agents who have tickets, in Casebook's words for the system that tickets leave.
    public var agents: Set<String> { Set(found["assignee", default: [:]].keys) }

    /// What becomes of each value, by field and value.
    public func items(_ map: ValueMap) -> [Item] {
        found.sorted { $0.key < $1.key }.flatMap { name, values in
            values.sorted { $0.key < $1.key }.map { value, seen in
                Item(
                    field: name, value: value.isEmpty ? nil : value,
                    outcome: name == "tags"
                        ? .missing("the system has no tags") : map.outcome(value, of: name),
                    count: seen.count, examples: seen.examples)
            }
        }
    }
}
