internal import Algorithms

/// The offsets of a time zone from UTC and when they change.
///
/// A fixed offset costs nothing to apply; a named zone is a binary search in its list of changes.
public struct ZoneRules: Sendable, Equatable {
    /// Coordinated universal time.
    public static let utc = ZoneRules(offset: 0)

    /// When the offset changes, in seconds since 1970 UTC, ascending.
    let changes: [Double]
    /// Seconds east of UTC: the first before any change, then one after each change.
    let offsets: [Int]

    /// A zone with one offset for all times.
    ///
    /// - Parameter offset: Seconds east of UTC.
    public init(offset: Int) {
        self.init(changes: [], offsets: [offset])
    }

    init(changes: [Double], offsets: [Int]) {
        self.changes = changes
        self.offsets = offsets
    }

    /// Seconds east of UTC at an instant.
    ///
    /// - Complexity: O(log k) for k changes.
    public func offset(at instant: Instant) -> Int {
        offsets[changesUp(to: instant.seconds)]
    }

    /// The instant at which a clock in the zone shows a civil time.
    ///
    /// A time that is shown twice, when clocks go back, is the first of the two. A time that is never shown, when
    /// clocks go forward, is moved forward by the length of the gap (the conventions of RFC 5545, section 3.3.5).
    ///
    /// - Complexity: O(log k) for k changes.
    public func instant(of civil: CivilTime) -> Instant {
        let local = civil.localSeconds
        guard !changes.isEmpty else { return Instant(seconds: local - Double(offsets[0])) }
        // No offset exceeds a day, so these two are the offsets before and after any change near the time.
        let before = offsets[changesUp(to: local - 86_400)]
        let after = offsets[changesUp(to: local + 86_400)]
        let early = local - Double(before)
        if before == after || offset(at: Instant(seconds: early)) == before { return Instant(seconds: early) }
        let late = local - Double(after)
        return Instant(seconds: offset(at: Instant(seconds: late)) == after ? late : early)
    }

    private func changesUp(to seconds: Double) -> Int { changes.partitioningIndex { $0 > seconds } }
}
