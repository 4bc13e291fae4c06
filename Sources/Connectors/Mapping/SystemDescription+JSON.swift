internal import FoundationEssentials

extension SystemDescription {
    /// Reads a file of descriptions: `{"systems": [{"name", "kind", "address", "user", "secret": {"environment"} or {"file"},
    /// "hookSecret", "place", "statuses": {theirs: ours}, "priorities": {theirs: ours}, "fields": {ours: theirs}, "ours": [names]}]}`.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: Its name, for errors.
    /// - Throws: ``DescriptionError`` naming the file and the member.
    public static func read(_ bytes: [UInt8], file: String) throws(DescriptionError) -> [SystemDescription] {
        let json: JSON
        do {
            json = try JSON(bytes: bytes)
        } catch {
            throw DescriptionError("\(file): no JSON")
        }
        guard case .list(let items) = json["systems"], !items.isEmpty else {
            throw DescriptionError("\(file): systems: a list of at least one system is needed")
        }
        var systems: [SystemDescription] = []
        for (place, item) in items.enumerated() {
            let system = try DescriptionReader(item, at: "\(file): systems[\(place)]").description()
            guard !systems.contains(where: { $0.name == system.name }) else {
                throw DescriptionError("\(file): systems[\(place)].name: \"\(system.name)\" is there twice")
            }
            systems.append(system)
        }
        return systems
    }
}

/// Reads one entry; every member must be known.
private struct DescriptionReader {
    private static let members: Set<String> = [
        "name", "kind", "address", "user", "secret", "hookSecret", "place", "statuses", "priorities", "fields", "ours",
    ]
    private let json: JSON
    private let place: String

    init(_ json: JSON, at place: String) {
        self.json = json
        self.place = place
    }

    func description() throws(DescriptionError) -> SystemDescription {
        guard case .object(let members) = json else { throw DescriptionError("\(place): no object") }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).sorted().first {
            throw DescriptionError("\(place).\(unknown): no such member")
        }
        let name = try text("name")
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isPlain) else {
            throw fault("name", "letters, digits and dashes are needed")
        }
        guard let kind = SystemDescription.Kind(rawValue: try text("kind")) else {
            let kinds = SystemDescription.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("kind", "one of \(kinds) is needed")
        }
        let address = try text("address")
        let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { address.hasPrefix($0) }
        guard address.hasPrefix("https://") || isLocal else {
            throw fault("address", "an address that begins with https:// is needed; http:// is for this machine alone")
        }
        guard let secret = try secret("secret") else { throw fault("secret", "is missing") }
        var statuses: [(theirs: String, ours: TicketStatus)] = []
        for (theirs, ours) in try words("statuses").sorted(by: { $0.key < $1.key }) {
            guard let status = TicketStatus(rawValue: ours) else {
                let all = TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault("statuses.\(theirs)", "one of \(all) is needed")
            }
            statuses.append((theirs, status))
        }
        return SystemDescription(
            name: name, kind: kind, address: address, user: try optionalText("user"), secret: secret,
            hookSecret: try self.secret("hookSecret"), place: try optionalText("place"), statuses: statuses,
            priorities: try words("priorities").sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            fields: try words("fields"), ownFields: try names("ours"))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x2D
    }

    private func fault(_ member: String, _ reason: String) -> DescriptionError {
        DescriptionError("\(place).\(member): \(reason)")
    }

    private func text(_ member: String) throws(DescriptionError) -> String {
        guard let text = json[member].text else { throw fault(member, "a text is needed") }
        return text
    }

    private func optionalText(_ member: String) throws(DescriptionError) -> String {
        json[member].isNull ? "" : try text(member)
    }

    private func secret(_ member: String) throws(DescriptionError) -> Secret? {
        switch json[member] {
        case .null: return nil
        case .object(let members):
            if members.count == 1, let name = members["environment"]?.text { return .environment(name) }
            if members.count == 1, let path = members["file"]?.text { return .file(path) }
            fallthrough
        default: throw fault(member, "{\"environment\": name} or {\"file\": path} is needed; the secret itself never stands here")
        }
    }

    private func words(_ member: String) throws(DescriptionError) -> [String: String] {
        switch json[member] {
        case .null: return [:]
        case .object(let members):
            var words: [String: String] = [:]
            for (key, value) in members {
                guard let text = value.text else { throw fault("\(member).\(key)", "a text is needed") }
                words[key] = text
            }
            return words
        default: throw fault(member, "an object of texts is needed")
        }
    }

    private func names(_ member: String) throws(DescriptionError) -> Set<String> {
        switch json[member] {
        case .null: return []
        case .list(let items):
            var names: Set<String> = []
            for item in items {
                guard let name = item.text else { throw fault(member, "a list of texts is needed") }
                names.insert(name)
            }
            return names
        default: throw fault(member, "a list of texts is needed")
        }
    }
}
