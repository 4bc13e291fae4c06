import Commands
import Glibc
import Incidents
import Logs
import Records

/// New lines on their way through the counts to warnings.
struct WatchedStream: ~Copyable {
    private var log: SightedLog
    private var counts: TrendCounts
    private var watch: WarningWatch
    private var clock: StreamClock
    /// The signatures that are counted, and for each shape of the log the place of its own among them; -1 while it has none.
    private var names: [CountTable.Name]
    private var numbers: [Int32]
    private var hasNewShapes = false
    /// The minute that is being counted.
    private var minute: Int
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
        _ desk: String, _ snoozed: [SnoozedSignature], redaction: RedactionOptions,
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
                log: SightedLog(directory, redactor: redactor, observedTime: StandardInput.now),
                // What is known of usage tells nothing of the hours to come: rates are by ordinary lines.
                counts: TrendCounts(directory, releases: context.releases))
            let logs = try folder.logs()
            try RecordFile.readChunks(at: logs) { past.take($0) }
            past.end { $0.report(of: logs, for: "warnings") }
            return past
        }
        log = read.log
        counts = read.counts
        let set = log.signatures
        names = set?.signatures.map { CountTable.Name(id: $0.id.description, template: $0.template) } ?? []
        numbers = set?.signatureOfShape ?? []
        let past = counts.take(names, numbers: numbers).withoutStrays().table
        // Lines of clocks that are wrong are no time of the past.
        let end = past.hours.map { Double($0.upperBound + 1) * 3_600 - 1 }
        let now = Double(StandardInput.now) / 1e9
        clock = StreamClock(at: Instant(seconds: min(end ?? now, read.clock.now?.seconds ?? now)))
        watch = WarningWatch(past, accounts: context.accounts, snoozed: snoozed, at: clock.now ?? Instant(seconds: now))
        minute = Int((clock.now?.seconds ?? now) / 60)
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
            log.beginAnother(observedTime: StandardInput.now)
            count()
        }

        private mutating func count() {
            let sightings = log.takeSoFar().sightings
            for line in sightings.lines where line.time != LogSighting.noTime { clock.take(Double(line.time) / 1e9) }
            counts.add(sightings)
        }
    }

    /// Takes new bytes of the log.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        log.observedTime = StandardInput.now
        log.read(bytes)
        count()
        if StandardInput.now - lookedAt >= Self.patience { look() }
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
        let repeats = counts.repeatedLines
        return
            "\(names.count) signatures; \(repeats > 0 ? "\(repeats) lines were sent twice; " : "")looked \(times.count) times, 99 of 100 within \(times.p99) ms"
    }

    /// Counts what was read, minute by minute.
    private mutating func count() {
        let (sightings, shapes) = log.takeSoFar()
        if !shapes.isEmpty { hasNewShapes = true }
        var part = sightings
        part.lines = []
        for line in sightings.lines {
            let time = line.time == LogSighting.noTime ? line.observedTime : min(line.time, line.observedTime)
            clock.take(Double(time) / 1e9)
            let next = clock.now.map { Int($0.seconds / 60) } ?? minute
            if next > minute {
                counts.add(part)
                part.lines = []
                // What belongs to the last minute of an hour is looked at in that hour.
                look(at: Instant(seconds: Double(minute + 1) * 60 - 0.001))
                minute = next
            }
            part.lines.append(line)
        }
        counts.add(part)
    }

    private mutating func look(at time: Instant? = nil) {
        lookedAt = StandardInput.now
        guard let now = time ?? clock.now else { return }
        if hasNewShapes { number() }
        let news = watch.add(counts.take(names, numbers: numbers), at: now)
        times.add(StandardInput.now - lookedAt)
        for item in news { tell(item) }
    }

    /// Finds the signatures of new shapes: one that is counted already where they are of it, else one of their own.
    private mutating func number() {
        hasNewShapes = false
        guard let set = log.signatures else { return }
        numbers += [Int32](repeating: -1, count: max(0, set.signatureOfShape.count - numbers.count))
        var known: [Int32: Int32] = [:]
        for (shape, signature) in set.signatureOfShape.enumerated() where numbers[shape] >= 0 {
            known[signature] = numbers[shape]
        }
        for (shape, signature) in set.signatureOfShape.enumerated() where numbers[shape] < 0 && signature >= 0 {
            if known[signature] == nil {
                known[signature] = Int32(truncatingIfNeeded: names.count)
                let own = set.signatures[Int(signature)]
                names.append(CountTable.Name(id: own.id.description, template: own.template))
            }
            numbers[shape] = known[signature] ?? -1
        }
    }
}
