import ArgumentParser
import Glibc
import Records

/// What a tenant's redactor knows.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the tenant allows and recognises, as JSON.", valueName: "file"))
    var rules: String?

    @Option(help: ArgumentHelp("Names and companies of contacts, as JSON lines.", valueName: "file"))
    var contacts: String?

    @Option(help: ArgumentHelp("The file with the tenant's key.", valueName: "file"))
    var keyFile: String?

    /// The redactor; with a random key where none is given, which is said.
    func redactor(for command: String) throws -> Redactor {
        let otherKey = otherKey(for: command)
        return try StandardInput.reporting(command) { () throws(RecordError) in
            try RedactorFiles(rules: rules, contacts: contacts, key: keyFile).redactor(otherKey: otherKey)
        }
    }

    private func otherKey(for command: String) -> (bytes: [UInt8], source: String) {
        if keyFile == nil, getenv("CASEBOOK_KEY") == nil {
            StandardInput.say(
                "casebook \(command): no --key-file and no CASEBOOK_KEY: tokens are made with a random key and fit those of "
                    + "no other run")
        }
        return getenv("CASEBOOK_KEY").map { (Array(String(cString: $0).utf8), "CASEBOOK_KEY") }
            ?? (RedactorFiles.randomKey(), "")
    }
}
