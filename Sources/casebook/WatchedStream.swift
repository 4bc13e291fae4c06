import Commands
import Glibc
import Incidents
import Logs
import Records

/// New lines on their way through the counts to warnings.
struct WatchedStream: ~Copyable {
    private var log: SightedLog
    private var lines: WatchedLines
    private var hasNewShapes = false
    /// The signatures that are counted.
    var signatures: [CountTable.Name] { lines.signatures }
    /// When warnings were looked for last.
    private var lookedAt: Int64 = 0
    private let tell: (WarningWatch.News) -> Void
    private var times = LatencyHistogram()

    /// The nanoseconds after which warnings are looked for while a minute is not over.
    private static let patience: Int64 = 1_000_000_000

    /// The records of the past whose customers are settled together.
    private static let part = 1 << 20

    /// Begins after the logs of a desk.
    init(
        _ desk: String, _ snoozed: [SnoozedSignature], _ calendar: BusinessCalendar?, redaction: RedactionOptions,
        telling tell: @escaping (WarningWatch.News) -> Void
    ) throws {
        let folder = DeskFolder(path: desk)
        let context = try Program.casebook("warnings").reporting {
            try folder.customers().context
        }
        let redactor = try redaction.redactor(for: "warnings", knowing: context)
        let directory = CustomerDirectory(context)
        directory.reportUnknownCustomers(of: desk, for: "warnings")
        let read = try Program.casebook("warnings").reporting {
            var past = Past(
                log: SightedLog(directory, redactor: redactor, observedTime: WallClock.nanoseconds),
                // What is known of usage tells nothing of the hours to come: rates are by ordinary lines.
                counts: TrendCounts(directory, releases: context.releases))
            let logs = try folder.logs()
            try RecordFile.readChunks(at: logs) { past.take($0) }
            past.end { $0.report(of: logs, for: "warnings") }
            return past
        }
        log = read.log
        let set = log.signatures
        lines = WatchedLines(
            after: read.counts, endingAt: read.clock.now,
            signatures: set?.signatures.map { CountTable.Name(id: $0.id.description, template: $0.template) } ?? [],
            signatureOfShape: set?.signatureOfShape ?? [], accounts: context.accounts, snoozed: snoozed,
            calendar: calendar, at: Instant(seconds: Double(WallClock.nanoseconds) / 1e9))
        self.tell = tell
    }

    /// The lines of the past, which are only counted.
    private struct Past: ~Copyable {
        var log: SightedLog
        var counts: TrendCounts
        var clock = StreamClock()
        init(log: consuming SightedLog, counts: TrendCounts) {
            self.log = log
            self.counts = counts
        }

        mutating func take(_ chunk: UnsafeRawBufferPointer) {
            log.read(chunk)
            if log.pending >= WatchedStream.part { count() }
        }

        mutating func end(telling tell: (LogFaults) -> Void) {
            log.flush()
            tell(log.faults)
            log.beginAnother(observedTime: WallClock.nanoseconds)
            count()
        }

        private mutating func count() {
            let sightings = log.takeSoFar().sightings
            for line in sightings.lines where line.time != LogSighting.noTime { clock.take(line) }
            counts.add(sightings)
        }
    }

    /// Takes new bytes of the log.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        log.observedTime = WallClock.nanoseconds
        log.read(bytes)
        count()
        if WallClock.nanoseconds - lookedAt >= Self.patience { look() }
    }

    /// Looks at what was taken since, as nothing has come for a while.
    mutating func rest() {
        log.flush()
        count()
        look()
    }

    /// Takes what is left, and says how long looking for warnings took.
    mutating func finish() -> String {
        count()
        look()
        let (repeats, ahead) = (lines.repeatedLines, lines.linesAhead)
        let leftOut =
            (repeats > 0 ? "\(repeats) lines were sent twice; " : "")
            + (ahead > 0 ? "\(ahead) lines were ahead of all others, and their time was not believed; " : "")
        return
            "\(lines.signatureCount) signatures; \(leftOut)looked \(times.count) times, 99 of 100 within \(times.p99) ms"
    }

    /// Counts what was read, minute by minute.
    private mutating func count() {
        let (sightings, shapes) = log.takeSoFar()
        if !shapes.isEmpty { hasNewShapes = true }
        lines.take(sightings)
        while let end = lines.countMinute() { look(at: end) }
    }

    private mutating func look(at time: Instant? = nil) {
        lookedAt = WallClock.nanoseconds
        if hasNewShapes, let set = log.signatures {
            lines.number(set.signatureOfShape) { signature in
                let own = set.signatures[Int(signature)]
                return CountTable.Name(id: own.id.description, template: own.template)
            }
        }
        hasNewShapes = false
        let news = lines.look(at: time)
        times.add(WallClock.nanoseconds - lookedAt)
        for item in news { tell(item) }
    }
}
