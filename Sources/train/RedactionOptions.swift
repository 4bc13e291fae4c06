import ArgumentParser
import Glibc
import Records

/// What a tenant's redactor knows, for the templates of a log.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the tenant allows and recognises in a log, as JSON.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("Names and companies of contacts, as JSON lines.", valueName: "file"))
    var contacts: String?

    @Option(help: ArgumentHelp("The file with the tenant's key, or the variable CASEBOOK_KEY.", valueName: "file"))
    var keyFile: String?

    /// The redactor.
    ///
    /// What it finds becomes a variable of a template, so that any key will do where none is given.
    func redactor() throws(RecordError) -> Redactor {
        let otherKey =
            getenv("CASEBOOK_KEY").map { (Array(String(cString: $0).utf8), "CASEBOOK_KEY") }
            ?? (RedactorFiles.randomKey(), "")
        return try RedactorFiles(rules: rules, contacts: contacts, key: keyFile).redactor(otherKey: otherKey)
    }
}
