import Glibc
internal import Logs
internal import Records
internal import Storage

/// Reads logs and hands their records to the counter, within a budget.
struct IngestRun {
    private(set) var report = IngestReport()
    private let service: IngestService
    private let settings: IngestService.Settings
    private var known: KnownSources
    private var budget: ReadBudget
    private var blocks = 0
    private var logs: [Int: OpenLog] = [:]
    /// The files that were read to their end or are open, so that a folder's new ones are found.
    private var seen: Set<LogFile.ID> = []
    /// The files in folders that are no logs.
    private var leftOut: Set<LogFile.ID> = []
    private var hasOpenedInput = false
    private let handoff: Handoff

    private static let block = 1 << 19
    private static let pollInterval = 0.25

    init(
        _ service: IngestService, _ settings: IngestService.Settings, known: [LogSource], _ handoff: Handoff
    ) {
        self.service = service
        self.settings = settings
        self.handoff = handoff
        self.known = KnownSources(known)
        budget = ReadBudget(
            processors: settings.processors, rate: settings.rate, unless: service.isAskedToEnd)
    }

    /// Reads everything, or on and on when the settings say so.
    mutating func read() throws(StorageError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
        defer { buffer.deallocate() }
        var hasNew = false
        repeat {
            hasNew = openNewLogs()
            var isIdle = true
            for slot in logs.keys.sorted() {
                guard let log = logs[slot] else { continue }
                if try advance(log, buffer) { isIdle = false }
                if service.isAskedToEnd() { break }
            }
            if settings.follow, isIdle { budget.sleep(Self.pollInterval) }
        } while !service.isAskedToEnd() && (settings.follow || hasNew || !logs.isEmpty)
        for log in logs.values { close(log) }
        report.copies = known.copyCount
    }

    /// Reads one log as far as it goes; false when there was nothing.
    private mutating func advance(_ log: OpenLog, _ buffer: UnsafeMutableRawBufferPointer) throws(StorageError) -> Bool
    {
        var hasRead = false
        var delivery = Delivery(slot: log.slot)
        if log.wasEmptied() {
            seen.remove(log.file.id)
            try end(log, &delivery, isGone: true)
            return true
        }
        while !service.isAskedToEnd() {
            handoff.refill(&delivery.batch)
            blocks += 1
            let isBehind = settings.shed.map { log.backlog > $0 } ?? false
            guard
                let (bytes, passed) = log.read(
                    into: &delivery.batch, buffer, isPassing: isBehind && blocks % 16 != 0, at: service.clock(),
                    unless: service.isAskedToEnd)
            else {
                report.unreadable.append(log.file.path)
                service.tell(.unreadable(path: log.file.path, .refused(errno)))
                try end(log, &delivery, isGone: false)
                return hasRead
            }
            if bytes == 0 {
                let isGone = log.file.wasReplaced || !log.file.isRegular
                if !settings.follow || isGone {
                    if service.isAskedToEnd() { return hasRead }
                    try end(log, &delivery, isGone: isGone)
                } else {
                    let isFlushed = log.flushIfIdle(into: &delivery.batch, at: service.clock())
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
    private mutating func end(_ log: OpenLog, _ delivery: inout Delivery, isGone: Bool) throws(StorageError) {
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

    private func give(_ log: OpenLog, _ delivery: inout Delivery, isNews: Bool) throws(StorageError) {
        delivery.source = isNews ? log.known() : nil
        delivery.time = service.clock()
        if let failure = handoff.give(&delivery) { throw failure }
        delivery.slot = log.slot
    }

    /// Begins to read the logs that were not seen yet; false when there is none.
    private mutating func openNewLogs() -> Bool {
        var files: [LogFile] = []
        var present: [LogFile.ID: String] = [:]
        let own = Set(ownFiles.compactMap(LogFile.ID.init(path:)))
        for path in settings.paths where path != LogFile.standardInput {
            let found = LogFile.files(at: path)
            if let kind = LogFile.otherKind(at: path) {
                refuse(path, .noFile(kind: kind))
            } else if found.isEmpty, !settings.follow, access(path, R_OK) != 0 {
                refuse(path, .refused(errno))
            }
            for (name, id) in found where present.updateValue(name, forKey: id) == nil && !seen.contains(id) {
                // Those for which there is no room are found again when others have ended.
                guard logs.count + files.count < LogFile.mostOpen, !leftOut.contains(id) else { continue }
                guard let file = LogFile(opening: name) else {
                    refuse(name, .refused(errno))
                    continue
                }
                if let obstacle = obstacle(file, own) {
                    if name == path { refuse(name, obstacle) } else { leaveOut(file, obstacle) }
                } else {
                    files.append(file)
                }
            }
        }
        leftOut.formIntersection(present.keys)
        let input = openInput()
        if let input, input.isRegular {
            if let obstacle = obstacle(input, own) { refuse("standard input", obstacle) } else { files.append(input) }
            present[input.id] = present[input.id] ?? input.path
        }
        for log in logs.values where !files.isEmpty { known.note(log) }
        let claims = known.claim(files, among: present, at: service.clock())
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
            open(file, found.slot, found.claim, [])
            hasNew = true
        }
        if let input, !input.isRegular {
            let start = firstBytes(of: input)
            let found = known.claim(input, named: settings.inputName, start: start)
            open(input, found.slot, found.claim, start)
            hasNew = true
        }
        return hasNew
    }

    /// Standard input, the first time that it is asked for and if it is to be read.
    private mutating func openInput() -> LogFile? {
        guard settings.paths.contains(LogFile.standardInput), !hasOpenedInput else { return nil }
        hasOpenedInput = true
        let input = LogFile(opening: LogFile.standardInput)
        if input == nil { refuse("standard input", .refused(errno)) }
        return input
    }

    private mutating func open(_ file: LogFile, _ slot: Int, _ claim: KnownSources.Claim, _ start: [UInt8]) {
        if let log = OpenLog.open(file, slot: slot, claim, start: start, settings, at: service.clock()) {
            logs[slot] = log
        } else {
            refuse(file.path, .unknownFormat)
        }
    }

    /// What this run has and writes itself: read as logs, the store would feed itself for ever.
    private var ownFiles: [String] {
        ["", "-wal", "-shm", "-journal"].map { service.store.path + $0 } + settings.ownFiles
    }

    /// Why a file is not read as a log; nil when it is.
    private func obstacle(_ file: LogFile, _ own: Set<LogFile.ID>) -> IngestService.Obstacle? {
        if own.contains(file.id) { return .own }
        if file.isRegular, LogStream.isUTF16(file.start) { return .utf16 }
        return settings.format == nil && LogStream.isBinary(file.start) ? .binary : nil
    }

    private mutating func leaveOut(_ file: LogFile, _ obstacle: IngestService.Obstacle) {
        guard leftOut.insert(file.id).inserted else { return }
        service.tell(.leftOut(path: file.path, obstacle))
        report.leftOut += 1
    }

    private mutating func refuse(_ path: String, _ obstacle: IngestService.Obstacle) {
        guard !report.unreadable.contains(path) else { return }
        service.tell(.unreadable(path: path, obstacle))
        report.unreadable.append(path)
    }

    /// The beginning of a pipe, as much as tells it.
    private func firstBytes(of file: LogFile) -> [UInt8] {
        var start: [UInt8] = []
        withUnsafeTemporaryAllocation(byteCount: LogStream.headBytes, alignment: 16) { buffer in
            while start.count < LogStream.headBytes, let count = file.read(into: buffer, unless: service.isAskedToEnd),
                count > 0
            {
                start += buffer[..<count]
            }
        }
        return start
    }
}
