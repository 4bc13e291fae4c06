/// The files that a tenant's redactor is made of.
public struct RedactorFiles: Sendable {
    /// What the tenant allows and recognises, as JSON.
    public var rules: String?
    /// Names and companies of contacts, as JSON lines.
    public var contacts: String?
    /// The tenant's key; line ends at its end do not count.
    public var key: String?

    /// Names files.
    public init(rules: String? = nil, contacts: String? = nil, key: String? = nil) {
        self.rules = rules
        self.contacts = contacts
        self.key = key
    }

    /// Reads the files.
    ///
    /// - Parameter otherKey: The key, and where it is from, that is used where no file has one.
    /// - Throws: ``RecordError``; ``RecordError/shortKey(source:bytes:)`` for a key that is too short.
    public func redactor(otherKey: (bytes: [UInt8], source: String)) throws(RecordError) -> Redactor {
        var all = RedactionRules()
        if let rules { all = try RedactionRules(json: RecordFile(reading: rules)) }
        if let contacts { all.contacts = try RedactionRules.Contact.read(RecordFile(reading: contacts)) }
        let bytes = if let key { try RecordFile(reading: key).bytes } else { otherKey.bytes }
        let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        guard let redactor = Redactor(key: Array(bytes[..<end]), rules: all) else {
            throw .shortKey(source: key ?? otherKey.source, bytes: end)
        }
        return redactor
    }

    /// A key that no other run has.
    public static func randomKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
