public import ArgumentParser
import Commands
public import Logs
import Records

/// How the logs that a command reads are written.
struct LogOptions: ParsableArguments {
    @Option(help: "The format of the log; found from its first lines when it is not given.")
    var format: LogFormat?

    @Option(
        help: ArgumentHelp("The zone of times without one, by its name in the time zone database.", valueName: "zone"))
    var timeZone = "UTC"

    @Option(help: ArgumentHelp("Which fields of JSON lines and logfmt mean what, as a JSON file.", valueName: "file"))
    var fields: String?

    /// A stream at the start of a log that is read now.
    func stream(for command: String) throws -> LogStream {
        let (mapping, zone) = try settings(for: command)
        return LogStream(format: format, mapping: mapping, zone: zone, observedTime: WallClock.nanoseconds)
    }

    /// A stream that goes on where another one stood; nil when its format is not known.
    func stream(for command: String, resuming checkpoint: LogCheckpoint, skipping: Bool) throws -> LogStream? {
        let (mapping, zone) = try settings(for: command)
        return LogStream(
            resuming: checkpoint, skipping: skipping, mapping: mapping, zone: zone, observedTime: WallClock.nanoseconds)
    }

    /// Which fields mean what.
    func mapping(for command: String) throws -> LogFieldMapping {
        guard let fields else { return LogFieldMapping() }
        return try Program.casebook(command).reporting { try LogFieldMapping(json: RecordFile(reading: fields)) }
    }

    private func settings(for command: String) throws -> (LogFieldMapping, ZoneRules) {
        (
            try mapping(for: command),
            try Program.casebook(command).reporting { try ZoneRules(identifier: timeZone) }
        )
    }
}

extension LogFormat: ExpressibleByArgument {}
