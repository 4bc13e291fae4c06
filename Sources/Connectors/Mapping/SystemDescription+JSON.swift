extension SystemDescription {
    /// Reads a file of descriptions: `{"systems": [{"name", "kind", "address", "user", "secret": {"environment"} or {"file"},
    /// "hookSecret", "place", "statuses": {theirs: ours}, "priorities", "agents" and "groups": {theirs: ours}, "fields": {ours: theirs},
    /// "ours": [names], "written": {"statuses": [theirs], "priorities", "agents", "groups"}, "teamOnly": true or false}]}`.
    ///
    /// Of several words of the system that mean the same here, the one that stands in "written" is sent, else the first by the alphabet.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: Its name, for errors.
    /// - Throws: ``DescriptionError`` naming the file and the member.
    public static func read(_ bytes: [UInt8], file: String) throws(DescriptionError) -> [SystemDescription] {
        try DescriptionReader.read(
            "systems", of: bytes, file: file,
            members: [
                "name", "kind", "address", "user", "secret", "hookSecret", "place", "statuses", "priorities", "agents",
                "groups", "fields",
                "ours", "written", "teamOnly",
            ], name: \.name
        ) { entry throws(DescriptionError) in try SystemDescription(entry) }
    }

    private init(_ entry: DescriptionReader) throws(DescriptionError) {
        let (name, kind) = (try entry.name(), try entry.word("kind", Kind.self))
        var statuses: [(theirs: String, ours: TicketStatus)] = []
        for (theirs, ours) in try entry.pairs("statuses") {
            guard let status = TicketStatus(rawValue: ours) else {
                let all = TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw entry.fault("statuses.\(theirs)", "one of \(all) is needed")
            }
            statuses.append((theirs, status))
        }
        statuses += kind.usualStatuses
        let (priorities, agents) = (try entry.pairs("priorities"), try entry.pairs("agents"))
        let groups = try entry.pairs("groups")
        let written = try entry.names("written", by: ["statuses", "priorities", "agents", "groups"])
        func chosenFirst<Ours: Hashable>(
            _ pairs: [(theirs: String, ours: Ours)], _ member: String
        ) throws(DescriptionError) -> [(theirs: String, ours: Ours)] {
            let chosen = written[member] ?? []
            var meant: [Ours: String] = [:]
            for word in chosen.sorted() {
                guard let ours = pairs.first(where: { $0.theirs == word })?.ours else {
                    throw entry.fault("written.\(member)", "nobody has said what \"\(word)\" means")
                }
                if let other = meant.updateValue(word, forKey: ours) {
                    throw entry.fault("written.\(member)", "\"\(other)\" and \"\(word)\" mean the same")
                }
            }
            return pairs.filter { chosen.contains($0.theirs) } + pairs.filter { !chosen.contains($0.theirs) }
        }
        let fields = try Self.fields(of: entry)
        self.init(
            name: name, kind: kind, address: try entry.address(),
            user: try entry.optionalText("user"), secret: try entry.secret(),
            hookSecret: try entry.secret("hookSecret"),
            place: try entry.optionalText("place"), statuses: try chosenFirst(statuses, "statuses"),
            priorities: try chosenFirst(priorities, "priorities"), agents: try chosenFirst(agents, "agents"),
            groups: try chosenFirst(groups, "groups"),
            fields: fields, ownFields: try entry.names("ours"),
            isTeamOnly: try entry.flag("teamOnly"))
        guard kind == .roundup || kind == .jira || !isTeamOnly else {
            throw entry.fault(
                "teamOnly", "\(kind.rawValue) has internal messages, which the team alone can read anyway")
        }
    }

    /// The fields that are kept the same besides those that every system has of its own, each under one name.
    private static func fields(of entry: DescriptionReader) throws(DescriptionError) -> [String: String] {
        let fields = try entry.words("fields")
        var names: [String: String] = [:]
        for (name, id) in fields.sorted(by: { $0.key < $1.key }) {
            guard ![.status, .priority, .assignee].contains(TicketField(name: name)) else {
                throw entry.fault(
                    "fields.\(name)", "every system has a \(name) of its own, which is kept the same anyway")
            }
            if let other = names.updateValue(name, forKey: id) {
                throw entry.fault("fields.\(name)", "\"\(id)\" is called \"\(other)\" already")
            }
        }
        return fields
    }
}
