import ArgumentParser
import Records

/// What a tenant's redactor knows.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the tenant allows and recognises, as JSON.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("Names and companies of contacts, as JSON lines.", valueName: "file"))
    var contacts: String?

    @Option(help: ArgumentHelp("The file with the tenant's key.", valueName: "file"))
    var keyFile: String?

    /// The redactor, which knows the names of customers too; with a random key where none is given, which is said.
    func redactor(for command: String, knowing customers: CustomerContext = CustomerContext()) throws -> Redactor {
        let files = RedactionFiles(
            rules: rules, contacts: contacts, keyFile: keyFile, environment: RedactionFiles.processEnvironment)
        var generator = SystemRandomNumberGenerator()
        let redactor = try StandardInput.reporting(command) { () throws(RecordError) in
            try files.redactor(keyedBy: &generator, knowing: customers)
        }
        if !files.hasKey {
            StandardInput.say(
                "casebook \(command): no --key-file and no \(RedactionFiles.keyVariable): tokens are made with a random key and "
                    + "fit those of no other run")
        }
        return redactor
    }
}
