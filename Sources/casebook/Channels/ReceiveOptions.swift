import ArgumentParser
import Commands
import Connectors
import Glibc
import Records
import Storage

/// Into which store messages come, and who is of the team.
struct ChannelOptions: ParsableArguments {
    @OptionGroup
    var options: StoreOptions

    @Option(
        help: ArgumentHelp(
            "A mail address, a domain of mail or an id in a chat that belongs to the support team; may be given again. Agents whose ids are such are known.",
            valueName: "who"))
    var team: [String] = []

    /// Opens a store for messages, with what is known of customers and agents now.
    func intake(into store: TenantStore) throws(ChannelError) -> ChannelIntake {
        let agents: [String]
        do throws(StorageError) { agents = try store.agents().map(\.id) } catch { throw .notKept(error) }
        let redaction = options.redaction
        return try ChannelIntake(
            store, team: SupportTeam(names: team, agents: agents), now: StoreOptions.now,
            by: StoreOptions.entry(.imported)
        ) { customers throws(RecordError) in try redaction.redactor(knowing: customers) }
    }
}

/// What is needed to read messages from files.
struct ReceiveOptions: ParsableArguments {
    @OptionGroup
    var channel: ChannelOptions

    @Flag(help: "Print one JSON object at the end.")
    var json = false

    /// Reads each path with `body`, keeps what it brings, and says what became of it.
    ///
    /// - Throws: An exit code, after the reason was said.
    func receive(
        _ paths: [String], for command: String, _ body: (String, inout ChannelIntake) throws -> Void
    ) throws {
        let store = try channel.options.open(for: command, .creating)
        let program = Program.casebook(command)
        try program.reporting {
            try store.claimWriting()
            try store.claimReceiving()
        }
        var intake = try program.reporting { try channel.intake(into: store) }
        var failure: (any Error)?
        for path in paths {
            do {
                try program.reporting { try body(path, &intake) }
            } catch {
                // What was read before is kept nevertheless, and the other paths are read.
                failure = failure ?? error
            }
        }
        try program.reporting { try intake.finish() }
        try report(intake.report, command)
        if let failure { throw failure }
        if intake.report.count(.refused) > 0 { throw ExitCode(EX_DATAERR) }
    }

    private func report(_ report: ChannelReport, _ command: String) throws {
        for remark in report.remarks { StandardInput.say("casebook \(command): \(remark.description)") }
        if json {
            print(try report.jsonLine)
        } else {
            StandardInput.say("casebook \(command): \(report.text)")
        }
    }
}

extension ChannelReport {
    /// For people.
    fileprivate var text: String {
        var text =
            "\(messages) messages: \(repeated) received before, \(changed) of them changed or taken back since, "
            + "\(tickets) open a ticket, \(followUps) go on with a resolved one, "
            + "\(interactions) add to one, of which \(reopened) open it again and \(automaticInteractions) are automatic; "
            + "\(attachments) files, of which \(inlineAttachments) are shown within"
        for kind in Remark.Kind.allCases where count(kind) > 0 { text += "; \(kind.rawValue): \(count(kind))" }
        return text
    }
}

extension RecordFile {
    /// Reads standard input whole.
    init(standardInputFor command: String) throws {
        var bytes: [UInt8] = []
        try StandardInput.read(for: command) { bytes += $0 }
        self.init(path: "standard input", bytes: bytes)
    }
}
