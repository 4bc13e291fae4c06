public import Records
internal import Storage

extension SyncSession {
    /// What a session does again and again, each beside the others, as none may wait for another.
    private enum Work: Sendable {
        /// Reads what web hooks have named, and writes notes.
        case hooks
        case sending
        case feed(from: Instant)
        /// Reads what is left to be read.
        case unread
        case reconciling
        /// Waits until nothing is left to be done.
        case ending(at: Instant)
    }

    /// The seconds for which nothing is sent while the feed tells what has become of the tickets meanwhile.
    private static let patience = 10.0
    /// The seconds between two looks at the outbox and at what web hooks have named.
    private static let idle = 0.02
    /// The seconds after which a page of the feed that could not be taken in is read again.
    private static let pause = 0.5
    /// The seconds after which a session that goes on for good looks at all open tickets again.
    private static let betweenReconciliations = Instant.day
    /// How often a session that comes to an end tries to read a ticket.
    static let mostReadings = 6

    /// Goes on until nothing is left to be read or sent, or no more than what may not be sent before some time after `deadline`.
    ///
    /// What could not be read many times is tried once more and then left to the next session.
    ///
    /// - Parameters:
    ///   - start: What changed before this time is not read when nothing was ever read of this system.
    ///   - deadline: When to stop at the latest.
    /// - Throws: ``Stop``; ``Stop/system(_:)`` too where the feed was refused, after what can be sent was.
    public func catchUp(from start: Instant, until deadline: Instant) async throws(Stop) {
        isRead = false
        refusal = nil
        isCatchingUp = true
        begunAt = clock()
        sendingFrom = Instant(seconds: begunAt.seconds + Self.patience)
        try await beside(
            [.ending(at: deadline), .hooks, .sending, .feed(from: start), .unread], isTryingAgain: false)
        if let refusal { throw .system(refusal) }
    }

    /// Goes on until the task is cancelled; a system that refuses everything is asked again after a while.
    ///
    /// - Throws: ``Stop``; ``Stop/system(_:)`` at the end where everything, or the feed, was refused to the last.
    public func run(from start: Instant) async throws(Stop) {
        isCatchingUp = false
        sendingFrom = Instant(seconds: clock().seconds + Self.patience)
        try await beside([.hooks, .sending, .feed(from: start), .unread, .reconciling], isTryingAgain: true)
        if let fault = lockout ?? refusal { throw .system(fault) }
    }

