import Commands
import Glibc
import Incidents
import Logs
import Records

/// New lines and new tickets on their way through the correlation to standard output.
struct CorrelatedStream: ~Copyable {
    private var log: SightedLog
    private var found: NewMatches
    /// The signatures when a match was told last whose shape had none before.
    private var known: SignatureSet?
    private var lineTimes = LatencyHistogram()
    private var ticketTimes = LatencyHistogram()

    init(_ log: consuming SightedLog, _ found: NewMatches) {
        self.log = log
        self.found = found
    }

    /// Takes bytes of the past, of which nothing is told.
    mutating func learn(_ bytes: UnsafeRawBufferPointer) {
        log.read(bytes)
        _ = correlate()
    }

    /// Takes a new line with its line end, or a part of it.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        let begin = WallClock.nanoseconds
        log.read(line)
        let (matches, time) = correlate()
        if line.last == UInt8(ascii: "\n") { lineTimes.add(WallClock.nanoseconds - begin) }
        if let time { addTickets(openedBy: time) }
        tell(matches)
    }

    /// Takes the tickets that are left, and says how long all of it took.
    mutating func finish() -> String {
        addTickets(openedBy: Instant(seconds: .infinity))
        return "\(lineTimes.count) lines and \(ticketTimes.count) tickets; 99 of 100 lines within \(lineTimes.p99) ms, "
            + "tickets within \(ticketTimes.p99) ms"
    }

    private mutating func correlate() -> (matches: [LiveCorrelation.Match], time: Instant?) {
        let (sightings, shapes) = log.takeSoFar()
        return found.add(sightings, shapes: shapes)
    }

    private mutating func addTickets(openedBy time: Instant) {
        var begin = WallClock.nanoseconds
        while let matches = found.addTicket(openedBy: time) {
            ticketTimes.add(WallClock.nanoseconds - begin)
            tell(matches)
            begin = WallClock.nanoseconds
        }
    }

    private mutating func tell(_ matches: [LiveCorrelation.Match]) {
        for match in found.news(in: matches) {
            let signature = signature(of: match.signature)
            var line = JSONLineWriter(capacity: 256)
            line.object {
                $0.member("ticket", match.ticket)
                $0.member("signature", signature?.id.description)
                $0.member("template", signature?.template)
                $0.member("lines", Double(match.lines))
                $0.member("probability", match.probability)
            }
            line.literal("\n")
            line.bytes.withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }

    /// The signature of a shape; what is grouped otherwise later keeps the one that it had when it was told first.
    private mutating func signature(of shape: Int) -> Signature? {
        if shape >= known?.signatureOfShape.count ?? 0 { known = log.signatures }
        guard let known, shape < known.signatureOfShape.count else { return nil }
        return known.signatures[Int(known.signatureOfShape[shape])]
    }
}
