internal import Records

/// The faults of late, by which one that goes on is told once, and again when it comes back.
struct RecentFaults {
    /// The seconds after which a fault is over that was not noted any more: nothing waits as long that is tried again.
    private static let memory = 7_200.0
    /// The most faults; of more, those that were noted last.
    private static let most = 100

    private var notedAt: [String: Instant] = [:]

    /// Takes note of a fault, and tells whether it was not among those of late.
    mutating func isNew(_ fault: String, at now: Instant) -> Bool {
        let last = notedAt.updateValue(now, forKey: fault)
        if notedAt.count > Self.most, let oldest = notedAt.min(by: { $0.value < $1.value }) {
            notedAt[oldest.key] = nil
        }
        return last.map { now.seconds - $0.seconds > Self.memory } ?? true
    }
}
