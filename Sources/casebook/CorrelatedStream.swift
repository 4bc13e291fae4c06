import Glibc
import Incidents
import Logs
import Records

/// New lines and new tickets on their way through the correlation.
struct CorrelatedStream: ~Copyable {
    private var log: SightedLog
    private var correlation: LiveCorrelation
    /// Those still to come, the last first.
    private var tickets: [Ticket]
    private var templates: [String] = []
    private var told: Set<LiveCorrelation.Match> = []
    private var lineTimes = LatencyHistogram()
    private var ticketTimes = LatencyHistogram()

    /// The most matches that are remembered as told.
    private static let mostTold = 1 << 20

    init(_ log: consuming SightedLog, _ correlation: LiveCorrelation, tickets: [Ticket]) {
        self.log = log
        self.correlation = correlation
        self.tickets = tickets.sorted { ($1.openedAt.seconds, $1.id) < ($0.openedAt.seconds, $0.id) }
    }

    /// Takes bytes of the past, of which nothing is told.
    mutating func learn(_ bytes: UnsafeRawBufferPointer) {
        log.read(bytes)
        _ = correlate()
    }

    /// Takes a new line with its line end, or a part of it.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        let begin = StandardInput.now
        log.read(line)
        let (matches, time) = correlate()
        if line.last == UInt8(ascii: "\n") { lineTimes.add(StandardInput.now - begin) }
        addTickets(until: time)
        tell(matches)
    }

    /// Takes the tickets that are left, and says how long all of it took.
    mutating func finish() -> String {
        addTickets(until: .infinity)
        return "\(lineTimes.count) lines and \(ticketTimes.count) tickets; 99 of 100 lines within \(lineTimes.p99) ms, "
            + "tickets within \(ticketTimes.p99) ms"
    }

    /// - Returns: What belongs together, and the time of the last line.
    private mutating func correlate() -> (matches: [LiveCorrelation.Match], time: Double) {
        let (sightings, shapes) = log.takeSoFar()
        for shape in shapes {
            templates.append(shape.string)
            correlation.addSignature(template: shape.string)
        }
        var matches: [LiveCorrelation.Match] = []
        for line in sightings.lines { matches += correlation.add(line, of: sightings) }
        let last = sightings.lines.last { $0.time != LogSighting.noTime }?.time
        return (matches, last.map { Double($0) / 1e9 } ?? -.infinity)
    }

    private mutating func addTickets(until time: Double) {
        while let ticket = tickets.last, ticket.openedAt.seconds <= time {
            tickets.removeLast()
            let begin = StandardInput.now
            let matches = correlation.add(ticket)
            ticketTimes.add(StandardInput.now - begin)
            tell(matches)
        }
    }

    private mutating func tell(_ matches: [LiveCorrelation.Match]) {
        for match in matches {
            var key = match
            (key.lines, key.probability) = (0, 0)
            guard told.count < Self.mostTold, told.insert(key).inserted else { continue }
            var line = JSONLineWriter(capacity: 256)
            line.object {
                $0.member("ticket", match.ticket)
                $0.member("signature", match.signature < templates.count ? templates[match.signature] : "")
                $0.member("lines", Double(match.lines))
                $0.member("probability", match.probability)
            }
            line.literal("\n")
            line.bytes.withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }
}
