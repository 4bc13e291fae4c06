import ArgumentParser
import Records

/// What a tenant's redactor knows: texts and words of tickets are redacted as they are read, and so are the templates of a log.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the tenant allows and recognises, as JSON.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("Names and companies of contacts, as JSON lines.", valueName: "file"))
    var contacts: String?

    @Option(help: ArgumentHelp("The file with the tenant's key.", valueName: "file"))
    var keyFile: String?

    /// The redactor; with a random key where none is given.
    ///
    /// Of texts models see only the kinds of tokens, whatever the key. A customer whose name is a token is known again only
    /// with the key of the training.
    func redactor() throws(RecordError) -> Redactor {
        var generator = SystemRandomNumberGenerator()
        return try RedactionFiles(
            rules: rules, contacts: contacts, keyFile: keyFile, environment: RedactionFiles.processEnvironment
        ).redactor(keyedBy: &generator)
    }
}
