import Commands
import Incidents
import Logs
import Models
import Records

/// Reads a desk and analyses the impact of its incidents.
struct DeskImpact {
    let directory: CustomerDirectory
    let sightings: LogSightings
    let signatures: [Signature]
    let tickets: [Ticket]
    let redactor: Redactor

    init(_ path: String, redaction: RedactionOptions, command: String, setAside: Bool) throws {
        let folder = DeskFolder(path: path)
        let badRows: BadRows = setAside ? .areSetAside : .areErrors
        let customers = try Program.casebook(command).reporting {
            try folder.customers(badRows: badRows)
        }
        let redactor = try redaction.redactor(for: command, knowing: customers.context)
        let directory = CustomerDirectory(customers.context)
        directory.reportUnknownCustomers(of: path, for: command)
        (sightings, signatures, tickets) = try Program.casebook(command).reporting {
            let (tickets, rejected) = try folder.tickets(customers.context, redactor: redactor, badRows: badRows)
            StandardInput.say(customers.rejected + rejected, for: command)
            var log = SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds)
            let path = try folder.logs()
            try RecordFile.readChunks(at: path) { log.read($0) }
            let (sightings, signatures) = log.finish { $0.report(of: path, for: command) }
            return (sightings, signatures, tickets)
        }
        self.directory = directory
        self.redactor = redactor
    }

    /// What the desk suffers, by what people said of links before.
    func analysis(model: LinkModel = .prior, decisions: [LinkDecision] = []) -> ImpactAnalysis {
        ImpactAnalysis(
            sightings, templates: signatures.map(\.template), tickets: tickets, directory: directory, model: model,
            decisions: decisions)
    }
}
