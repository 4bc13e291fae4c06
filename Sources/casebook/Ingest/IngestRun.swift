import ArgumentParser
import FoundationEssentials
import Glibc
import Logs
import Records
import Storage

import class Foundation.Thread

/// Reads logs and hands their records to the counter, within a budget.
struct IngestRun {
    private(set) var report = IngestReport()
    private let options: Ingest
    private var known: KnownSources
    private var budget: ReadBudget
    private var slots = 0
    private var blocks = 0
    /// The files that were read to their end or are open, so that a folder's new ones are found.
    private var seen: Set<LogFile.ID> = []
    private var hasOpenedInput = false
    private let handoff = Handoff()

    private static let block = 1 << 19
    private static let pollInterval = 0.25

    init(_ options: Ingest, known: [LogSource]) {
        self.options = options
        self.known = KnownSources(known)
        budget = ReadBudget(processors: options.cpu.map { $0 / 100 }, rate: options.rate.map { $0 * 1e6 })
    }

    /// Reads everything, or on and on when the options say so.
    mutating func run(into store: TenantStore, _ counter: EventCounter) throws {
        let handoff = handoff
        Thread.detachNewThread {
            var sink = EventSink(handoff, store, counter)
            sink.run()
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
        defer { buffer.deallocate() }
        defer { if handoff.failure == nil { handoff.finish() } }
        var logs: [Int: OpenLog] = [:]
        var hasNew = false
        repeat {
            let new = try newLogs(besides: logs.values.map(\.file.id))
            hasNew = !new.isEmpty
            for log in new { logs[log.slot] = log }
            var isIdle = true
            for slot in logs.keys.sorted() {
                guard let log = logs[slot] else { continue }
                if try advance(log, buffer) { isIdle = false }
                if log.isEnded { logs[slot] = nil }
                if Stop.isAsked { break }
            }
            if options.follow, isIdle { ReadBudget.sleep(Self.pollInterval) }
        } while !Stop.isAsked && (options.follow || hasNew || !logs.isEmpty)
        for log in logs.values { close(log) }
    }

    /// Reads one log as far as it goes; false when there was nothing.
    private mutating func advance(_ log: OpenLog, _ buffer: UnsafeMutableRawBufferPointer) throws -> Bool {
        var hasRead = false
        while !Stop.isAsked {
            var batch = handoff.batch()
            blocks += 1
            let isBehind = options.shed.map { log.backlog > $0 << 20 } ?? false
            guard let (bytes, passed) = log.read(into: &batch, buffer, isPassing: isBehind && blocks % 16 != 0) else {
                report.unreadable.append(log.file.path)
                StandardInput.say("casebook ingest: \(log.file.path): \(String(cString: strerror(errno)))")
                try end(log, batch)
                return hasRead
            }
            if bytes == 0 {
                let isGone = log.file.wasReplaced || log.wasEmptied || !log.file.isRegular
                if !options.follow || isGone {
                    if Stop.isAsked { return hasRead }
                    if log.wasEmptied { seen.remove(log.file.id) }
                    try end(log, batch)
                } else {
                    let isFlushed = log.flushIfIdle(into: &batch)
                    try give(log, batch, passed: 0, isNews: isFlushed)
                }
                return hasRead
            }
            hasRead = true
            try give(log, batch, passed: passed, isNews: true)
            budget.spend(bytes)
        }
        return hasRead
    }

    private mutating func end(_ log: OpenLog, _ batch: consuming LogBatch) throws {
        var batch = batch
        log.finish(into: &batch)
        log.isEnded = true
        try give(log, batch, passed: 0, isNews: true)
        close(log)
    }

    private mutating func close(_ log: OpenLog) {
        report.add(log.counts, log.faults, of: log.file.path)
    }

    private func give(_ log: OpenLog, _ batch: LogBatch, passed: Int64, isNews: Bool) throws {
        let delivery = Delivery(
            slot: log.slot, source: isNews ? log.known() : nil, batch: batch, passed: passed,
            time: StandardInput.now)
        guard handoff.give(delivery) else {
            StandardInput.say("casebook ingest: \(handoff.failure ?? "counting failed")")
            throw ExitCode(EX_IOERR)
        }
    }

    /// The logs that were not seen yet.
    ///
    /// - Parameter reading: The files that are being read.
    private mutating func newLogs(besides reading: [LogFile.ID]) throws -> [OpenLog] {
        var files: [LogFile] = []
        var present: Set<LogFile.ID> = []
        for path in options.paths where path != LogFile.standardInput {
            let found = LogFile.files(at: path)
            if found.isEmpty, !options.follow, access(path, R_OK) != 0 { refuse(path) }
            for (name, id) in found where !seen.contains(id) && !present.contains(id) {
                // Those for which there is no room are found again when others have ended.
                guard reading.count + files.count < LogFile.mostOpen else { break }
                present.insert(id)
                if let file = LogFile(opening: name) { files.append(file) } else { refuse(name) }
            }
            present.formUnion(found.lazy.map(\.id).filter(seen.contains))
        }
        // The number of a file that is gone may come again for another one.
        seen = present.union(reading)
        if options.paths.contains(LogFile.standardInput), !hasOpenedInput {
            hasOpenedInput = true
            if let file = LogFile(opening: LogFile.standardInput) {
                files.append(file)
            } else {
                refuse("standard input")
            }
        }
        let claimed = known.claim(files.filter(\.isRegular))
        var logs: [OpenLog] = []
        for (file, source) in zip(files.filter(\.isRegular), claimed) { try open(file, file.path, source, [], &logs) }
        for file in files where !file.isRegular {
            let start = firstBytes(of: file)
            try open(file, options.name, known.claim(streamNamed: options.name, start: start), start, &logs)
        }
        return logs
    }

    private mutating func open(
        _ file: LogFile, _ name: String, _ source: LogSource?, _ start: [UInt8], _ logs: inout [OpenLog]
    ) throws {
        let log =
            try source.map { try OpenLog.resumed(file, slot: slots, name: name, $0, start: start, options.log) }
            ?? OpenLog.new(file, slot: slots, name: name, start: start, options.log)
        guard let log else {
            StandardInput.say("casebook ingest: \(name): was read before as a format that is not known here")
            report.unreadable.append(name)
            return
        }
        slots += 1
        logs.append(log)
    }

    private mutating func refuse(_ path: String) {
        let reason = String(cString: strerror(errno))
        if !report.unreadable.contains(path) {
            StandardInput.say("casebook ingest: \(path): \(reason)")
            report.unreadable.append(path)
        }
    }

    /// The beginning of a pipe, as much as tells it.
    private func firstBytes(of file: LogFile) -> [UInt8] {
        var start: [UInt8] = []
        withUnsafeTemporaryAllocation(byteCount: LogStream.headBytes, alignment: 16) { buffer in
            while start.count < LogStream.headBytes, let count = file.read(into: buffer), count > 0 {
                start += buffer[..<count]
            }
        }
        return start
    }
}
