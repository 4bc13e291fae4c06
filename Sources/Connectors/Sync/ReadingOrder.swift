/// Which tickets were merged while a reading was under way: what that reading says of them may be older than what is known.
///
/// Several readings may be under way at a time; what none of them can need is forgotten.
struct ReadingOrder {
    /// A reading, by when it began.
    struct Beginning: Hashable, Comparable {
        fileprivate let place: Int

        static func < (one: Self, other: Self) -> Bool { one.place < other.place }
    }

    private var count = 0
    private var underWay: Set<Beginning> = []
    private var merged: [String: Int] = [:]

    /// Begins a reading.
    mutating func begin() -> Beginning {
        count += 1
        let beginning = Beginning(place: count)
        underWay.insert(beginning)
        return beginning
    }

    /// Ends a reading.
    mutating func end(_ reading: Beginning) {
        underWay.remove(reading)
        guard let first = underWay.min() else { return merged = [:] }
        if reading < first { merged = merged.filter { $0.value > first.place } }
    }

    /// Takes note that a ticket is known as it was just now.
    mutating func merge(_ remote: String) {
        guard !underWay.isEmpty else { return }
        count += 1
        merged[remote] = count
    }

    /// Whether a ticket was merged since a reading began.
    func isMerged(_ remote: String, since reading: Beginning) -> Bool {
        merged[remote].map { $0 > reading.place } ?? false
    }
}
