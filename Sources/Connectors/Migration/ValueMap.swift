/// What the values of tickets of one system become in another one.
public struct ValueMap: Sendable {
    /// What becomes of a value.
    public enum Outcome: Sendable, Hashable {
        /// It is written: Casebook's word for it, and the system's.
        case becomes(String, theirs: String)
        /// It has no counterpart, for this reason.
        case missing(String)
    }

    private let from: SystemDescription
    private let to: SystemDescription
    private let vocabulary: SystemVocabulary
    private let agents: Set<String>

    /// Creates a map.
    ///
    /// - Parameters:
    ///   - from: The system that tickets leave.
    ///   - to: The system they get to.
    ///   - vocabulary: The words that exist there.
    ///   - agents: The ids of agents that exist there, of those that ``agentIDs(_:)`` names.
    public init(
        from: SystemDescription, to: SystemDescription, vocabulary: SystemVocabulary, agents: Set<String>
    ) {
        self.from = from
        self.to = to
        self.vocabulary = vocabulary
        self.agents = agents
    }

    /// The ids that agents would have in the system that tickets get to.
    public static func agentIDs(_ values: some Sequence<String>, from: SystemDescription, to: SystemDescription)
        -> Set<String>
    {
        Set(values.map { to.agents.theirs(from.word($0, of: .assignee)) })
    }

    /// What becomes of a value.
    ///
    /// - Parameters:
    ///   - value: The value, in Casebook's words for the system that tickets leave.
    ///   - name: Casebook's name of its field.
    public func outcome(_ value: String, of name: String) -> Outcome {
        guard let field = to.place(for: name) else { return .missing("\(to.name) has no field for it") }
        let value = TicketField(name: name).map { from.word(value, of: $0) } ?? value
        switch field {
        case .status: return status(value)
        case .priority:
            let theirs = to.theirs(value, of: field)
            let isThere = vocabulary.priorities.isEmpty || vocabulary.priorities[theirs] != nil
            return isThere ? .becomes(value, theirs: theirs) : .missing("\(to.name) has no priority \"\(theirs)\"")
        case .assignee:
            let theirs = to.theirs(value, of: field)
            return agents.contains(theirs)
                ? .becomes(value, theirs: theirs) : .missing("\(to.name) has no agent \"\(theirs)\"")
        case .group:
            return to.groups.names(value)
                ? .becomes(value, theirs: to.theirs(value, of: field))
                : .missing("nobody has said which group of \(to.name) \"\(value)\" is")
        case .custom(let id):
            // Of an account that may not see which fields there are it is not known that one is missing.
            if !vocabulary.fields.isEmpty, vocabulary.fields[id] == nil {
                return .missing("\(to.name) has no field \"\(id)\"")
            }
            if vocabulary.readOnlyFields.contains(id) {
                return .missing("\(to.name) does not let \"\(id)\" be written")
            }
            return .becomes(value, theirs: value)
        case .category, .resolution: return .becomes(value, theirs: value)
        }
    }

    /// A state that is solved may be closed where there is only that, and the other way round; no other two are alike.
    private func status(_ value: String) -> Outcome {
        let ours = TicketStatus(rawValue: value)
        let alike: [TicketStatus] = ours?.isResolved == true ? [.solved, .closed] : []
        for word in [value] + alike.map(\.rawValue) where to.statuses.names(word) {
            let theirs = to.theirs(word, of: .status)
            if vocabulary.statuses[theirs] != nil { return .becomes(word, theirs: theirs) }
        }
        return .missing("nobody has said which state of \(to.name) \"\(value)\" is, or it has no such state")
    }
}
