extension SystemDescription {
    /// What in the description does not fit the system as it is, one line each.
    ///
    /// - Parameters:
    ///   - vocabulary: The words that exist there.
    ///   - people: The ids of those whom ``agents`` names and who exist there.
    public func problems(with vocabulary: SystemVocabulary, people: Set<String>) -> [String] {
        var problems: [String] = []
        // What a kind is delivered with may be switched off.
        let usual = Set(kind.usualStatuses.map(\.theirs))
        for status in statuses.known.subtracting(usual).sorted() where vocabulary.statuses[status] == nil {
            problems.append("statuses: the system has no \"\(status)\"")
        }
        for status in vocabulary.statuses.keys.sorted() where !statuses.knows(status) {
            problems.append("statuses: nobody has said what \"\(status)\" (\(vocabulary.statuses[status] ?? "")) means")
        }
        for priority in priorities.known.sorted() where vocabulary.priorities[priority] == nil {
            problems.append("priorities: the system has no \"\(priority)\"")
        }
        for agent in agents.known.subtracting(people).sorted() {
            problems.append("agents: the system has nobody with the id \"\(agent)\"")
        }
        for group in groups.known.subtracting(vocabulary.groups ?? groups.known).sorted() {
            problems.append("groups: the system has no group with the id \"\(group)\"")
        }
        if vocabulary.fields.isEmpty, !fields.isEmpty {
            problems.append("fields: this account may not see which fields there are, so nothing is known of them")
        }
        for (name, id) in fields.sorted(by: { $0.key < $1.key }) where !vocabulary.fields.isEmpty {
            if vocabulary.fields[id] == nil {
                problems.append("fields.\(name): the system has no field \"\(id)\"")
            } else if vocabulary.readOnlyFields.contains(id) {
                problems.append("fields.\(name): this account may not write \"\(id)\"")
            }
        }
        for name in ownFields.sorted() where field(named: name) == nil {
            problems.append("ours: there is no field \"\(name)\"")
        }
        return problems
    }
}
