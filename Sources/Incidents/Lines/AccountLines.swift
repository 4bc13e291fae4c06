internal import Algorithms
internal import Features
internal import Records

/// The lines of a log in order of time, each with its account, as far as that is known.
struct AccountLines {
    /// The lines; one that names several accounts stands once for each.
    let lines: [AccountLine]
    /// The lines that are left out: of times far from all others, or of a beginning with hardly a line (see ``HourCounts/dense``).
    let strays: Int

    /// The lines of a log whose accounts are looked for on one core.
    private static let part = 1 << 16

    init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        let clock = ClockOffsets(sightings)
        var resolver = LineResolver(directory)
        resolver.learn(sightings)
        let known = resolver
        let parts = concurrently(sightings.lines.count, by: Self.part) { range in
            var lines: [AccountLine] = []
            lines.reserveCapacity(range.count)
            for index in range {
                let line = sightings.lines[index]
                known.append(
                    line, of: sightings, index: Int32(truncatingIfNeeded: index), time: clock.seconds(of: line),
                    to: &lines)
            }
            return lines
        }
        var lines: [AccountLine] = []
        lines.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { lines += part }
        // Ties keep the order of arrival.
        lines.sort { ($0.time, $0.index) < ($1.time, $1.index) }
        let dense = Self.dense(lines)
        strays = [lines[..<dense.lowerBound], lines[dense.upperBound...]].reduce(0) { strays, lines in
            strays + lines.count { !$0.isRepeat }
        }
        if dense.count < lines.count { lines = Array(lines[dense]) }
        self.lines = lines
    }

    /// The positions of the lines that are no strays.
    private static func dense(_ lines: [AccountLine]) -> Range<Int> {
        var ofHours: [Int32: Int] = [:]
        var rest = lines[...]
        while let first = rest.first {
            let hour = hour(of: first)
            let end = rest.partitioningIndex { Self.hour(of: $0) > hour }
            ofHours[hour] = end - rest.startIndex
            rest = rest[end...]
        }
        guard let dense = HourCounts(ofHours).dense else { return 0..<0 }
        let begin = lines.partitioningIndex { hour(of: $0) >= dense.lowerBound }
        let end = lines.partitioningIndex { hour(of: $0) > dense.upperBound }
        return begin..<end
    }

    private static func hour(of line: AccountLine) -> Int32 {
        Int32(clamping: Int64((line.time / 3_600).rounded(.down)))
    }
}
