/// The files that make a tenant's redactor, as a command line names them.
public struct RedactionFiles: Sendable {
    /// The variable of the environment that holds the key where no file does.
    public static let keyVariable = "CASEBOOK_KEY"

    private let rules: String?
    private let contacts: String?
    private let keyFile: String?
    private let environment: [String: String]

    /// Names the files.
    ///
    /// - Parameters:
    ///   - rules: What the tenant allows and recognises, as JSON.
    ///   - contacts: Names and companies of contacts, as JSON lines.
    ///   - keyFile: The key; line ends at its end do not count.
    ///   - environment: The variables of the environment, of which ``keyVariable`` counts.
    public init(rules: String?, contacts: String?, keyFile: String?, environment: [String: String]) {
        self.rules = rules
        self.contacts = contacts
        self.keyFile = keyFile
        self.environment = environment
    }

    /// Whether somebody has given a key.
    public var hasKey: Bool { keyFile != nil || environment[Self.keyVariable] != nil }

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - generator: The source of the key where none was given.
    ///   - customers: Whose names are found too.
    /// - Throws: ``RecordError/shortKey(source:bytes:)``, what the readers of the files throw.
    public func redactor(
        keyedBy generator: inout some RandomNumberGenerator, knowing customers: CustomerContext = CustomerContext()
    ) throws(RecordError) -> Redactor {
        var all = RedactionRules()
        if let rules { all = try RedactionRules(json: RecordFile(reading: rules)) }
        if let contacts { all.contacts = try RedactionRules.Contact.read(RecordFile(reading: contacts)) }
        all.add(customers)
        guard let key = try secret() else { return Redactor(rules: all, keyedBy: &generator) }
        guard let redactor = Redactor(key: key, rules: all) else { throw tooShort(key) }
        return redactor
    }

    /// The key by which a tenant's store seals what must be readable again; nil when nobody has given one.
    ///
    /// - Throws: As ``redactor(keyedBy:)``.
    public func tenantKey() throws(RecordError) -> TenantKey? {
        guard let secret = try secret() else { return nil }
        guard let key = TenantKey(secret) else { throw tooShort(secret) }
        return key
    }

    private func secret() throws(RecordError) -> [UInt8]? {
        guard hasKey else { return nil }
        var key = Array((environment[Self.keyVariable] ?? "").utf8)
        if let keyFile { key = try RecordFile(reading: keyFile).bytes }
        let end = key.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        return Array(key[..<end])
    }

    private func tooShort(_ key: [UInt8]) -> RecordError {
        .shortKey(source: keyFile ?? Self.keyVariable, bytes: key.count)
    }
}
