import ArgumentParser
import Commands
import Incidents
import Logs
import Records

/// Brings new log lines and new tickets together as they come.
struct Correlate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell which new log lines and new tickets belong together, as they come.",
        discussion: """
            The folder of the desk is what is known: its logs, customers and tickets. New log lines come on standard input, and each is \
            looked at as soon as its line end is there. New tickets come before the first line that is later than they are. Prints one \
            JSON object for each ticket and signature that likely belong together, when that is first likely.
            """)

    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String

    @Option(help: ArgumentHelp("The new tickets, JSON lines or CSV.", valueName: "file"))
    var tickets: String?

    @OptionGroup
    var redaction: RedactionOptions

    func run() throws {
        let folder = DeskFolder(path: desk)
        let customers = try Program.casebook("correlate").reporting { try folder.customers() }
        let redactor = try redaction.redactor(for: "correlate", knowing: customers.context)
        var stream = try Program.casebook("correlate").reporting {
            let known = try folder.tickets(customers.context, redactor: redactor).tickets
            var new: [Ticket] = []
            if let tickets {
                let file = try RecordFile(reading: tickets)
                new = try DeskFolder.tickets(in: [file], customers.context, redactor: redactor).tickets
            }
            let directory = CustomerDirectory(customers.context)
            var stream = CorrelatedStream(
                SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds),
                LiveCorrelation(directory: directory, tickets: known), tickets: new)
            try RecordFile.readChunks(at: folder.logs()) { stream.learn($0) }
            return stream
        }
        try StandardInput.read(for: "correlate") { chunk in
            var rest = chunk[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                stream.take(UnsafeRawBufferPointer(rebasing: rest[...end]))
                rest = rest[(end + 1)...]
            }
            if !rest.isEmpty { stream.take(UnsafeRawBufferPointer(rebasing: rest)) }
        }
        StandardInput.say("casebook correlate: \(stream.finish())")
    }
}
