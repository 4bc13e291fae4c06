import Records
import Simulation
import Statistics
import Testing

struct DeskScenarioTests {
    private func files(_ grade: DeskGrade, seed: UInt64, tickets: Int = 400) throws -> [DeskFile] {
        try DeskScenario(grade: grade, ticketCount: tickets).simulated(seed: seed).files(
            named: "desk", origin: "a test")
    }

    @Test(arguments: DeskGrade.allCases)
    func `the same seed gives the same bytes`(grade: DeskGrade) throws {
        let isSame = try files(grade, seed: 7) == files(grade, seed: 7)
        #expect(isSame)
    }

    @Test(arguments: DeskGrade.allCases)
    func `another seed gives other tickets, truths and observations`(grade: DeskGrade) throws {
        let one = try files(grade, seed: 7)
        let two = try files(grade, seed: 8)
        for (one, two) in zip(one, two) where one.name != "dataset.json" {
            #expect(one.contents != two.contents, "\(one.name)")
        }
    }

    @Test func `a seed stands for the generator that it starts`() throws {
        let scenario = try DeskScenario(grade: .realistic, ticketCount: 50)
        var generator = SplitMix64(seed: 3)
        let drawn = scenario.simulate(using: &generator)
        #expect(drawn.files(named: "a", origin: "b") == scenario.simulated(seed: 3).files(named: "a", origin: "b"))
    }

    @Test(arguments: [-1, 0, 1_000_001])
    func `a number of tickets outside the range is refused`(tickets: Int) {
        let error = SimulationError.ticketsOutOfRange(tickets, allowed: 1...1_000_000)
        #expect(throws: error) { try DeskScenario(grade: .easy, ticketCount: tickets) }
        #expect(error.description == "the number of tickets must lie between 1 and 1000000, not \(tickets)")
    }

    @Test(arguments: DeskGrade.allCases, [1, 2, 999])
    func `there are as many tickets as asked for, in order of opening, within forty weeks`(
        grade: DeskGrade, tickets: Int
    ) throws {
        let desk = try DeskScenario(grade: grade, ticketCount: tickets).simulated(seed: 5)
        let start = try #require(Instant(iso8601: "2025-01-06T00:00:00Z")).seconds
        #expect(desk.tickets.count == tickets)
        #expect(desk.reopened.count == tickets && desk.truth.count == tickets)
        #expect(Set(desk.tickets.ids).count == tickets)
        #expect(desk.tickets.openedAt == desk.tickets.openedAt.sorted())
        #expect(desk.tickets.openedAt.allSatisfy { $0 >= start && $0 < start + 280 * 86_400 })
    }

    @Test(arguments: DeskGrade.allCases)
    func `no ticket is resolved before it opens or after the desk was last seen, and open ones have their age`(
        grade: DeskGrade
    ) throws {
        let desk = try DeskScenario(grade: grade, ticketCount: 3_000).simulated(seed: 11)
        let end = try #require(Instant(iso8601: "2025-10-13T00:00:00Z")).seconds
        for row in 0..<desk.tickets.count {
            let seen = desk.tickets.openedAt[row] + desk.tickets.hours[row] * 3_600
            #expect(desk.tickets.hours[row] >= 1 / 3_600.0)
            #expect(desk.tickets.resolved[row] ? seen <= end + 1 : abs(seen - end) < 1e-3)
            #expect(desk.tickets.resolved[row] || !desk.reopened[row])
        }
        #expect(desk.tickets.resolved.contains(false))
    }

    @Test(arguments: DeskGrade.allCases)
    func `a truth is a median above zero, a spread and a probability`(grade: DeskGrade) throws {
        let desk = try DeskScenario(grade: grade, ticketCount: 2_000).simulated(seed: 4)
        for truth in desk.truth {
            #expect(truth.medianHours > 0 && truth.medianHours.isFinite)
            #expect(truth.sigma == (grade == .easy ? 0.2 : 1.2))
            #expect(grade == .easy ? truth.fastProbability == 0 : (0.0...1.0).contains(truth.fastProbability))
        }
    }

    @Test func `half of the tickets take longer than their true median`() throws {
        for (grade, seed) in [(DeskGrade.easy, UInt64(1)), (.realistic, 2)] {
            let desk = try DeskScenario(grade: grade, ticketCount: 20_000).simulated(seed: seed)
            // Tickets of the first ten weeks are hardly ever censored, so that their median can be judged.
            let early = (0..<desk.tickets.count).filter {
                desk.tickets.openedAt[$0] < desk.tickets.openedAt[0] + 70 * 86_400
            }
            let longer = early.filter { desk.tickets.hours[$0] > desk.truth[$0].medianHours }.count
            // Four standard errors of a share of one half.
            #expect(abs(Double(longer) / Double(early.count) - 0.5) < 2 / Double(early.count).squareRoot())
        }
    }
}
