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
        let all = try StandardInput.reporting(command) { () throws(RecordError) in
            var all = RedactionRules()
            if let rules { all = try RedactionRules(json: RecordFile(reading: rules)) }
            if let contacts { all.contacts = try RedactionRules.Contact.read(RecordFile(reading: contacts)) }
            return all
        }
        let (key, source) = try key(for: command)
        let end = key.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        guard let redactor = Redactor(key: Array(key[..<end]), rules: all) else {
            StandardInput.say(
                "casebook \(command): \(source): the key has \(end) bytes, and needs \(Redactor.leastKeyBytes)")
            throw ExitCode(EX_CONFIG)
        }
        return redactor
    }

    private func key(for command: String) throws -> (bytes: [UInt8], source: String) {
        if let keyFile {
            let file = try StandardInput.reporting(command) { () throws(RecordError) in try RecordFile(reading: keyFile)
            }
            return (file.bytes, keyFile)
        }
        if let value = getenv("CASEBOOK_KEY") { return (Array(String(cString: value).utf8), "CASEBOOK_KEY") }
        StandardInput.say(
            "casebook \(command): no --key-file and no CASEBOOK_KEY: tokens are made with a random key and fit those of no "
                + "other run")
        var generator = SystemRandomNumberGenerator()
        return ((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }, "")
    }
}
