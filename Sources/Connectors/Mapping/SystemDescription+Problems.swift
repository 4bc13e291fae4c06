extension SystemDescription {
    /// What in the description does not fit the system as it is, one line each.
    public func problems(with vocabulary: SystemVocabulary) -> [String] {
        var problems: [String] = []
        for status in vocabulary.statuses.keys.sorted() where !statuses.knows(status) {
            problems.append("statuses: nobody has said what \"\(status)\" (\(vocabulary.statuses[status] ?? "")) means")
        }
        for priority in priorities.known.sorted() where vocabulary.priorities[priority] == nil {
            problems.append("priorities: the system has no \"\(priority)\"")
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
