extension SystemDescription {
    /// Reads a file of descriptions: `{"systems": [{"name", "kind", "address", "user", "secret": {"environment"} or {"file"},
    /// "hookSecret", "place", "statuses": {theirs: ours}, "priorities", "agents" and "groups": {theirs: ours}, "fields": {ours: theirs},
    /// "ours": [names]}]}`.
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
                "ours",
            ], name: \.name
        ) { entry throws(DescriptionError) in try SystemDescription(entry) }
    }

    private init(_ entry: DescriptionReader) throws(DescriptionError) {
        var statuses: [(theirs: String, ours: TicketStatus)] = []
        for (theirs, ours) in try entry.words("statuses").sorted(by: { $0.key < $1.key }) {
            guard let status = TicketStatus(rawValue: ours) else {
                let all = TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw entry.fault("statuses.\(theirs)", "one of \(all) is needed")
            }
            statuses.append((theirs, status))
        }
        self.init(
            name: try entry.name(), kind: try entry.word("kind", Kind.self), address: try entry.address(),
            user: try entry.optionalText("user"), secret: try entry.secret(),
            hookSecret: try entry.secret("hookSecret"),
            place: try entry.optionalText("place"), statuses: statuses,
            priorities: try entry.pairs("priorities"), agents: try entry.pairs("agents"),
            groups: try entry.pairs("groups"),
            fields: try entry.words("fields"), ownFields: try entry.names("ours"))
    }
}
