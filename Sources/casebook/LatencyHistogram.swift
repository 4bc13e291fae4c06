/// How long things took, in steps of a microsecond up to a tenth of a second.
struct LatencyHistogram {
    private var counts = [Int](repeating: 0, count: 100_001)
    private(set) var count = 0

    mutating func add(_ nanoseconds: Int64) {
        counts[Int(min(100_000, max(0, nanoseconds / 1_000)))] += 1
        count += 1
    }

    /// The milliseconds that 99 of 100 keep within.
    var p99: Double {
        var seen = 0
        for (microseconds, number) in counts.enumerated() {
            seen += number
            if 100 * seen >= 99 * count { return Double(microseconds + 1) / 1_000 }
        }
        return 0
    }
}
