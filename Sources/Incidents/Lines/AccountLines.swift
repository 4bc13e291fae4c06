internal import Records

/// The lines of a log in order of time, each with its account, as far as that is known.
struct AccountLines {
    /// The lines; one that names several accounts stands once for each.
    let lines: [AccountLine]

    init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        let clock = ClockOffsets(sightings)
        var resolver = LineResolver(directory)
        for line in sightings.lines { resolver.learn(line, of: sightings) }
        var lines: [AccountLine] = []
        lines.reserveCapacity(sightings.lines.count)
        for (index, line) in sightings.lines.enumerated() {
            resolver.append(
                line, of: sightings, index: Int32(truncatingIfNeeded: index), time: clock.seconds(of: line), to: &lines)
        }
        // Ties keep the order of arrival.
        lines.sort { ($0.time, $0.index) < ($1.time, $1.index) }
        self.lines = lines
    }
}
