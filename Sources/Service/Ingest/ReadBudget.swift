import CDispatch
import Glibc

/// Keeps a process within a share of a processor and a rate of reading, by sleeping.
struct ReadBudget {
    /// Processor seconds a second; nil for no limit.
    let processors: Double?
    /// Bytes a second; nil for no limit.
    let rate: Double?
    private var start = (wall: Self.seconds(CLOCK_MONOTONIC), processor: Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
    private let isAskedToEnd: @Sendable () -> Bool
    private var bytes = 0.0

    init(processors: Double?, rate: Double?, unless isAskedToEnd: @escaping @Sendable () -> Bool) {
        self.processors = processors
        self.rate = rate
        self.isAskedToEnd = isAskedToEnd
    }

    /// Accounts for bytes that were read and sleeps as long as there was too much of something.
    mutating func spend(_ count: Int) {
        guard processors != nil || rate != nil else { return }
        bytes += Double(count)
        let wall = Self.seconds(CLOCK_MONOTONIC) - start.wall
        let processor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - start.processor
        let due = max(processors.map { processor / $0 } ?? 0, rate.map { bytes / $0 } ?? 0)
        if due > wall { sleep(due - wall) }
        // What was saved up while there was nothing to do is not spent later.
        if wall > Self.span { forget(wall) }
    }

    private static let span = 1.0

    private mutating func forget(_ wall: Double) {
        start = (Self.seconds(CLOCK_MONOTONIC), Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
        bytes = 0
    }

    /// Sleeps, or less when the program is asked to end.
    func sleep(_ seconds: Double) {
        var left = min(seconds, 3_600)
        while left > 0, !isAskedToEnd() {
            let step = min(left, 0.1)
            usleep(UInt32(step * 1e6))
            left -= step
        }
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
