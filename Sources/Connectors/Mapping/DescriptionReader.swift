/// Reads one entry of a file of descriptions; every member must be known.
struct DescriptionReader {
    private let json: JSON
    private let place: String

    private init(_ json: JSON, at place: String, members: Set<String>) throws(DescriptionError) {
        guard case .object(let given) = json else { throw DescriptionError("\(place): no object") }
        if let unknown = given.keys.filter({ !members.contains($0) }).sorted().first {
            throw DescriptionError("\(place).\(unknown): no such member")
        }
        self.json = json
        self.place = place
    }

    /// Reads a list of a file: at least one entry, no two with one name.
    ///
    /// - Parameters:
    ///   - list: The member of the file that holds it.
    ///   - members: The members that an entry may have.
    ///   - entry: Reads one.
    static func read<Entry>(
        _ list: String, of bytes: [UInt8], file: String, members: Set<String>, name: (Entry) -> String,
        _ entry: (DescriptionReader) throws(DescriptionError) -> Entry
    ) throws(DescriptionError) -> [Entry] {
        let json: JSON
        do {
            json = try JSON(bytes: bytes)
        } catch {
            throw DescriptionError("\(file): no JSON")
        }
        guard case .list(let items) = json[list], !items.isEmpty else {
            throw DescriptionError("\(file): \(list): a list with at least one entry is needed")
        }
        var entries: [Entry] = []
        for (number, item) in items.enumerated() {
            let place = "\(file): \(list)[\(number)]"
            let read = try entry(DescriptionReader(item, at: place, members: members))
            guard !entries.contains(where: { name($0) == name(read) }) else {
                throw DescriptionError("\(place).name: \"\(name(read))\" is there twice")
            }
            entries.append(read)
        }
        return entries
    }

    /// The name, which stands in ids.
    func name() throws(DescriptionError) -> String {
        let name = try text("name")
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isPlain) else {
            throw fault("name", "letters, digits and dashes are needed")
        }
        return name
    }

    /// One of some words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ member: String, _ type: Word.Type
    ) throws(DescriptionError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(member)) else {
            throw fault(member, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")) is needed")
        }
        return word
    }

    /// The address: only of this machine one without encryption.
    func address() throws(DescriptionError) -> String {
        let address = try text("address")
        let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { local in
            address.hasPrefix(local) && [nil, ":", "/"].contains(address.dropFirst(local.count).first)
        }
        guard address.hasPrefix("https://") || isLocal else {
            throw fault("address", "an address that begins with https:// is needed; http:// is for this machine alone")
        }
        return address
    }

    /// The secret of the account.
    func secret() throws(DescriptionError) -> Secret {
        guard let secret = try secret("secret") else { throw fault("secret", "is missing") }
        return secret
    }

    /// A yes or no; no where it is missing.
    func flag(_ member: String) throws(DescriptionError) -> Bool {
        switch json[member] {
        case .null: false
        case .flag(let flag): flag
        default: throw fault(member, "true or false is needed")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x2D
    }

    func fault(_ member: String, _ reason: String) -> DescriptionError {
        DescriptionError("\(place).\(member): \(reason)")
    }

    func text(_ member: String) throws(DescriptionError) -> String {
        guard let text = json[member].text else { throw fault(member, "a text is needed") }
        return text
    }

    func optionalText(_ member: String) throws(DescriptionError) -> String {
        json[member].isNull ? "" : try text(member)
    }

    func secret(_ member: String) throws(DescriptionError) -> Secret? {
        switch json[member] {
        case .null: return nil
        case .object(let members):
            if members.count == 1, let name = members["environment"]?.text { return .environment(name) }
            if members.count == 1, let path = members["file"]?.text { return .file(path) }
            fallthrough
        default:
            throw fault(
                member, "{\"environment\": name} or {\"file\": path} is needed; the secret itself never stands here")
        }
    }

    func words(_ member: String) throws(DescriptionError) -> [String: String] {
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

    /// Words with others for them, in the order of the first.
    func pairs(_ member: String) throws(DescriptionError) -> [(theirs: String, ours: String)] {
        try words(member).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Lists of words, by the members of an object that may have these.
    func names(_ member: String, by members: Set<String>) throws(DescriptionError) -> [String: Set<String>] {
        if json[member].isNull { return [:] }
        let inner = try DescriptionReader(json[member], at: "\(place).\(member)", members: members)
        var names: [String: Set<String>] = [:]
        for name in members.sorted() { names[name] = try inner.names(name) }
        return names
    }

    func names(_ member: String) throws(DescriptionError) -> Set<String> {
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
