internal import Dispatch
public import Models
public import Records
internal import Synchronization

/// Finds the incidents of a desk and the accounts that they hurt.
public struct ImpactAnalysis: Sendable {
    /// The incidents in order of start.
    public let incidents: [Incident]
    /// The customers.
    public let directory: CustomerDirectory
    /// What is usual of each account.
    public let baseline: UsageBaseline
    /// The lines that were left out: of times far from all others, or of a beginning of the log with hardly a line.
    public let strays: Int
    /// The time of a short log of which nothing can be told, as what is usual takes two hours before or after it to learn; nil when there is none.
    public let untold: (from: Instant, to: Instant)?
    let values: ContractValues

    /// How many share the signatures among them.
    private static let detectors = 2

    /// Analyses what was read of a desk.
    ///
    /// - Parameters:
    ///   - sightings: What the lines of the logs say.
    ///   - templates: For each number of a signature its template.
    ///   - tickets: The tickets in any order.
    ///   - directory: The customers.
    ///   - model: The weights of the evidence.
    ///   - priorities: What makes a priority of impact and urgency.
    ///   - decisions: What people said of links; of these there is no doubt.
    public init(
        _ sightings: LogSightings, templates: [String], tickets: [Ticket], directory: CustomerDirectory,
        model: LinkModel = .prior, priorities: PriorityMatrix = .standard,
        decisions: [LinkDecision] = []
    ) {
        let all = AccountLines(sightings, directory)
        let (rises, traffic, lines, baseline) = Self.passes(over: all, signatures: templates.count)
        var groups = EpisodeGrouping.groups(
            EpisodeFinder(lines).episodes(RoutineRises(lines: lines).removed(from: rises)))
        var gathering = EpisodeGathering(lines, groups)
        groups = groups.map { gathering.gather($0) }
        let links = AccountLinks(
            directory: directory, lines: lines, traffic: traffic, usual: UsualActivity(traffic, baseline),
            tickets: TicketMatching(tickets, directory), model: model,
            background: BackgroundLines(lines, groups.flatMap { $0 }))
        strays = all.strays
        untold = LearningTime(all.lines).untold.map { (Instant(seconds: $0.from), Instant(seconds: $0.to)) }
        self.directory = directory
        self.baseline = baseline
        values = ContractValues(directory)
        let severity = ImpactMeasure(directory, values, lines: lines, traffic: traffic, priorities: priorities)
        let decided = DecidedLinks(decisions, directory)
        incidents = groups.map { group in
            var words: Set<String> = []
            for signature in Set(group.map(\.signature)) {
                words.formUnion(TextWords.words(of: templates[Int(signature)]))
            }
            let accounts = links.links(group, words: words)
            let id = Self.id(of: group, lines)
            return Self.incident(
                id, group, lines, decided.links(of: id, accounts), tickets: links.tickets.tickets, severity, sightings)
        }
    }

    /// What takes a pass over all lines, each pass on a core of its own as far as there are.
    private static func passes(
        over all: AccountLines, signatures: Int
    ) -> (rises: [Rise], traffic: Traffic, lines: SignatureLines, baseline: UsageBaseline) {
        let found = Mutex(
            (rises: [Rise](), traffic: Traffic(), lines: SignatureLines(), baseline: UsageBaseline()))
        let early = Mutex([Rise]())
        DispatchQueue.concurrentPerform(iterations: detectors + 3) { pass in
            switch pass {
            case ..<detectors:
                var detector = RiseDetector()
                for line in all.lines {
                    if Int(line.signature) % detectors == pass { detector.add(line) } else { detector.observe(line) }
                }
                detector.finish()
                let (rises, traffic) = (detector.rises, detector.traffic)
                found.withLock {
                    $0.rises += rises
                    $0.traffic = traffic
                }
            case detectors:
                let lines = SignatureLines(all, signatures: signatures)
                found.withLock { $0.lines = lines }
            case detectors + 1:
                let rises = LearningTime(all.lines).rises
                early.withLock { $0 = rises }
            default:
                var baseline = UsageBaseline()
                for line in all.lines { baseline.add(line) }
                let learnt = baseline
                found.withLock { $0.baseline = learnt }
            }
        }
        var told = found.withLock { $0 }
        told.rises += early.withLock { $0 }
        told.rises.sort { ($0.start, $0.signature) < ($1.start, $1.signature) }
        return told
    }

    private static func id(of episodes: [Episode], _ lines: SignatureLines) -> String {
        let start = episodes.map(\.start).min() ?? 0
        let first = episodes.lazy.flatMap(\.positions).map { lines.lines[Int($0)].index }.min() ?? 0
        return "\(Int(start))-\(first)"
    }

    private static func incident(
        _ id: String, _ episodes: [Episode], _ lines: SignatureLines, _ accounts: [AffectedAccount], tickets: [Ticket],
        _ severity: ImpactMeasure, _ sightings: LogSightings
    ) -> Incident {
        var indexes = PositionSet(below: sightings.lines.count)
        var signatures: [Int: Int] = [:]
        var deployments: [Int: Int] = [:]
        var places: [Int32: Int] = [:]
        for position in episodes.lazy.flatMap(\.positions) {
            let line = lines.lines[Int(position)]
            indexes.insert(line.index)
            signatures[Int(line.signature), default: 0] += 1
            if line.deployment >= 0 { deployments[Int(line.deployment), default: 0] += 1 }
            if line.place >= 0 { places[line.place, default: 0] += 1 }
        }
        var services: [String: Int] = [:]
        for (place, lines) in places { services[sightings.services[Int(place)], default: 0] += lines }
        services[""] = nil
        let arrived = indexes.positions
        let start = episodes.map(\.start).min() ?? 0
        let end = episodes.map(\.end).max() ?? 0
        let caused = Set(accounts.filter(\.isHurt).flatMap(\.tickets))
        return Incident(
            id: id, start: Instant(seconds: start), end: Instant(seconds: end),
            detectedAt: Instant(seconds: episodes.map(\.detectedAt).min() ?? end), signatures: mostFirst(signatures),
            deployments: mostFirst(deployments), lines: arrived, accounts: accounts,
            tickets: tickets.map(\.id).filter(caused.contains),
            impact: severity.impact(
                of: accounts, lines: arrived.count, start: start, end: end, functions: mostFirst(services),
                deployments: mostFirst(deployments)))
    }

    private static func mostFirst<Key: Hashable & Comparable>(_ counts: [Key: Int]) -> [Key] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
