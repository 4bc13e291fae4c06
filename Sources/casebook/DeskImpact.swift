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
        (sightings, signatures, tickets) = try Program.casebook(command).reporting {
            let (tickets, rejected) = try folder.tickets(customers.context, redactor: redactor, badRows: badRows)
            for row in customers.rejected + rejected { StandardInput.say("casebook \(command): \(row.fault)") }
            var log = SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds)
            try RecordFile.readChunks(at: folder.logs()) { log.read($0) }
            let (sightings, signatures) = log.finish()
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
