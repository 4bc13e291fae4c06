internal import Records

extension KnowledgeBaseDescription {
    /// Reads the knowledge bases of a file of descriptions: `{"knowledgeBases": [{"name", "kind", "address", "user",
    /// "secret": {"environment"} or {"file"}, "place", "audience": "internal" or "everyone", "drafts": true or false}]}`.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: Its name, for errors.
    /// - Throws: ``DescriptionError`` naming the file and the member.
    public static func read(_ bytes: [UInt8], file: String) throws(DescriptionError) -> [KnowledgeBaseDescription] {
        try DescriptionReader.read(
            "knowledgeBases", of: bytes, file: file,
            members: ["name", "kind", "address", "user", "secret", "place", "audience", "drafts"], name: \.name
        ) { entry throws(DescriptionError) in try KnowledgeBaseDescription(entry) }
    }

    private init(_ entry: DescriptionReader) throws(DescriptionError) {
        self.init(
            name: try entry.name(), kind: try entry.word("kind", Kind.self), address: try entry.address(),
            user: try entry.optionalText("user"), secret: try entry.secret(), place: try entry.optionalText("place"),
            audience: try entry.word("audience", Article.Audience.self), takesDrafts: try entry.flag("drafts"))
        guard !isPlaceWrong else { throw entry.fault("place", kind.neededPlace) }
        guard kind != .mediawiki || !takesDrafts else { throw entry.fault("drafts", "a wiki keeps no drafts apart") }
        guard kind != .mediawiki || !user.isEmpty else { throw entry.fault("user", "is missing") }
    }

    private var isPlaceWrong: Bool {
        switch kind {
        case .mediawiki: false
        case .helpCenter:
            place.split(separator: "/", omittingEmptySubsequences: false).count != 2 || place.hasPrefix("/")
                || place.hasSuffix("/")
        case .servicenow, .confluence: place.isEmpty
        }
    }
}

extension KnowledgeBaseDescription.Kind {
    fileprivate var neededPlace: String {
        switch self {
        case .mediawiki: "a beginning of names of pages is needed"
        case .helpCenter: "a locale, a slash and the id of a section are needed"
        case .servicenow: "the sys_id of a knowledge base is needed"
        case .confluence: "the id of a space is needed"
        }
    }
}
