import ArgumentParser
import Commands
import FoundationEssentials
import Glibc
import Incidents
import Logs
import Records
import Storage

/// Where the counts of trends come from: the folder of a desk, stores, files of counts, or all of these.
struct TrendOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String?

    @Option(
        help: ArgumentHelp(
            "A file of counts that --keep wrote; may be given several times, and all are added up.", valueName: "file"))
    var counts: [String] = []

    @Option(
        help: ArgumentHelp(
            "A tenant's store, of which everything that was taken in counts; with its key what is known of customers, releases and tickets too. May be given several times.",
            valueName: "file"))
    var store: [String] = []

    @Option(help: ArgumentHelp("Write the counts to a file, from which they are read much faster.", valueName: "file"))
    var keep: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup
    var redaction: RedactionOptions

    static let calendarHelp = ArgumentHelp(
        "When those who use the product work, and their holidays, as JSON.", valueName: "file")

    func validate() throws {
        guard desk != nil || !counts.isEmpty || !store.isEmpty else {
            throw ValidationError("--desk, --store or --counts is needed")
        }
    }

    /// What was counted, and what is known of the desk.
    struct Source {
        var table = CountTable()
        var context = CustomerContext()
        var tickets: [Ticket] = []
        /// What redacted the tickets; nil where there are none.
        var redactor: Redactor?
    }

    /// Reads the counts.
    ///
    /// - Parameter command: Who asks.
    func read(for command: String) throws -> Source {
        var source = Source()
        if let desk {
            let read = try CountedDesk(desk, redaction: redaction, command: command)
            source = Source(
                table: read.table, context: read.context, tickets: read.tickets, redactor: read.redactor)
        }
        for path in store { try add(path, to: &source, command) }
        try Program.casebook(command).reporting {
            source.table.merge(try counted())
        }
        if let keep {
            do {
                try Data(source.table.fileBytes).write(to: URL(filePath: keep), options: .atomic)
            } catch {
                throw Program.casebook(command).failure("\(keep): cannot write: \(error)", EX_CANTCREAT)
            }
        }
        let (table, strays) = source.table.withoutStrays()
        source.table = table
        if strays > 0 {
            StandardInput.say(
                "casebook \(command): \(strays) lines are of times far from all others, as those without a time are, or of clocks that run ahead, and are left out"
            )
        }
        return source
    }

    /// Reads the counts as hours that are compared with each other, so that it matters where their ordinary lines are not believed.
    func readSeries(for command: String, calendar: BusinessCalendar?) throws -> (
        series: SignatureSeries?, source: Source
    ) {
        let source = try read(for: command)
        let series = SignatureSeries(source.table, calendar: calendar)
        if let hours = series?.shiftedHours, hours > 0 {
            StandardInput.say(
                "casebook \(command): in \(hours) hours ordinary lines changed while failures did not; they are not believed there"
            )
        }
        return (series, source)
    }

    /// What the files of counts hold together.
    private func counted() throws(RecordError) -> CountTable {
        var table = CountTable()
        // The same bytes have the same checksum at their end.
        var paths: [[UInt8]: String] = [:]
        for path in counts {
            let file = try RecordFile(reading: path)
            let part = try CountTable(file: file)
            table.merge(part)
            // Of days without a line all files are the same.
            if !part.cells.isEmpty, let other = paths.updateValue(path, forKey: Array(file.bytes.suffix(8))) {
                throw .unreadable(file: path, reason: "it holds the same counts as \(other), which would count twice")
            }
        }
        return table
    }

    /// Reads a calendar, where one is given.
    static func calendar(_ path: String?, for command: String) throws -> BusinessCalendar? {
        try Program.casebook(command).reporting {
            try path.map { path throws(RecordError) in try BusinessCalendar(json: RecordFile(reading: path)) }
        }
    }

    /// Adds what a store holds.
    private func add(_ path: String, to source: inout Source, _ command: String) throws {
        let store = try redaction.openStore(at: path, for: command, .reading)
        let counted = try Program.casebook(command).reporting {
            let set = SignatureMiner(redactor: nil, shapes: try store.shapes()).signatures()
            return CountTable(
                events: try store.counts(), scopes: try store.scopes(),
                signatures: set.signatures.map { CountTable.Name(id: $0.id.description, template: $0.template) },
                signatureOfShape: set.signatureOfShape)
        }
        guard store.hasKey else {
            source.table.merge(counted)
            if try Program.casebook(command).reporting({ try store.isSealed() }) {
                StandardInput.say(
                    "casebook \(command): \(path): without its key nothing is known of its customers, releases and tickets"
                )
            }
            return
        }
        let (customers, tickets) = try Program.casebook(command).reporting {
            (try store.customers(), try store.tickets())
        }
        let (table, unnumbered, components) = counted.placed(by: CustomerDirectory(customers))
        source.table.merge(table)
        CountedDesk.tell(linesOfUnnumberedVersions: unnumbered, untoldComponents: components, command)
        source.context.accounts += customers.accounts
        source.context.deployments += customers.deployments
        source.tickets += tickets
        if source.redactor == nil { source.redactor = try redaction.redactor(for: command, knowing: customers) }
    }

    /// A number with so many digits that people read it at a glance.
    static func rounded(_ value: Double) -> String {
        guard value.isFinite else { return value > 0 ? "inf" : "-" }
        if value >= 100 || value == value.rounded() { return "\(Int(min(value, 1e15).rounded()))" }
        return value >= 1 ? "\(value.rounded(places: 1))" : "\(value.rounded(places: 3))"
    }
}
