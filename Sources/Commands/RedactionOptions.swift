public import ArgumentParser
public import Records

/// What a tenant's redactor knows: texts and words of tickets are redacted as they are read, and so are the templates of a log.
public struct RedactionOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("What the tenant allows and recognises, as JSON.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("Names and companies of contacts, as JSON lines.", valueName: "file"))
    var contacts: String?

    @Option(help: ArgumentHelp("The file with the tenant's key.", valueName: "file"))
    var keyFile: String?

    /// Creates options to be parsed.
    public init() {}

    /// The files that were named.
    public var paths: [String] { [rules, contacts, keyFile].compactMap(\.self) }

    /// Whether there is a key, so that tokens are the same in every run.
    public var hasKey: Bool { files.hasKey }

    /// The redactor; with a random key where none is given.
    ///
    /// Of texts models see only the kinds of tokens, whatever the key. A customer whose name is a token needs the key of the
    /// training again when tickets are scored.
    ///
    /// - Parameter customers: Customers whose names it knows too.
    public func redactor(knowing customers: CustomerContext = CustomerContext()) throws(RecordError) -> Redactor {
        var generator = SystemRandomNumberGenerator()
        return try files.redactor(keyedBy: &generator, knowing: customers)
    }

    /// The tenant's key; nil where none is given.
    public func tenantKey() throws(RecordError) -> TenantKey? { try files.tenantKey() }

    private var files: RedactionFiles {
        RedactionFiles(
            rules: rules, contacts: contacts, keyFile: keyFile, environment: RedactionFiles.processEnvironment)
    }
}
