internal import Algorithms
internal import Glibc

/// How often a signature came in a scope: the counts of the last day by minute, and what was before as a fading sum.
struct SignaturePast: Sendable {
    /// The minutes that are kept apart.
    static let recentMinutes: Int32 = 1_440
    /// The time in which the past loses half its weight, in seconds.
    private static let halfLife = 14 * 86_400.0

    struct Minute: BitwiseCopyable {
        var minute: Int32
        /// The lines up to its end; only differences are told.
        fileprivate var sum: Int32
    }

    private(set) var recent: [Minute] = []
    private var head = 0
    /// The lines up to the minutes that are kept apart.
    private var before: Int32 = 0
    private var old = 0.0
    private var oldMinute: Int32 = 0
    /// The seconds that count for no past, those of rises, and the minute of which that is their weight.
    private var excluded = (seconds: 0.0, minute: Int32.min)

    /// Adds a line; lines come in order of time.
    mutating func add(minute: Int32) {
        if let last = recent.indices.last, last >= head, recent[last].minute == minute {
            recent[last].sum &+= 1
        } else {
            recent.append(Minute(minute: minute, sum: total &+ 1))
        }
        while head < recent.count, recent[head].minute <= minute &- Self.recentMinutes {
            fade(to: recent[head].minute)
            old += Double(recent[head].sum &- before)
            before = recent[head].sum
            head += 1
        }
        if head > 64, head * 2 > recent.count {
            recent.removeFirst(head)
            head = 0
        }
    }

    /// Takes the lines since a minute of the last day out of the past, as a rise begins with them.
    mutating func exclude(since minute: Int32) {
        while let last = recent.last, recent.count > head, last.minute >= minute { recent.removeLast() }
    }

    /// Takes the seconds of a rise up to a minute out of the past, of whose lines it has none.
    mutating func exclude(seconds: Double, to minute: Int32) {
        excluded = (excludedSeconds(at: minute) + seconds, minute)
    }

    /// The seconds up to a minute that count for no past, the older ones at less weight.
    func excludedSeconds(at minute: Int32) -> Double {
        Self.faded(excluded.seconds, by: max(0, Double(minute) - Double(excluded.minute)) * 60)
    }

    /// Begins anew: all that is known are lines at a rate up to a minute, and no other of the seconds that were heard counts.
    mutating func restart(rate: Double, seconds: Double, heard: Double, at minute: Int32) {
        let weight = Self.weight(of: seconds)
        self = SignaturePast()
        (old, oldMinute) = (rate * weight, minute)
        excluded = (max(0, heard - weight), minute)
    }

    /// The last minute that had a line; the least number when none had.
    var last: Int32 { recent.last?.minute ?? .min }

    /// The minutes of the last day that had a line, the newest last.
    var minutes: ArraySlice<Minute> { recent[head...] }

    /// The lines of the last day from a minute on.
    ///
    /// - Complexity: O(log minutes).
    func lines(since minute: Int32) -> Double { Double(total &- sum(before: minute)) }

    /// The begin of the first minute of the last day that had a line in a time or after it; that time when none had.
    func first(since time: Double) -> Double {
        let minute = Traffic.minute(time)
        let first = minutes[minutes.partitioningIndex { $0.minute >= minute }...].first
        return first.map { Double($0.minute) * 60 } ?? time
    }

    /// The lines before a minute, the older ones at less weight.
    ///
    /// - Complexity: O(log minutes).
    func lines(before minute: Int32) -> Double {
        old * weight(from: oldMinute, to: minute) + Double(sum(before: minute) &- before)
    }

    private var total: Int32 { recent.count > head ? recent[recent.count - 1].sum : before }

    private func sum(before minute: Int32) -> Int32 {
        let place = minutes.partitioningIndex { $0.minute >= minute }
        return place > head ? recent[place - 1].sum : before
    }

    /// The seconds that weigh as much as so many before a time do.
    static func weight(of seconds: Double) -> Double {
        let rate = log(2) / halfLife
        return (1 - exp(-rate * max(0, seconds))) / rate
    }

    /// What a weight is after so many seconds.
    static func faded(_ weight: Double, by seconds: Double) -> Double { weight * exp2(-seconds / halfLife) }

    private mutating func fade(to minute: Int32) {
        old *= weight(from: oldMinute, to: minute)
        oldMinute = minute
    }

    private func weight(from: Int32, to: Int32) -> Double {
        old == 0 ? 1 : Self.faded(1, by: Double(to &- from) * 60)
    }
}
