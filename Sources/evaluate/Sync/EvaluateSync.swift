import ArgumentParser
import Commands
import Connectors
import Foundation
import Glibc
import Records

/// Measures whether the sync of a ticket system loses, repeats or echoes anything.
struct EvaluateSync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Measure what a sync of a ticket system loses, repeats or echoes under faults and kills.",
        discussion: """
            Starts the mock ticket systems (Tests/MockTicketSystems, with python3) and casebook sync, changes tickets on both sides while \
            requests fail, hang, are cut short or refused, web hooks come twice, late or never, and casebook sync is killed again and again, and \
            compares both sides when nothing is left to be done; it ends with 65 when anything was lost, duplicated or echoed. With --address a running system is used, such as a real one, and nothing is \
            made to fail but by kills. Then, without faults, it measures how long a change takes to arrive.
            """)

    @Option(
        help: ArgumentHelp(
            "The kind of system: zendesk, servicenow, jira, requesttracker or roundup.", valueName: "kind"))
    var system: String

    @Option(help: "The number of changes on both sides together.")
    var changes = 1_000

    @Option(help: "How often casebook sync is killed.")
    var kills = 5

    @Option(help: "The seed of changes, faults and kills.")
    var seed: UInt64 = 1

    @Option(help: "The seconds for which changes are made at --rate to measure how long they take; 0 for not at all.")
    var timed = 10.0

    @Option(help: "The changes a second while times are measured.")
    var rate = 50.0

    @Option(help: ArgumentHelp("The folder of the mock ticket systems.", valueName: "dir"))
    var mocks = "Tests/MockTicketSystems"

    @Option(help: ArgumentHelp("The address of a running system; without it the mock.", valueName: "url"))
    var address: String?

    @Option(help: ArgumentHelp("The account of casebook, as name:secret.", valueName: "account"))
    var robot = "casebook@example.com:casebook-secret"

    @Option(help: ArgumentHelp("The account of an agent, as name:secret.", valueName: "account"))
    var agent = "agent@example.com:agent-secret"

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard SystemDescription.Kind(rawValue: system) != nil else {
            throw ValidationError("--system: there is no \"\(system)\"")
        }
        guard (1...1_000_000).contains(changes) else { throw ValidationError("--changes lies between 1 and 1000000") }
        guard (0...10_000).contains(kills) else { throw ValidationError("--kills lies between 0 and 10000") }
        guard timed >= 0, rate > 0, rate <= 1_000 else { throw ValidationError("--timed and --rate are not negative") }
        for account in [robot, agent] where !account.contains(":") {
            throw ValidationError("an account is name:secret")
        }
        let isMocked = system == "zendesk" || system == "servicenow" || system == "jira"
        guard address != nil || isMocked else {
            throw ValidationError("--address is needed: there is no mock of \(system)")
        }
    }

    func run() async throws {
        guard let kind = SystemDescription.Kind(rawValue: system) else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("casebook-sync-\(getpid())-\(seed)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var mock: MockSystems?
        if address == nil { mock = try await MockSystems(folder: mocks) }
        defer { mock?.end() }
        var trial = try SyncTrial(
            kind: kind, address: address ?? mock?.address ?? "", robot: robot, agent: agent, folder: folder.path,
            mock: mock,
            seed: seed)
        do {
            try await trial.run(changes: changes, kills: kills)
            if timed > 0 { try await trial.time(seconds: timed, rate: rate) }
        } catch let failure as SyncTrial.Failure {
            trial.end()
            throw program.failure(failure.description, EX_SOFTWARE)
        }
        trial.end()
        let result = trial.result
        if json {
            print(try result.jsonLine)
        } else {
            print(result.text)
        }
        for line in result.differences { program.report("evaluate: \(line)") }
        if result.lost + result.duplicated + result.echoed > 0 { throw ExitCode(EX_DATAERR) }
    }
}
