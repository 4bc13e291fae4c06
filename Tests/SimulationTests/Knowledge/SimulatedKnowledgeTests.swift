import Foundation
import Records
import Statistics
import Testing

@testable import Simulation

struct SimulatedKnowledgeTests {
    static func desk(_ grade: KnowledgeGrade, tickets: Int = 3_000, seed: UInt64 = 5) throws -> SimulatedKnowledge {
        try KnowledgeScenario(grade: grade, ticketCount: tickets).simulated(seed: seed)
    }

    @Test func `the same seed gives the same bytes, and another seed or grade others`() throws {
        let files = try Self.desk(.hard, tickets: 400).files
        #expect(try Self.desk(.hard, tickets: 400).files == files)
        #expect(try Self.desk(.hard, tickets: 400, seed: 6).files != files)
        #expect(try Self.desk(.easy, tickets: 400).files != files)
        #expect(
            files.map(\.name) == [
                "organizations.ndjson", "accounts.ndjson", "deployments.ndjson", "contacts.ndjson", "aliases.ndjson",
                "releases.ndjson", "agents.ndjson", "tickets.ndjson", "interactions.ndjson", "article-uses.ndjson",
                "published.ndjson", "truth.json",
            ])
    }

    @Test(arguments: [99, 1_000_001]) func `too few or too many tickets are refused`(count: Int) {
        #expect(throws: SimulationError.ticketsOutOfRange(count, allowed: 100...1_000_000)) {
            try KnowledgeScenario(grade: .hard, ticketCount: count)
        }
    }

    @Test(arguments: KnowledgeGrade.allCases, [100, 3_000])
    func `tickets are as many as asked for, in order, and resolved after they were opened`(
        grade: KnowledgeGrade, count: Int
    ) throws {
        let desk = try Self.desk(grade, tickets: count)
        #expect(desk.tickets.count == count)
        #expect(zip(desk.tickets, desk.tickets.dropFirst()).allSatisfy { $0.openedAt <= $1.openedAt })
        #expect(Set(desk.tickets.map(\.id)).count == count)
        for ticket in desk.tickets {
            #expect(ticket.openedAt >= desk.start && ticket.openedAt < desk.end)
            guard let resolvedAt = ticket.resolvedAt else {
                #expect(ticket.resolution.isEmpty)
                continue
            }
            #expect(resolvedAt > ticket.openedAt && resolvedAt < desk.end)
        }
        let open = desk.tickets.count { $0.resolvedAt == nil }
        #expect(open < count / 20)
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `messages follow their tickets in time, and agents are there when they write`(grade: KnowledgeGrade) throws {
        let desk = try Self.desk(grade)
        let byId = Dictionary(uniqueKeysWithValues: desk.tickets.enumerated().map { ($1.id, $0) })
        let agents = Dictionary(uniqueKeysWithValues: desk.agents.map { ($0.id, $0) })
        var before = (ticket: 0, time: desk.start)
        for message in desk.messages {
            let index = try #require(byId[message.ticket])
            #expect(message.time >= desk.tickets[index].openedAt && message.time < desk.end)
            #expect(index > before.ticket || index == before.ticket && message.time >= before.time)
            before = (index, message.time)
        }
        for ticket in desk.tickets {
            let agent = try #require(agents[ticket.assignee])
            #expect(agent.group == ticket.group)
            #expect(agent.since <= ticket.openedAt && agent.until.map { $0 > ticket.openedAt } ?? true)
        }
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `duplicates point at an earlier ticket of the same problem`(grade: KnowledgeGrade) throws {
        let desk = try Self.desk(grade)
        let problem = Self.problems(of: desk)
        let places = Dictionary(uniqueKeysWithValues: desk.tickets.enumerated().map { ($1.id, $0) })
        let duplicates = desk.tickets.enumerated().filter { $1.duplicateOf != nil }
        #expect(duplicates.count > 30)
        for (index, ticket) in duplicates {
            let earlier = try #require(ticket.duplicateOf)
            #expect(try #require(places[earlier]) < index)
            #expect(problem[ticket.id] != nil && problem[ticket.id] == problem[earlier])
        }
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `the customers and tickets are read back as those of any desk`(grade: KnowledgeGrade) throws {
        let desk = try Self.desk(grade, tickets: 500)
        let folder = DeskFolder(files: desk.files.map { RecordFile(path: $0.name, bytes: Array($0.contents.utf8)) })
        let context = try folder.customers().context
        var generator = SplitMix64(seed: 1)
        let tickets = try folder.tickets(context, redactor: Redactor(keyedBy: &generator)).tickets
        #expect(tickets.count == 500)
        #expect(tickets.map(\.openedAt) == desk.tickets.map(\.openedAt))
        #expect(tickets.map(\.resolvedAt) == desk.tickets.map(\.resolvedAt))
        #expect(context.accounts.count == 20)
    }

    static func problems(of desk: SimulatedKnowledge) -> [String: String] {
        let pairs = desk.truth.problems.flatMap { problem in problem.tickets.map { ($0, problem.id) } }
        return Dictionary(pairs) { first, _ in first }
    }
}
