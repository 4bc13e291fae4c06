import ArgumentParser
import Commands
import Connectors
import FoundationEssentials
import Glibc
import Records
import Storage

/// Which systems, and which store.
struct SyncOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The description of the systems.", valueName: "file"))
    var systems: String

    @Option(help: ArgumentHelp("Only the system of this name.", valueName: "name"))
    var system: String?

    @OptionGroup
    var options: StoreOptions

    /// The systems that are meant.
    ///
    /// - Throws: An exit code, after the reason was said.
    func described(for command: String) throws -> [SystemDescription] {
        let all = try Self.described(in: systems, for: command)
        guard let system else { return all }
        guard let one = all.first(where: { $0.name == system }) else {
            throw Program.casebook(command).failure("\(systems): there is no system \"\(system)\"", EX_USAGE)
        }
        return [one]
    }

    /// The systems that a file describes.
    static func described(in path: String, for command: String) throws -> [SystemDescription] {
        let file = try Program.casebook(command).reporting { try RecordFile(reading: path) }
        return try Program.casebook(command).reporting {
            try SystemDescription.read(file.bytes, file: path)
        }
    }

    /// The way to a system.
    static func open(_ description: SystemDescription, for command: String) throws -> any TicketSystem {
        try Program.casebook(command).reporting {
            try description.open(environment: ProcessInfo.processInfo.environment, clock: { precise })
        }
    }

    /// The time, to the microsecond.
    static var precise: Instant { WallClock.now }

    /// A key that was never given before.
    static func newKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<10).map { _ in UInt8.random(in: 0...255, using: &generator) }.hexadecimal
    }
}
