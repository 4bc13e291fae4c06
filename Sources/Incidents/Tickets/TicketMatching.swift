internal import Glibc
internal import Records

/// Which tickets an incident likely caused, by account, time and words.
struct TicketMatching {
    /// The chance that a hurt account writes, and the mean delay with which it does, in seconds.
    static let writing = (chance: 0.25, delay: 6 * 3_600.0)
    /// What a ticket may come too early, as clocks and first lines are uncertain, in seconds.
    private static let early = 900.0
    /// After so long a ticket is about something else, in seconds.
    private static let late = 48 * 3_600.0

    /// Tickets without a word of the incident that are thought of beside those that there are.
    private static let otherTickets = 10

    let tickets: [Ticket]
    /// For each account the indexes of its tickets in order of opening.
    private let ofAccount: [Int32: [Int]]
    private let words: [Set<String>]
    private let weights: WordWeights
    private let seconds: Double

    init(_ tickets: [Ticket], _ directory: CustomerDirectory) {
        self.tickets = tickets.sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        var ofAccount: [Int32: [Int]] = [:]
        for (index, ticket) in self.tickets.enumerated() {
            guard let id = ticket.account, let account = directory.accountIndex[id] else { continue }
            ofAccount[Int32(truncatingIfNeeded: account), default: []].append(index)
        }
        self.ofAccount = ofAccount
        words = self.tickets.map(Self.words)
        weights = WordWeights(words)
        seconds = max(
            86_400, (self.tickets.last?.openedAt.seconds ?? 0) - (self.tickets.first?.openedAt.seconds ?? 0))
    }

    /// The words of a ticket.
    static func words(_ ticket: Ticket) -> Set<String> {
        TextWords.words(of: ticket.subject).union(TextWords.words(of: ticket.body)).union(
            TextWords.words(of: ticket.category))
    }

    /// How the words of tickets fit an incident.
    struct Fit {
        /// For each ticket the log likelihood ratio of its words: by the incident to about anything else.
        let ratios: [Double]

        /// The same, but nothing where all tickets have the same: words that nobody uses tell nothing of who writes.
        var amongTickets: Fit {
            ratios.allSatisfy { $0 == ratios.first } ? Fit(ratios: ratios.map { _ in 0 }) : self
        }
    }

    /// Compares all tickets with the words of an incident.
    func fit(_ incident: Set<String>) -> Fit {
        let scores = words.map { set in set.reduce(0) { $0 + (incident.contains($1) ? weights[$1] : 0) } }
        guard !scores.isEmpty else { return Fit(ratios: []) }
        // Nearly all tickets are about other things, so their scores are what chance gives; a few tickets alone do not tell it.
        let sorted = (scores + [Double](repeating: 0, count: Self.otherTickets)).sorted()
        let median = sorted[sorted.count / 2]
        let spread = max(1.0, sorted[sorted.count * 9 / 10] - median)
        return Fit(ratios: scores.map { min(max(($0 - median) / spread - 0.5, -0.7), 3) })
    }

    /// Whether any account has written.
    var hasTickets: Bool { !ofAccount.isEmpty }

    /// The tickets of accounts that are known.
    var writtenTickets: Int { ofAccount.values.reduce(0) { $0 + $1.count } }

    /// How many of them come anyway, as ``candidates(_:start:end:_:)`` takes it.
    var usualTickets: Double { (Double(writtenTickets) + 0.5 * Double(ofAccount.count)) / 1.5 }

    /// How many tickets of an account of so many come anyway in a second.
    static func usual(_ tickets: Int, in seconds: Double) -> Double { (Double(tickets) + 0.5) / (seconds * 1.5) }

    /// Whether an account has written at all.
    func hasTickets(_ account: Int32) -> Bool { ofAccount[account] != nil }

    /// The tickets of an account in the time of an incident, with the odds that it caused each to that it would have come anyway.
    func candidates(_ account: Int32, start: Double, end: Double, _ fit: Fit) -> [(index: Int, odds: Double)] {
        guard let all = ofAccount[account] else { return [] }
        let usual = Self.usual(all.count, in: seconds)
        return all.compactMap { index in
            let opened = tickets[index].openedAt.seconds
            guard opened >= start - Self.early, opened <= end + Self.late else { return nil }
            // While it goes on it may cause tickets at any time; afterwards ever fewer.
            let delay = max(0, opened - end)
            let span = Self.writing.delay + (end - start)
            let hazard = Self.writing.chance * exp(-delay / Self.writing.delay) / span
            return (index, hazard / usual * exp(fit.ratios[index]))
        }
    }

    /// The log likelihood ratio of an account's tickets: hurt to not hurt; 0 where nobody ever writes, as silence tells nothing then.
    func ratio(_ candidates: [(index: Int, odds: Double)]) -> Double {
        guard hasTickets else { return 0 }
        return log(1 - Self.writing.chance / 2 + candidates.reduce(0) { $0 + $1.odds })
    }
}
