internal import Algorithms

/// The hours at both ends of a log in which nothing is usual yet, seen from that end.
///
/// At the beginning what came later stands for the past: a rise is one backwards in time as well.
struct LearningTime {
    /// How much of what comes after the beginning stands for its past, in seconds.
    private static let reach = 86_400.0

    private let lines: [AccountLine]
    private let settings: RiseDetector.Settings
    /// When enough was heard since the first line, and before the last one; nil when it never is.
    private let begin: Double?
    private let end: Double?

    init(_ lines: [AccountLine], _ settings: RiseDetector.Settings = RiseDetector.Settings()) {
        self.lines = lines
        self.settings = settings
        begin = Self.learnt(lines.lazy.map(\.time), settings)
        end = Self.learnt(lines.lazy.reversed().map { -$0.time }, settings).map { -$0 }
    }

    private static func learnt(_ times: some Sequence<Double>, _ settings: RiseDetector.Settings) -> Double? {
        var heard = HeardTime()
        return times.first {
            heard.add($0)
            return heard.seconds(to: $0) > settings.warmUp
        }
    }

    /// The time of which neither what came before nor what came after tells what is usual; nil when there is none.
    var untold: (from: Double, to: Double)? {
        guard let first = lines.first?.time, let last = lines.last?.time else { return nil }
        let (from, to) = (end ?? first, begin ?? last)
        return from < to ? (from, to) : nil
    }

    /// The rises at the beginning.
    ///
    /// One that is much longer than the time that it takes to learn may as well be what was usual then, and is none.
    var rises: [Rise] {
        guard let begin else { return [] }
        var detector = RiseDetector(settings)
        let early = lines[..<lines.partitioningIndex { $0.time >= begin }]
        let signatures = Set(early.lazy.filter(\.isFailure).map(\.signature))
        for var line in lines[..<lines.partitioningIndex { $0.time > begin + Self.reach }].reversed() {
            line.time = -line.time
            if signatures.contains(line.signature) { detector.add(line) } else { detector.observe(line) }
        }
        detector.finish()
        return detector.rises.compactMap { rise in
            var mirrored = rise
            (mirrored.start, mirrored.end) = (-rise.end, -rise.start)
            mirrored.detectedAt = max(begin, mirrored.end)
            return mirrored.start < begin && mirrored.end < begin + settings.warmUp ? mirrored : nil
        }
    }
}
