internal import Features
internal import Records

/// The lines of a log in order of time, each with its account, as far as that is known.
struct AccountLines {
    /// The lines; one that names several accounts stands once for each.
    let lines: [AccountLine]

    /// The lines of a log whose accounts are looked for on one core.
    private static let part = 1 << 16

    init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        var resolver = LineResolver(directory)
        self.init(sightings, &resolver)
    }

    /// Takes lines that go on where others ended, from which the resolver has learnt.
    init(_ sightings: LogSightings, _ resolver: inout LineResolver) {
        let clock = ClockOffsets(sightings)
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
        self.lines = lines
    }
}
