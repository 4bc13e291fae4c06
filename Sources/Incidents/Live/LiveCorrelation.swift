internal import Glibc
public import Records

/// Brings log lines and open tickets together as they come: a new line meets the open tickets of its account, a new ticket meets what its account suffers.
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
        var isRising = false
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
        for ticket in tickets where ticket.resolvedAt == nil { _ = add(ticket) }
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
        var failure = own[line.signature] ?? Failure(first: line.time, last: line.time)
        if line.time - failure.last > Self.memory { failure = Failure(first: line.time, last: line.time) }
        failure.count += 1
        failure.last = max(failure.last, line.time)
        failure.isRising = isRising
        own[line.signature] = failure
        if own.count > Self.mostSignatures, let oldest = own.min(by: { $0.value.last < $1.value.last }) {
            own[oldest.key] = nil
        }
        failures[line.account] = own
        return failure
    }

    /// The odds of a failure that is no rise to be what a ticket is about are small, unless its words say so.
    private func probability(_ ticket: OpenTicket, _ signature: Int32, _ failure: Failure) -> Double {
        let apart = max(0, failure.first - ticket.openedAt, ticket.openedAt - failure.last)
        guard apart <= Self.memory else { return 0 }
        var odds = failure.isRising ? 0.5 : -2.0
        odds -= apart / 21_600
        if templates.indices.contains(Int(signature)) {
            let shared = templates[Int(signature)].reduce(0) { $0 + (ticket.words[$1] ?? 0) }
            odds += min(4, shared / weights.typical) - 1
        }
        return 1 / (1 + exp(-odds))
    }
}
