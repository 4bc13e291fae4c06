import ArgumentParser
import Commands
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
    /// Whether the store knows accounts that records could name.
    private let hasAccounts: Bool
    private var known: KnownSources
    private var budget: ReadBudget
    private var blocks = 0
    private var logs: [Int: OpenLog] = [:]
    /// The files that were read to their end or are open, so that a folder's new ones are found.
    private var seen: Set<LogFile.ID> = []
    /// The files in folders that are no logs.
    private var leftOut: Set<LogFile.ID> = []
    private var hasOpenedInput = false
    private let handoff = Handoff()

    private static let block = 1 << 19
    private static let pollInterval = 0.25

    init(_ options: Ingest, known: [LogSource], hasAccounts: Bool) {
        self.options = options
        self.hasAccounts = hasAccounts
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
        let result = Result { try read() }
        if handoff.failure == nil { handoff.finish() }
        report.recordsWithoutScope = handoff.unplaced.ofNoScope
        if hasAccounts { report.recordsWithoutAccount = handoff.unplaced.ofNoAccount }
        report.copies = known.copyCount
        try result.get()
        if handoff.failure != nil { throw failed() }
    }

    private mutating func read() throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
        defer { buffer.deallocate() }
        var hasNew = false
        repeat {
            hasNew = try openNewLogs()
            var isIdle = true
            for slot in logs.keys.sorted() {
                guard let log = logs[slot] else { continue }
                if try advance(log, buffer) { isIdle = false }
                if Stop.isAsked { break }
            }
            if options.follow, isIdle { ReadBudget.sleep(Self.pollInterval) }
        } while !Stop.isAsked && (options.follow || hasNew || !logs.isEmpty)
        for log in logs.values { close(log) }
    }

    /// Reads one log as far as it goes; false when there was nothing.
    private mutating func advance(_ log: OpenLog, _ buffer: UnsafeMutableRawBufferPointer) throws -> Bool {
        var hasRead = false
        var delivery = Delivery(slot: log.slot)
        if log.wasEmptied() {
            seen.remove(log.file.id)
            try end(log, &delivery, isGone: true)
            return true
        }
        while !Stop.isAsked {
            handoff.refill(&delivery.batch)
            blocks += 1
            let isBehind = options.shed.map { log.backlog > $0 << 20 } ?? false
            guard let (bytes, passed) = log.read(into: &delivery.batch, buffer, isPassing: isBehind && blocks % 16 != 0)
            else {
                report.unreadable.append(log.file.path)
                StandardInput.say("casebook ingest: \(log.file.path): \(String(cString: strerror(errno)))")
                try end(log, &delivery, isGone: false)
                return hasRead
            }
            if bytes == 0 {
                let isGone = log.file.wasReplaced || !log.file.isRegular
                if !options.follow || isGone {
                    if Stop.isAsked { return hasRead }
                    try end(log, &delivery, isGone: isGone)
                } else {
                    let isFlushed = log.flushIfIdle(into: &delivery.batch)
                    try give(log, &delivery, isNews: isFlushed)
                }
                return hasRead
            }
            hasRead = true
            delivery.passed = passed
            try give(log, &delivery, isNews: true)
            budget.spend(bytes)
        }
        return hasRead
    }

    /// - Parameter isGone: Whether the file was emptied or has lost its name, so that another one may go on with its source.
    private mutating func end(_ log: OpenLog, _ delivery: inout Delivery, isGone: Bool) throws {
        log.finish(into: &delivery.batch)
        try give(log, &delivery, isNews: true)
        close(log)
        logs[log.slot] = nil
        if isGone { known.release(log.slot) }
    }

    private mutating func close(_ log: OpenLog) {
        known.note(log)
        report.add(log.counts, log.faults, of: log.file.path)
    }

    private func give(_ log: OpenLog, _ delivery: inout Delivery, isNews: Bool) throws {
        delivery.source = isNews ? log.known() : nil
        delivery.time = WallClock.nanoseconds
        guard handoff.give(&delivery) else { throw failed() }
        delivery.slot = log.slot
    }

    private func failed() -> ExitCode {
        Program.casebook("ingest").failure(handoff.failure ?? "counting failed", EX_IOERR)
    }

    /// Begins to read the logs that were not seen yet; false when there is none.
    private mutating func openNewLogs() throws -> Bool {
        var files: [LogFile] = []
        var present: [LogFile.ID: String] = [:]
        let own = Set(ownFiles.compactMap(LogFile.ID.init(path:)))
        for path in options.paths where path != LogFile.standardInput {
            let found = LogFile.files(at: path)
            if let kind = LogFile.otherKind(at: path) {
                refuse(
                    path,
                    "is \(kind), and of what it holds nothing could be read again; use ingest - < FILE --name NAME")
            } else if found.isEmpty, !options.follow, access(path, R_OK) != 0 {
                refuse(path, String(cString: strerror(errno)))
            }
            for (name, id) in found where present.updateValue(name, forKey: id) == nil && !seen.contains(id) {
                // Those for which there is no room are found again when others have ended.
                guard logs.count + files.count < LogFile.mostOpen, !leftOut.contains(id) else { continue }
                guard let file = LogFile(opening: name) else {
                    refuse(name, String(cString: strerror(errno)))
                    continue
                }
                if let reason = reasonAgainst(file, own) {
                    if name == path { refuse(name, reason) } else { leaveOut(file, reason) }
                } else {
                    files.append(file)
                }
            }
        }
        leftOut.formIntersection(present.keys)
        let input = openInput()
        if let input, input.isRegular {
            if let reason = reasonAgainst(input, own) { refuse("standard input", reason) } else { files.append(input) }
            present[input.id] = present[input.id] ?? input.path
        }
        for log in logs.values where !files.isEmpty { known.note(log) }
        let claims = known.claim(files, among: present)
        // The number of a file that is gone may come again for another one.
        seen.formIntersection(present.keys)
        seen.formUnion(logs.values.map(\.file.id))
        var hasNew = false
        for (file, found) in zip(files, claims) {
            guard let found else { continue }
            seen.insert(file.id)
            // A copy was read so far of what is read as the log itself now.
            if let copy = logs.removeValue(forKey: found.slot) {
                report.add(copy.counts, copy.faults, of: copy.file.path)
                seen.remove(copy.file.id)
            }
            try open(file, found.slot, found.claim, [])
            hasNew = true
        }
        if let input, !input.isRegular {
            let start = firstBytes(of: input)
            let found = known.claim(input, named: options.name, start: start)
            try open(input, found.slot, found.claim, start)
            hasNew = true
        }
        return hasNew
    }

    /// Standard input, the first time that it is asked for and if it is to be read.
    private mutating func openInput() -> LogFile? {
        guard options.paths.contains(LogFile.standardInput), !hasOpenedInput else { return nil }
        hasOpenedInput = true
        let input = LogFile(opening: LogFile.standardInput)
        if input == nil { refuse("standard input", String(cString: strerror(errno))) }
        return input
    }

    private mutating func open(_ file: LogFile, _ slot: Int, _ claim: KnownSources.Claim, _ start: [UInt8]) throws {
        if let log = try OpenLog.open(file, slot: slot, claim, start: start, options.log) {
            logs[slot] = log
        } else {
            refuse(file.path, "was read before as a format that is not known here")
        }
    }

    /// What this command has and writes itself: read as logs, the store would feed itself for ever.
    private var ownFiles: [String] {
        let store = options.options.store
        return ["", "-wal", "-shm", "-journal"].map { store + $0 } + options.options.redaction.paths
            + [options.log.fields].compactMap(\.self)
    }

    /// Why a file is not read as a log; nil when it is.
    private func reasonAgainst(_ file: LogFile, _ own: Set<LogFile.ID>) -> String? {
        if own.contains(file.id) { return "is a file of this command, and no log" }
        if file.isRegular, LogStream.isUTF16(file.start) {
            return "is in UTF-16, in which no place can be kept: pack it with gzip, or write it in UTF-8"
        }
        return options.log.format == nil && LogStream.isBinary(file.start) ? "is binary, and no log" : nil
    }

    private mutating func leaveOut(_ file: LogFile, _ reason: String) {
        guard leftOut.insert(file.id).inserted else { return }
        StandardInput.say("casebook ingest: \(file.path) is left out: it \(reason)")
        report.leftOut += 1
    }

    private mutating func refuse(_ path: String, _ reason: String) {
        guard !report.unreadable.contains(path) else { return }
        StandardInput.say("casebook ingest: \(path): \(reason)")
        report.unreadable.append(path)
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
