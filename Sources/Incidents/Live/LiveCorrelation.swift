internal import Glibc
public import Records

/// Brings log lines and open tickets together as they come: a new line meets the open tickets of its account, a new ticket meets what its account suffers.
///
/// A ticket comes because of a failure or anyhow. Accounts that a rise hurts write as ``TicketMatching`` has it. Of a failure that is no rise each line makes
/// an account write at most as often as it writes at all for all of its failing lines, so that what an account always has explains no ticket by itself, and
/// what it hardly ever has may. Words that the ticket shares with the failure count as they do there.
///
/// Everything is in memory and bounded: ``mostOpenTickets``, ``mostSignatures`` of an account, and keys as many as ``KeyOwners`` holds.
/// A line costs O(open tickets of its account), a ticket O(signatures of its account).
public struct LiveCorrelation: Sendable {
    /// The most tickets that are open at a time; the oldest is forgotten first.
    public static let mostOpenTickets = 100_000
    /// The most failing signatures of an account; the one that was seen last longest ago is forgotten first.
    public static let mostSignatures = 64
    /// Failures before a ticket that are looked at, and after it, in seconds.
    private static let memory = 48 * 3_600.0

    /// A ticket and a signature of its account that likely belong together.
    public struct Match: Sendable, Hashable {
        /// The id of the ticket.
        public var ticket: String
        /// The number of the signature.
        public var signature: Int
        /// The failing lines of the signature for the account so far, in its memory of two days.
        public var lines: Int
        /// How likely the ticket is about it, 0...1.
        public var probability: Double
    }

    private struct Failure {
        var count = 0
        var first: Double
        var last: Double
        var recent = RecentLines()
        /// When the last rise began and was seen last.
        var rise: (first: Double, last: Double)?

        init(at time: Double) { (first, last) = (time, time) }
    }

    /// What is usual of an account.
    private struct Usual {
        var tickets = 0
        /// Its failing lines that were no rise, and those of them that are recent.
        private var (lines, recent) = (0.0, RecentLines())

        /// The failing lines that came before the present trouble.
        func linesBefore(_ time: Double) -> Double { lines - recent.count(at: time) }

        mutating func addLine(at time: Double) {
            lines += 1
            recent.add(time)
        }
    }

    /// Lines, each of which counts ever less as time goes on.
    private struct RecentLines {
        private var count = 0.0
        private var last = -Double.infinity

        func count(at time: Double) -> Double { count * exp(-max(0, time - last) / TicketMatching.writing.delay) }

        mutating func add(_ time: Double) {
            count = count(at: time) + 1
            last = max(last, time)
        }
    }

    private struct OpenTicket {
        var account: Int32
        var openedAt: Double
        var words: [String: Double]
    }

    private let directory: CustomerDirectory
    private let weights: WordWeights
    private var templates: [Set<String>] = []
    private var open: [String: OpenTicket] = [:]
    private var openOrder: [String] = []
    private var openOfAccount: [Int32: [String]] = [:]
    private var failures: [Int32: [Int32: Failure]] = [:]
    private var usual: [Int32: Usual] = [:]
    private var opened = OpeningTimes()
    private var logged = LoggedTime()
    private var detector = RiseDetector()
    private var resolver: LineResolver

    /// Begins with the tickets so far.
    ///
    /// - Parameters:
    ///   - directory: The customers.
    ///   - tickets: Closed tickets, which say how usual a word is, and those that are open.
    public init(directory: CustomerDirectory, tickets: [Ticket]) {
        self.directory = directory
        weights = WordWeights(tickets.map(TicketMatching.words))
        resolver = LineResolver(directory)
        for ticket in tickets { countOpening(of: ticket) }
        for ticket in tickets where ticket.resolvedAt == nil { _ = meet(ticket) }
    }

    private mutating func countOpening(of ticket: Ticket) {
        guard let id = ticket.account, let index = directory.accountIndex[id] else { return }
        opened.add(ticket.openedAt.seconds)
        usual[Int32(truncatingIfNeeded: index), default: Usual()].tickets += 1
    }

    /// Takes the template of the next number of a signature.
    public mutating func addSignature(template: String) {
        templates.append(TextWords.words(of: template))
    }

    /// Takes a line and tells which open tickets it likely explains.
    ///
    /// - Parameters:
    ///   - line: The line; lines come about in the order of time.
    ///   - sightings: What holds its mentions and keys.
    public mutating func add(_ line: LogSighting, of sightings: LogSightings) -> [Match] {
        var matches: [Match] = []
        for line in resolver.resolve(line, of: sightings) {
            let isRising = detector.add(line)
            logged.add(line.time)
            guard line.isFailure, line.account >= 0, line.signature >= 0 else { continue }
            let failure = count(line, isRising)
            for id in openOfAccount[line.account] ?? [] {
                guard let ticket = open[id] else { continue }
                let probability = probability(ticket, line.signature, failure)
                if probability >= 0.5 {
                    matches.append(
                        Match(
                            ticket: id, signature: Int(line.signature), lines: failure.count, probability: probability))
                }
            }
        }
        return matches
    }

