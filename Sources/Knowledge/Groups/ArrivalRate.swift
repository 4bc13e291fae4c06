internal import Records
internal import Statistics

/// How often cases come at present and how often they came before, on a whole desk, against which its issues are held.
struct ArrivalRate: Sendable {
    /// The days that are looked at, the most that they are compared with, and the fewest: shorter ones tell too little.
    private static let recentDays = 14.0
    private static let mostPastDays = 56.0
    private static let leastPastDays = 14.0
    private static let improbable = 0.05
    /// The fewest recent cases of an issue that grows.
    private static let leastRecent = 3

    private let now: Double
    /// The days before the recent ones that the desk has cases of.
    private let pastDays: Double
    private let desk: (recent: Int, past: Int)

    /// Counts the cases of a desk.
    ///
    /// - Parameters:
    ///   - times: When they were opened, in seconds.
    ///   - now: As of when; later ones do not count.
    init(_ times: [Double], now: Double) {
        self.now = now
        let history = (now - (times.min() ?? now)) / Instant.day
        pastDays = min(Self.mostPastDays, history - Self.recentDays)
        desk = Self.counts(times, now: now)
    }

    private static func counts(_ times: [Double], now: Double) -> (recent: Int, past: Int) {
        let start = now - recentDays * Instant.day
        return (
            times.count { $0 > start && $0 <= now },
            times.count { $0 > start - mostPastDays * Instant.day && $0 <= start }
        )
    }

    /// Whether some of the cases came in the last two weeks alone.
    func isNew(_ times: [Double]) -> Bool { times.allSatisfy { $0 > now - Self.recentDays * Instant.day } }

    /// Whether some of the cases come more often than they did, and more so than the others do.
    ///
    /// Both by exact tests: the rate by that before, and the shares of recent cases among these and among the others. A desk with less than four weeks of
    /// history cannot tell.
    func isGrowing(_ times: [Double]) -> Bool {
        let own = Self.counts(times, now: now)
        let others = (desk.recent - own.recent, desk.past - own.past)
        guard own.recent >= Self.leastRecent, pastDays >= Self.leastPastDays,
            let ratio = RateRatio(
                events: own.recent, exposure: Self.recentDays, otherEvents: own.past, otherExposure: pastDays),
            ratio.midPValueGreater < Self.improbable
        else { return false }
        // Where there is one issue alone, there is nothing to hold it against.
        guard others != (0, 0) else { return true }
        return FisherExactTest((own.recent, own.past), others).map { $0.midPValueGreater < Self.improbable } ?? false
    }
}