    /// Does several things at a time; the end of one is the end of all.
    private func beside(_ works: [Work], isTryingAgain: Bool) async throws(Stop) {
        isEnding = false
        try recallAnswered()
        let results = await withTaskGroup(of: Result<Void, Stop>.self) { group in
            for work in works {
                group.addTask {
                    do throws(Stop) {
                        return .success(try await self.goOn(work, isTryingAgain: isTryingAgain))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var results: [Result<Void, Stop>] = []
            for await result in group {
                results.append(result)
                isEnding = true
                group.cancelAll()
            }
            return results
        }
        for result in results { try result.get() }
    }

    /// Does something again and again until it ends, the task is cancelled or the store fails.
    private func goOn(_ work: Work, isTryingAgain: Bool) async throws(Stop) {
        while !Task.isCancelled {
            do throws(Stop) {
                guard try await isGoingOn(work) else { return }
            } catch {
                guard isTryingAgain else { throw error }
                switch error {
                // It was noted, and nothing is asked before a while has passed.
                case .system: break
                // Whoever erases or tidies up is done after a while.
                case .store(.busy): await rest(seconds: 1)
                case .store: throw error
                }
            }
        }
    }

    /// Does something once.
    ///
    /// - Returns: Whether it is to be done again.
    private func isGoingOn(_ work: Work) async throws(Stop) -> Bool {
        switch work {
        case .hooks: try await serve()
        case .sending:
            let mayBegin = sendingFrom.map { $0 <= clock() } ?? true
            let hasSent = mayBegin ? try await sendToTheEnd() : false
            await rest(seconds: hasSent ? 0 : Self.idle)
        case .feed(let start): try await follow(from: start)
        case .unread:
            let hasRead = try await readUnread()
            await rest(seconds: hasRead ? 0 : Self.idle)
        case .reconciling:
            let (name, now) = (description.name, clock())
            if reconciledAt == nil {
                reconciledAt = try stored { () throws(StorageError) in
                    try store.lastReconciliation(of: name, at: now)
                }
            }
            if let reconciledAt, now.seconds - reconciledAt.seconds > Self.betweenReconciliations { try reconcile() }
            await rest(seconds: 1)
        case .ending(let deadline):
            if try isOver(before: deadline) { return false }
            await rest(seconds: Self.idle)
        }
        return true
    }

    /// Sends what waits.
    ///
    /// What is under way when the session ends is let finish where half of it may be done already: a request to a system that carries it out in several, or
    /// goes on with it though nobody waits any more.
    private func sendToTheEnd() async throws(Stop) -> Bool {
        isSending = true
        defer { isSending = false }
        let sending = Task { () async -> Result<Bool, Stop> in
            do throws(Stop) {
                return .success(try await self.send())
            } catch {
                return .failure(error)
            }
        }
        let grace = min(system.traits.longestRequest, Sending.unattended)
        let result = await withTaskCancellationHandler {
            await sending.value
        } onCancel: {
            Task {
                try? await Task.sleep(for: .seconds(grace))
                sending.cancel()
            }
        }
        return try result.get()
    }

    private func serve() async throws(Stop) {
        guard isWaiting else { return await rest(seconds: Self.idle) }
        isServing = true
        defer { isServing = false }
        try await readTouched()
        try await enrich()
        if breaker.notBefore(clock()) != nil { await rest(seconds: Self.idle) }
    }

    /// Whether there is something to be read at once, or a note to be written.
    private var isWaiting: Bool { !touched.isEmpty || !due.isEmpty || !reviewed.isEmpty }

    /// Whether nothing is left to be done, or nothing that may be done before the deadline.
    private func isOver(before deadline: Instant) throws(Stop) -> Bool {
        let now = clock()
        if now >= deadline { return true }
        // What is under way waits for its own answer, which is no reason to think that nothing can be done before the deadline.
        guard !isSending else { return false }
        if let closed = breaker.notBefore(now), closed >= deadline { return true }
        guard isRead || refusal != nil, !isWaiting, !isServing else { return false }
        let (name, begunAt) = (description.name, begunAt)
        let (unread, next) = try stored { () throws(StorageError) in
            (
                try store.unreadCount(of: name, triedFewerThan: Self.mostReadings, orDueAt: begunAt),
                try store.nextSending(to: name)
            )
        }
        guard unread == 0 else { return false }
        return next.map { max($0, sendingFrom ?? now) >= deadline } ?? true
    }

    /// Reads the next page of the feed when it is due.
    private func follow(from start: Instant) async throws(Stop) {
        // Who is to come to an end does not wait for the next look to see that messages have arrived.
        let interval =
            isCatchingUp && !unseen.isEmpty
            ? min(Sending.settling, system.traits.feedInterval) : system.traits.feedInterval
        let isDue = lookedAt.map { clock().seconds - $0.seconds >= interval } ?? true
        var hasFailed = false
        if !isRead || isDue {
            let read = try await readFeed(from: start)
            hasFailed = read == nil
            // A look that was given up says nothing.
            if !Task.isCancelled { isRead = read ?? false }
        }
        if isRead { sendingFrom = nil }
        let now = clock()
        if let closed = breaker.notBefore(now) {
            await rest(seconds: min(1, closed.seconds - now.seconds))
        } else if refusal != nil {
            await rest(seconds: system.traits.feedInterval)
        } else if hasFailed {
            await rest(seconds: Self.pause)
        } else if isRead {
            await rest(seconds: Self.idle)
        }
    }

    private func rest(seconds: Double) async {
        // Even nothing is waited for, so that the other work has its turn.
        try? await Task.sleep(for: .milliseconds(Int64(max(0, seconds) * 1_000) + 1))
    }
}
