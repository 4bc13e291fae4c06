internal import Records
internal import Storage

extension SyncSession {
    /// Reads the tickets that a web hook has named.
    func readTouched() async throws(Stop) {
        guard breaker.notBefore(clock()) == nil else { return }
        let ids = takeTouched()
        do throws(Stop) {
            var step = SyncStep()
            step.unread = unread(try await readAgain(ids))
            try keep(step, isNews: false)
        } catch {
            for id in ids { touch(id) }
            throw error
        }
    }

    /// Reads some of the tickets that are still to be read.
    ///
    /// - Returns: Whether one was due.
    func readUnread() async throws(Stop) -> Bool {
        let (name, now) = (description.name, clock())
        guard breaker.notBefore(now) == nil else { return false }
        let due = try stored { () throws(StorageError) in
            try store.unreadTickets(of: name, dueAt: now, limit: Self.width)
        }
        guard !due.isEmpty else { return false }
        let yielding = Set(due.filter { $0.attempts >= Self.insistence }.map(\.remote))
        let left = try await readAgain(due.map(\.remote), yielding: yielding)
        for item in due where !left.contains(item.remote) { shown[item.remote] = nil }
        // What was given up says nothing.
        guard !Task.isCancelled else { return true }
        var step = SyncStep()
        step.unread = unread(left, of: due)
        step.read = due.map(\.remote).filter { !left.contains($0) }
        try keep(step, isNews: false)
        return true
    }

    /// What is kept of tickets that have to be read again.
    ///
    /// - Parameters:
    ///   - left: The tickets.
    ///   - known: What was kept of them before.
    func unread(_ left: Left, of known: [UnreadTicket] = []) -> [UnreadTicket] {
        let now = clock()
        let known = Dictionary(known.map { ($0.remote, $0) }, uniquingKeysWith: { first, _ in first })
        let failed = left.failed.map { remote, fault in
            var attempts = (known[remote]?.attempts ?? 0) + 1
            var wait = Backoff.seconds(after: attempts, asked: fault.retryAfter, random: random())
            if !fault.isPassing {
                // It takes a person, and until then it is asked for together, so that it is seen whether it is one or all.
                (attempts, wait) = (max(attempts, Self.mostReadings), Self.refusedPause)
            }
            return UnreadTicket(
                remote: remote, since: now, attempts: attempts, notBefore: Instant(seconds: now.seconds + wait),
                fault: redactor.redact(RawText(fault.description)))
        }
        return failed
            + left.outdated.map {
                UnreadTicket(remote: $0, since: now, attempts: known[$0]?.attempts ?? 0, notBefore: now)
            }
    }

    /// How often a ticket is tried with its history and its people.
    private static let insistence = 10
    /// The seconds after which what was refused is asked for again.
    private static let refusedPause = 3_600.0
    /// So many tickets are not all deleted; who sees none of them has lost the right to see them.
    private static let leastOfAll = 4
    /// The other tickets that are asked for before it is believed that some are gone.
    private static let witnesses = 3

    /// Reads tickets and merges them.
    ///
    /// - Parameters:
    ///   - ids: The tickets.
    ///   - yielding: Those of which history and people are not insisted on.
    /// - Returns: Those that have to be read once more.
    func readAgain(_ ids: [String], yielding: Set<String> = []) async throws(Stop) -> Left {
        guard !ids.isEmpty else { return Left() }
        var reading = begin()
        reading.isYielding = yielding
        defer { end(reading) }
        let system = system
        let results = await concurrently(ids) { id async -> (String, Result<RemoteTicket?, SystemFault>) in
            (id, await Asking.result(ofOneTicket: true) { () async throws(SystemFault) in try await system.ticket(id) })
        }
        var found: [RemoteTicket] = []
        var left = Left()
        let missing = results.count { $0.1 == .success(nil) || $0.1 == .failure(.missing) }
        // Who has lost the right to see tickets is told that they are not there.
        let isRefused = missing > 0 && missing == ids.count ? try await !canRead(otherThan: ids) : false
        if isRefused {
            note(
                redactor.redact(
                    RawText(
                        "\(description.name): none of \(missing) tickets is there any more; may they still be read?")))
        }
        for (id, result) in results {
            switch result {
            case .success(let ticket?): found.append(ticket)
            case .success(nil), .failure(.missing):
                if isRefused {
                    left.failed[id] = .missing
                } else if try !lost(id, reading) {
                    left.outdated.append(id)
                }
            case .failure(let fault): left.failed[id] = fault
            }
        }
        try answered(results.map(\.1).filter { $0 != .failure(.missing) })
        if !found.isEmpty {
            left.add(try await take(found, reading, areWhole: true))
        }
        return left
    }

    /// Whether a ticket can be read that was there when it was read last; where there is none, whether so few may all have been deleted.
    private func canRead(otherThan ids: [String]) async throws(Stop) -> Bool {
        let (name, system) = (description.name, system)
        let others = try stored { () throws(StorageError) in
            try store.lastRead(in: name, otherThan: Set(ids), limit: Self.witnesses)
        }
        for other in others {
            let answer = await Asking.result { () async throws(SystemFault) in try await system.ticket(other) }
            if answer.map({ $0 != nil }) == .success(true) { return true }
        }
        return others.isEmpty && ids.count < Self.leastOfAll
    }

    /// Takes note of the answers of one round; some that failed beside others that did not say little about the system.
    func answered<Value>(_ results: [Result<Value, SystemFault>]) throws(Stop) {
        var faults: [SystemFault] = []
        for result in results { if case .failure(let fault) = result { faults.append(fault) } }
        let told = faults.first { $0.stopsAll || $0.retryAfter.map { $0 > 0 } ?? false }
        for fault in faults { note(fault) }
        if let fault = told ?? (faults.count == results.count ? faults.first : nil) {
            try failed(fault)
        } else if !results.isEmpty {
            succeeded()
        }
    }

    /// A ticket is not there any more.
    ///
    /// - Returns: Whether note of it was taken; if not, it has to be read again.
    private func lost(_ id: String, _ reading: Reading) throws(Stop) -> Bool {
        if isPast(id, reading) { return false }
        let name = description.name
        let link = try stored { () throws(StorageError) in try store.links(to: [id], in: name) }[id]
        guard let link, link.fate == .present else { return true }
        var remote = RemoteTicket(link, in: description)
        (remote.fate, remote.resolvedAt) = (.deleted, clock())
        var step = arrival(reading).step(remote, messages: nil, known: try known(link, remote, []), people: .init())
        // No answer need have told the clock of the system before this one.
        step.links[0].readAt = system.now
        report.add(step.progress)
        try keep(step, isNews: true)
        return true
    }

    /// The tickets that have to be read again.
    struct Left {
        /// Those of which not all could be read, and why.
        var failed: [String: SystemFault] = [:]
        /// Those that were merged while they were read, so that what was read may be older.
        var outdated: [String] = []

        var isEmpty: Bool { failed.isEmpty && outdated.isEmpty }

        func contains(_ id: String) -> Bool { failed[id] != nil || outdated.contains(id) }

        mutating func add(_ other: Left) {
            failed.merge(other.failed) { $1 }
            outdated += other.outdated
        }
    }
}
