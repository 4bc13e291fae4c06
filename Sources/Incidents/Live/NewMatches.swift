public import Records

/// What new lines and new tickets have to do with each other, each ticket and signature told once.
///
/// Memory is that of the ``LiveCorrelation``, of the tickets that are still to come and of ``mostTold`` matches.
public struct NewMatches: Sendable {
    /// The most matches that are remembered as told; nothing is told after them.
    public static let mostTold = 1 << 20

    private var correlation: LiveCorrelation
    /// Those still to come, the last first.
    private var tickets: [Ticket]
    private var told: Set<LiveCorrelation.Match> = []

    /// Goes on with a correlation that knows no signature yet.
    ///
    /// - Parameters:
    ///   - correlation: What is known.
    ///   - tickets: The tickets that are still to come, in any order.
    public init(_ correlation: LiveCorrelation, tickets: [Ticket]) {
        self.correlation = correlation
        self.tickets = tickets.sorted { ($1.openedAt.seconds, $1.id) < ($0.openedAt.seconds, $0.id) }
    }

    /// Takes the next lines.
    ///
    /// - Parameters:
    ///   - sightings: What they say, with the numbers of their shapes for signatures.
    ///   - shapes: The shapes that came with them, in the order of their numbers.
    /// - Returns: The open tickets that they likely explain, and the time of the last of them that has one; nil where none has.
    public mutating func add(
        _ sightings: LogSightings, shapes: [RedactedText]
    ) -> (matches: [LiveCorrelation.Match], time: Instant?) {
        for shape in shapes { correlation.addSignature(template: shape.string) }
        var matches: [LiveCorrelation.Match] = []
        for line in sightings.lines { matches += correlation.add(line, of: sightings) }
        let last = sightings.lines.last { $0.time != LogSighting.noTime }?.time
        return (matches, last.map { Instant(seconds: Double($0) / 1e9) })
    }

    /// Takes the next ticket, as far as it was opened by a time.
    ///
    /// - Returns: The signatures that it is likely about; nil where no ticket was opened by then.
    public mutating func addTicket(openedBy time: Instant) -> [LiveCorrelation.Match]? {
        guard let ticket = tickets.last, ticket.openedAt <= time else { return nil }
        tickets.removeLast()
        return correlation.add(ticket)
    }

    /// Those of some matches whose ticket and signature were not asked for before.
    public mutating func news(in matches: [LiveCorrelation.Match]) -> [LiveCorrelation.Match] {
        matches.filter { match in
            var key = match
            (key.lines, key.probability) = (0, 0)
            return told.count < Self.mostTold && told.insert(key).inserted
        }
    }
}