    /// Takes a new ticket and tells which failures of its account it is likely about, the likeliest first.
    public mutating func add(_ ticket: Ticket) -> [Match] {
        countOpening(of: ticket)
        return meet(ticket)
    }

    private mutating func meet(_ ticket: Ticket) -> [Match] {
        guard let id = ticket.account, let index = directory.accountIndex[id] else { return [] }
        let account = Int32(truncatingIfNeeded: index)
        let item = OpenTicket(
            account: account, openedAt: ticket.openedAt.seconds, words: weights.weighted(TicketMatching.words(ticket)))
        if open.updateValue(item, forKey: ticket.id) == nil {
            openOrder.append(ticket.id)
            openOfAccount[account, default: []].append(ticket.id)
        }
        while open.count > Self.mostOpenTickets, !openOrder.isEmpty { close(openOrder.removeFirst()) }
        return (failures[account] ?? [:]).compactMap { signature, failure in
            let probability = probability(item, signature, failure)
            guard probability >= 0.5 else { return nil }
            return Match(ticket: ticket.id, signature: Int(signature), lines: failure.count, probability: probability)
        }.sorted { ($1.probability, $0.signature) < ($0.probability, $1.signature) }
    }

    /// Takes a ticket out that is no longer open.
    public mutating func close(_ ticket: String) {
        guard let item = open.removeValue(forKey: ticket) else { return }
        openOfAccount[item.account]?.removeAll { $0 == ticket }
    }

    private mutating func count(_ line: AccountLine, _ isRising: Bool) -> Failure {
        var own = failures[line.account] ?? [:]
        var failure = own[line.signature] ?? Failure(at: line.time)
        if line.time - failure.last > Self.memory { failure = Failure(at: line.time) }
        failure.count += 1
        failure.recent.add(line.time)
        failure.last = max(failure.last, line.time)
        if isRising {
            let isSame = failure.rise.map { line.time - $0.last <= TicketMatching.writing.delay } ?? false
            failure.rise = (isSame ? failure.rise?.first ?? line.time : line.time, line.time)
        } else {
            usual[line.account, default: Usual()].addLine(at: line.time)
        }
        own[line.signature] = failure
        if own.count > Self.mostSignatures, let oldest = own.min(by: { $0.value.last < $1.value.last }) {
            own[oldest.key] = nil
        }
        failures[line.account] = own
        return failure
    }

    /// The probability that a ticket came because of a failure.
    private func probability(_ ticket: OpenTicket, _ signature: Int32, _ failure: Failure) -> Double {
        func apart(_ first: Double, _ last: Double) -> Double {
            max(0, first - ticket.openedAt, ticket.openedAt - last)
        }
        let distance = apart(failure.first, failure.last)
        guard distance <= Self.memory else { return 0 }
        let usual = usual[ticket.account] ?? Usual()
        let rate = TicketMatching.usual(usual.tickets, in: opened.seconds)
        let delay = TicketMatching.writing.delay
        let perLine = min(
            TicketMatching.writing.chance, rate * logged.seconds / max(1, usual.linesBefore(ticket.openedAt)))
        var hazard = perLine * failure.recent.count(at: failure.last) * exp(-distance / delay) / delay
        if let rise = failure.rise {
            let span = delay + rise.last - rise.first
            hazard = max(hazard, TicketMatching.writing.chance * exp(-apart(rise.first, rise.last) / delay) / span)
        }
        var odds = hazard / rate
        if templates.indices.contains(Int(signature)) {
            let shared = templates[Int(signature)].reduce(0) { $0 + (ticket.words[$1] ?? 0) }
            odds *= exp(min(3, shared / weights.typical - 0.5))
        }
        return odds / (1 + odds)
    }
}

/// The first and the last opening of tickets, in seconds.
private struct OpeningTimes {
    private var first = Double.infinity
    private var last = -Double.infinity

    /// A day at least, as less tells nothing of what is usual.
    var seconds: Double { max(86_400, last - first) }

    mutating func add(_ time: Double) {
        first = min(first, time)
        last = max(last, time)
    }
}

/// How long lines have come, without the jumps of wrong clocks.
private struct LoggedTime {
    private static let longestGap = 48 * 3_600.0
    private var last: Double?
    private(set) var seconds = 86_400.0

    mutating func add(_ time: Double) {
        if let last { seconds += min(max(0, time - last), Self.longestGap) }
        last = time
    }
}
