import Commands
import Incidents
import Logs
import Records

/// A desk whose log is counted as it is read, so that its length does not matter.
struct CountedDesk {
    let table: CountTable
    let context: CustomerContext
    let tickets: [Ticket]
    /// What redacted them.
    let redactor: Redactor

    /// The records whose customers are settled together.
    private static let part = 1 << 20
    /// The share of hours below which it is said that exposures are missing.
    private static let leastCoverage = 0.95

    init(_ path: String, redaction: RedactionOptions, command: String) throws {
        let folder = DeskFolder(path: path)
        let context = try Program.casebook(command).reporting { try folder.customers().context }
        let redactor = try redaction.redactor(for: command, knowing: context)
        let directory = CustomerDirectory(context)
        directory.reportUnknownCustomers(of: path, for: command)
        let (counted, tickets, negative) = try Program.casebook(command).reporting {
            let tickets = try folder.tickets(context, redactor: redactor).tickets
            let (exposures, negative) = try folder.exposures()
            let counts = CountedParts(TrendCounts(directory, releases: context.releases, exposures: exposures))
            var log = SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds)
            log.reserveCapacity(Self.part)
            let logs = try folder.logs()
            try RecordFile.readChunks(at: logs) { chunk in
                log.read(chunk)
                guard log.pending >= Self.part else { return }
                if let counted = counts.add(log.takeSoFar().sightings) {
                    log.reuse(counted)
                } else {
                    log.reserveCapacity(Self.part)
                }
            }
            let (sightings, numbers, signatures) = log.finishWithShapes { $0.report(of: logs, for: command) }
            let names = signatures.map { CountTable.Name(id: $0.id.description, template: $0.template) }
            return (counts.finish(sightings, names, numbers: numbers), tickets, negative)
        }
        (table, self.tickets, self.context) = (counted.table, tickets, context)
        self.redactor = redactor
        if negative > 0 {
            StandardInput.say("casebook \(command): \(negative) exposures are below 0, and are left out")
        }
        Self.tell(counted.counts, command)
    }

    /// Says what of the log was not counted, and how far exposures reach.
    private static func tell(_ counts: TrendCounts, _ command: String) {
        func say(_ text: String) { StandardInput.say("casebook \(command): \(text)") }
        if counts.repeatedLines > 0 {
            say("\(counts.repeatedLines) lines are of batches that had been sent before, and are left out")
        }
        tell(
            linesOfUnnumberedVersions: counts.linesOfUnnumberedVersions, untoldComponents: counts.untoldComponents,
            command)
        guard let coverage = counts.exposureCoverage else { return }
        if coverage.counters > 0 {
            say(
                "exposures of \(coverage.counters) of \(coverage.parts) parts count on from row to row; what each adds to the one before is taken"
            )
        }
        if coverage.hours < leastCoverage {
            say(
                "exposures cover \(Int(100 * coverage.hours)) % of the hours; ordinary lines stand for them in the others"
            )
        }
        if !coverage.namesParts {
            say("exposures name no account, deployment or version that is known; ordinary lines tell where they belong")
        }
    }

    /// Says what of the versions that lines and releases name does not count.
    static func tell(linesOfUnnumberedVersions lines: Int, untoldComponents components: [String], _ command: String) {
        if lines > 0 {
            StandardInput.say(
                "casebook \(command): \(lines) lines name a version without a number, and count for the release of their deployment"
            )
        }
        if !components.isEmpty {
            StandardInput.say(
                "casebook \(command): releases are of several components (\(components.joined(separator: ", "))), and nothing tells which one has the version of the product: no deployment is known by a version of it, and no line names it as its service. They do not count"
            )
        }
    }
}
