import Records
import Statistics

/// A synthetic support desk over forty weeks, calibrated to the margins of real desks.
///
/// A ticket takes the fast or the slow path; either is log-normal in hours of work. Customer, group, assignee, category, hidden problem and (hardly)
/// priority have a latent difficulty that lengthens the work and lowers the odds of the fast path. Work becomes wall time on the desk's
/// clock. Arrivals are over-dispersed; the level of the slow path shifts once, in the last weeks; a defect shows in the
/// customer's logs before the ticket. See ``DeskGrade`` for what the easy grade leaves out.
public struct DeskScenario: Sendable, Equatable {
    /// The numbers of tickets that can be asked for.
    public static let allowedTickets = 1...1_000_000

    /// How hard the desk is to predict.
    public let grade: DeskGrade
    /// The number of tickets.
    public let ticketCount: Int

    /// Takes the grade and the number of tickets.
    ///
    /// - Throws: ``SimulationError`` when the number lies outside ``allowedTickets``.
    public init(grade: DeskGrade, ticketCount: Int) throws(SimulationError) {
        guard Self.allowedTickets.contains(ticketCount) else {
            throw .ticketsOutOfRange(ticketCount, allowed: Self.allowedTickets)
        }
        self.grade = grade
        self.ticketCount = ticketCount
    }

    /// Draws a desk with the generator that belongs to a seed; the same seed gives the same desk.
    public func simulated(seed: UInt64) -> SimulatedDesk {
        var generator = SplitMix64(seed: seed)
        return simulate(using: &generator)
    }

    /// Draws a desk; the same state of the generator gives the same desk.
    ///
    /// - Complexity: O(n log n) for n tickets.
    public func simulate(using generator: inout some RandomNumberGenerator) -> SimulatedDesk {
        let parameters = DeskParameters.of(grade)
        let desk = DeskOrganization(tickets: ticketCount, parameters: parameters, using: &generator)
        let customers = desk.customerShares.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
        let shift = Arrivals.start + DeskParameters.shiftAfter * (Arrivals.end - Arrivals.start)

        var columns = DeskColumns()
        var signatures: [SignatureObservation] = []
        for opened in Arrivals.times(count: ticketCount, using: &generator) {
            let ticket = TicketDraw(
                opened: opened, desk: desk, customers: customers, parameters: parameters, using: &generator)
            let problem = desk.problems[ticket.category][ticket.problem]
            let mixture = ticket.mixture(desk: desk, parameters: parameters, shiftedFrom: shift)
            let work = mixture.draw(using: &generator)
            let subject = problem.subject(
                category: Vocabulary.categories[ticket.category].name, using: &generator)
            let isReopened = generator.uniform() < parameters.reopenedShare
            columns.append(
                ticket, subject: subject, hours: parameters.clock.wallHours(forWork: work, from: opened),
                isReopened: isReopened,
                truth: TicketTruth(
                    medianHours: parameters.clock.wallHours(forWork: mixture.median, from: opened),
                    sigma: mixture.sigma,
                    fastProbability: mixture.fastProbability))
            if ticket.isDefect {
                signatures += Signatures.before(
                    ticket, customer: DeskNames.customer(ticket.customer), signature: problem.signature,
                    using: &generator)
            }
        }
        signatures += Signatures.background(
            count: Int((parameters.backgroundObservations * Double(ticketCount)).rounded()), customers: customers,
            defects: desk.problems.joined().filter(\.isHard).map(\.signature), using: &generator)
        return columns.desk(of: self, signatures: signatures)
    }
}
