public import Records

/// Where reading goes on in a system whose changes are asked for by time: "from this time on, oldest first".
///
/// Such clocks have steps, so the time that was read last is asked for again and never what comes after it; the engine drops what it
/// had. Each page begins at the newest time of the one before, as rows that change while they are read move behind it and would move
/// others over the edge of a page. Only a page that holds one single time goes on by the token that the system gave, so that
/// reading always comes on. When all has been read, the next look begins a while before the newest change: a system may show a
/// change later than one with a newer time. Where an index may be later than that, a look begins further back from time to time.
public struct TimeCursor: Sendable, Hashable {
    /// The time from which on (inclusive) is asked.
    public private(set) var position: Instant
    /// Where the system goes on among the changes of that time; nil for its first page.
    public private(set) var token: String?
    /// The newest change that was read, never ahead of the clock; nil while nothing was read.
    ///
    /// No later look begins after it.
    public private(set) var newest: Instant?

    /// When a look began further back last; nil when none has.
    public private(set) var lookedBackAt: Instant?

    /// How late the index of a system may be.
    public struct Lateness: Sendable {
        /// The seconds for which the fields of a row may be newer than the place that it has in the order.
        public var unsettled: Double
        /// The seconds before the newest change at which a look begins that is to find what came late.
        public var lookBack: Double
        /// The seconds from one such look to the next.
        public var every: Double

        /// States how late it may be.
        public init(unsettled: Double, lookBack: Double, every: Double) {
            (self.unsettled, self.lookBack, self.every) = (unsettled, lookBack, every)
        }
    }

    /// Begins anew.
    ///
    /// - Parameter start: The time to begin at.
    public init(from start: Instant) {
        position = start
    }

    /// Goes on where a page ended; what cannot be read begins anew, as to read all again loses nothing.
    ///
    /// - Parameters:
    ///   - cursor: What ``feedCursor`` gave; nil for the beginning.
    ///   - start: The time to begin at.
    public init(_ cursor: FeedCursor?, from start: Instant) {
        self.init(from: start)
        guard let cursor, let json = try? JSON(bytes: Array(cursor.text.utf8)),
            let position = json["position"].text.flatMap({ Instant(iso8601: $0) })
        else { return }
        self.position = position
        token = json["token"].text
        newest = json["newest"].text.flatMap { Instant(iso8601: $0) }
        lookedBackAt = json["lookedBackAt"].text.flatMap { Instant(iso8601: $0) }
    }

    /// What is kept.
    public var feedCursor: FeedCursor {
        var members: [String: JSON] = ["position": .text(position.iso8601)]
        if let token { members["token"] = .text(token) }
        if let newest { members["newest"] = .text(newest.iso8601) }
        if let lookedBackAt { members["lookedBackAt"] = .text(lookedBackAt.iso8601) }
        return FeedCursor(JSON.object(members).string)
    }

    /// Where reading goes on after a page.
    ///
    /// - Parameters:
    ///   - times: The times of the changes on the page, in any order.
    ///   - token: Where the system goes on behind the page; nil when there is nothing more.
    ///   - overlap: The seconds before the newest change at which the next look begins when there is nothing more.
    ///   - now: The time.
    ///   - lateness: How late the index is; nil where rows are shown as they are.
    public func after(
        _ times: [Instant], token: String?, overlap: Double, at now: Instant, lateness: Lateness? = nil
    ) -> TimeCursor {
        var next = self
        let last = times.max()
        if let last {
            let seen = min(last, now)
            next.newest = newest.map { max($0, seen) } ?? seen
        }
        if let token {
            if let last = lateness.map({ settled(times, at: now, $0) }) ?? last, last > position {
                next.position = last
                next.token = nil
            } else {
                next.token = token
            }
        } else {
            var back = overlap
            if let lateness, (lookedBackAt?.seconds ?? 0) + lateness.every <= now.seconds {
                (back, next.lookedBackAt) = (lateness.lookBack, now)
            }
            next.position = next.newest.map { Instant(seconds: $0.seconds - back) } ?? position
            next.token = nil
        }
        return next
    }

    /// The newest time that is surely the one by which the rows are ordered; nil when there is none.
    ///
    /// In the midst of a long reading a row may show that it was changed just now, and would carry the reader past all that lies between.
    private func settled(_ times: [Instant], at now: Instant, _ lateness: Lateness) -> Instant? {
        if position.seconds >= now.seconds - 2 * lateness.unsettled { return times.max() }
        return times.filter { $0.seconds <= now.seconds - lateness.unsettled }.max()
    }
}
