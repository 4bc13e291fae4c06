import ArgumentParser
import Commands
import Glibc
import Incidents
import Logs
import Records
import Simulation
import Statistics

/// Measures which incidents, and which accounts that they hurt, are found.
struct EvaluateImpact: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "Measure the incidents and accounts that are found against the truth of a desk.",
        discussion: """
            With --dataset, the folder of a desk with its truth.json. Without it, the desks of all scenarios of casebook simulate in one \
            grade, and their mean.
            """)

    @Option(help: ArgumentHelp("The folder of a desk.", valueName: "dir"))
    var dataset: String?

    @Option(help: ArgumentHelp("The grade of the simulated desks: easy or hard.", valueName: "grade"))
    var grade = "hard"

    @Option(help: "The seeds of the simulated desks, the first one.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds.")
    var seeds = 1

    @Option(help: ArgumentHelp("Only one scenario.", valueName: "name"))
    var scenario: String?

    @Option(
        help: ArgumentHelp(
            "What to measure: casebook, or a rival that links accounts by \(ImpactRival.allNames).", valueName: "method"
        ))
    var method = "casebook"

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard ImpactGrade(rawValue: grade) != nil else { throw ValidationError("--grade is easy or hard") }
        guard (1...1_000).contains(seeds) else { throw ValidationError("--seeds lies between 1 and 1000") }
        if let scenario, ImpactScenario(rawValue: scenario) == nil {
            throw ValidationError("--scenario: there is no \"\(scenario)\"")
        }
        guard method == "casebook" || ImpactRival(rawValue: method) != nil else {
            throw ValidationError("--method is casebook or one of \(ImpactRival.allNames)")
        }
    }

    func run() throws {
        try program.run {
            var measured: [(name: String, accuracy: ImpactAccuracy)] = []
            if let dataset {
                measured.append((dataset, try accuracy(of: dataset)))
            } else {
                for item in ImpactScenario.allCases where scenario == nil || scenario == item.rawValue {
                    for seed in seed..<seed + UInt64(seeds) {
                        measured.append(("\(item.rawValue) \(seed)", try simulated(item, seed)))
                    }
                }
            }
            guard let mean = ImpactAccuracy(meanOf: measured.map(\.accuracy)) else { return }
            if json {
                print(try mean.jsonLine)
            } else {
                print("desk                        precision recall  calib  pairF1   nDCG before false/wk found")
                for (name, accuracy) in measured { print(row(name, accuracy)) }
                if measured.count > 1 { print(row("mean", mean)) }
            }
        }
    }

    private func row(_ name: String, _ accuracy: ImpactAccuracy) -> String {
        func column(_ value: Double?, _ width: Int) -> String {
            (value.map { "\($0.rounded(places: 3))" } ?? "-").rightAligned(in: width)
        }
        let title = name.count < 27 ? name + String(repeating: " ", count: 27 - name.count) : String(name.suffix(27))
        return title + column(accuracy.precision, 9) + column(accuracy.recall, 7) + column(accuracy.calibrationError, 7)
            + column(accuracy.incidentPairF1, 7) + column(accuracy.severityNdcgAt10, 7)
            + column(accuracy.detectedBeforeFirstTicket, 7) + column(accuracy.falseIncidentsPerWeek, 8)
            + " \(accuracy.found)/\(accuracy.incidents)"
    }

    private func accuracy(of path: String) throws(RecordError) -> ImpactAccuracy {
        let folder = DeskFolder(path: path)
        let truth = try ImpactTruth(json: RecordFile(reading: path + "/truth.json"))
        let context = try folder.customers(badRows: .areSetAside).context
        let directory = CustomerDirectory(context)
        let redactor = redactor(knowing: context)
        let tickets = try folder.tickets(context, redactor: redactor, badRows: .areSetAside).tickets
        var log = SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds)
        try RecordFile.readChunks(at: folder.logs()) { log.read($0) }
        let (sightings, signatures) = log.finish()
        return accuracy(sightings, signatures, directory, tickets, truth)
    }

    private func redactor(knowing customers: CustomerContext) -> Redactor {
        var generator = SplitMix64(seed: 1)
        var rules = RedactionRules()
        rules.add(customers)
        return Redactor(rules: rules, keyedBy: &generator)
    }

    private func simulated(_ scenario: ImpactScenario, _ seed: UInt64) throws(RecordError) -> ImpactAccuracy {
        let desk = SimulatedImpact(scenario, grade: ImpactGrade(rawValue: grade) ?? .hard, seed: seed)
        let files = Dictionary(uniqueKeysWithValues: desk.files.map { ($0.name, $0.contents) })
        func file(_ name: String) -> RecordFile { RecordFile(path: name, bytes: Array((files[name] ?? "").utf8)) }
        let folder = DeskFolder(files: files.keys.sorted().map(file))
        let context = try folder.customers().context
        let directory = CustomerDirectory(context)
        let redactor = redactor(knowing: context)
        let tickets = try folder.tickets(context, redactor: redactor).tickets
        var log = SightedLog(directory, redactor: redactor, observedTime: 1_800_000_000_000_000_000)
        file("logs.ndjson").bytes.withUnsafeBytes { log.read($0) }
        let (sightings, signatures) = log.finish()
        return accuracy(sightings, signatures, directory, tickets, try ImpactTruth(json: file("truth.json")))
    }

    private func accuracy(
        _ sightings: LogSightings, _ signatures: [Signature], _ directory: CustomerDirectory, _ tickets: [Ticket],
        _ truth: ImpactTruth
    ) -> ImpactAccuracy {
        let analysis = ImpactAnalysis(
            sightings, templates: signatures.map(\.template), tickets: tickets, directory: directory)
        var claims = analysis.incidents.map { ImpactClaim($0, directory) }
        if let rival = ImpactRival(rawValue: method) {
            claims = claims.map { rival.links(of: $0, sightings, directory) }
        }
        let times = sightings.lines.map { Double($0.time == LogSighting.noTime ? $0.observedTime : $0.time) / 1e9 }
        let weeks = max(1.0 / 7, ((times.max() ?? 0) - (times.min() ?? 0)) / (7 * 86_400))
        return ImpactAccuracy(
            claims, truth: truth,
            tickets: Dictionary(tickets.map { ($0.id, $0.openedAt) }, uniquingKeysWith: { first, _ in first }),
            weeks: weeks)
    }
}
