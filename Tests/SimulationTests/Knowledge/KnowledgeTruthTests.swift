import Foundation
import Records
import Statistics
import Testing

@testable import Simulation

struct KnowledgeTruthTests {
    private func text(_ desk: SimulatedKnowledge) -> String {
        (desk.tickets.flatMap { [$0.subject, $0.body, $0.resolution] } + desk.messages.map(\.text))
            .joined(separator: "\n")
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `ticket and solution ids exist, and a ticket has one problem`(grade: KnowledgeGrade) throws {
        let desk = try SimulatedKnowledgeTests.desk(grade)
        let ids = Set(desk.tickets.map(\.id))
        let solutions = Set(desk.truth.solutions.map(\.id))
        let tickets = desk.truth.problems.flatMap(\.tickets)
        #expect(Set(tickets).count == tickets.count && Set(tickets).isSubset(of: ids))
        let oneOff = 1 - Double(tickets.count) / Double(ids.count)
        #expect((0.07...0.25).contains(oneOff), "\(oneOff)")
        for problem in desk.truth.problems {
            #expect(solutions.contains(problem.solution) && !problem.tickets.isEmpty && !problem.versions.isEmpty)
            #expect((problem.laterSolution == nil) == (problem.changedAt == nil))
        }
        let problems = SimulatedKnowledgeTests.problems(of: desk)
        for applied in desk.truth.ticketSolutions + desk.truth.attempts + desk.truth.wrongSolutions {
            #expect(problems[applied.ticket] != nil && solutions.contains(applied.solution))
        }
        let resolved = desk.tickets.count { $0.resolvedAt != nil && problems[$0.id] != nil }
        #expect(desk.truth.ticketSolutions.count == resolved)
        let answered = desk.tickets.filter { $0.resolvedAt != nil && problems[$0.id] == nil }
        #expect(desk.truth.answers.map(\.ticket) == answered.map(\.id))
        let written = zip(desk.truth.answers, answered).count { $1.resolution == $0.text }
        #expect(2 * written > answered.count, "\(written) of \(answered.count)")
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `a written solution is the true one, unless it is listed as wrong`(grade: KnowledgeGrade) throws {
        let desk = try SimulatedKnowledgeTests.desk(grade)
        let texts = Dictionary(uniqueKeysWithValues: desk.truth.solutions.map { ($0.id, $0.texts) })
        let wrong = Dictionary(uniqueKeysWithValues: desk.truth.wrongSolutions.map { ($0.ticket, $0.solution) })
        let tickets = Dictionary(uniqueKeysWithValues: desk.tickets.map { ($0.id, $0) })
        var written = 0
        for applied in desk.truth.ticketSolutions {
            let ticket = try #require(tickets[applied.ticket])
            guard ticket.duplicateOf == nil, ticket.resolution.utf8.count > 25 else { continue }
            let solution = wrong[ticket.id] ?? applied.solution
            #expect(wrong[ticket.id] != applied.solution)
            #expect(try #require(texts[solution]).contains { ticket.resolution.hasPrefix($0) }, "\(ticket.resolution)")
            written += 1
        }
        let share = Double(written) / Double(desk.truth.ticketSolutions.count)
        #expect((grade == .easy ? 0.7...0.85 : 0.5...0.7).contains(share), "\(share)")
        let wrongShare = Double(wrong.count) / Double(desk.truth.ticketSolutions.count)
        #expect((grade == .easy ? 0...0 : 0.07...0.13).contains(wrongShare), "\(wrongShare)")
        #expect(desk.truth.attempts.count > 50)
    }

    @Test func `some solutions change with a release on the hard grade alone`() throws {
        let changing = try SimulatedKnowledgeTests.desk(.hard).truth.problems.filter { $0.changedAt != nil }
        #expect(!changing.isEmpty)
        #expect(try SimulatedKnowledgeTests.desk(.easy).truth.problems.allSatisfy { $0.changedAt == nil })
        let desk = try SimulatedKnowledgeTests.desk(.hard)
        let solution = Dictionary(uniqueKeysWithValues: desk.truth.ticketSolutions.map { ($0.ticket, $0.solution) })
        let opened = Dictionary(uniqueKeysWithValues: desk.tickets.map { ($0.id, $0.openedAt) })
        for problem in changing {
            for ticket in problem.tickets {
                guard let told = solution[ticket], let time = opened[ticket], let changedAt = problem.changedAt else {
                    continue
                }
                #expect(told == (time < changedAt ? problem.solution : problem.laterSolution))
            }
        }
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `every canary stands in the texts, and who is named there is listed`(grade: KnowledgeGrade) throws {
        let desk = try SimulatedKnowledgeTests.desk(grade, tickets: 400)
        let text = Data(text(desk).utf8)
        let canaries = Set(desk.truth.canaries)
        #expect(canaries.count > 200 && canaries.count == desk.truth.canaries.count)
        for canary in canaries {
            #expect(canary.utf8.count >= 5 && text.range(of: Data(canary.utf8)) != nil, "\(canary)")
        }
        let names = desk.agents.flatMap { [$0.name, String($0.name.prefix { $0 != " " })] }
        for name in names where text.range(of: Data(name.utf8)) != nil {
            #expect(canaries.contains(name) || canaries.contains { $0.hasPrefix(name + " ") }, "\(name)")
        }
    }

    @Test(arguments: KnowledgeGrade.allCases)
    func `articles cite three earlier tickets of their problem and are not used before they are out`(
        grade: KnowledgeGrade
    ) throws {
        let desk = try SimulatedKnowledgeTests.desk(grade)
        let problems = SimulatedKnowledgeTests.problems(of: desk)
        let opened = Dictionary(uniqueKeysWithValues: desk.tickets.map { ($0.id, $0.openedAt) })
        #expect(desk.articles.count >= 3 && desk.articles.count == desk.truth.articles.count)
        for (article, truth) in zip(desk.articles, desk.truth.articles) {
            #expect(article.id == truth.id && article.publishedAt == truth.publishedAt)
            #expect(Set(article.tickets).count == 3)
            for ticket in article.tickets {
                #expect(problems[ticket] == truth.problem)
                #expect(try #require(opened[ticket]) < article.publishedAt)
            }
            let third = (desk.end.seconds - desk.start.seconds) / 3
            #expect(article.publishedAt.seconds >= desk.start.seconds + third)
            #expect(article.publishedAt.seconds <= desk.end.seconds - third)
        }
        let published = Dictionary(uniqueKeysWithValues: desk.articles.map { ($0.id, $0.publishedAt) })
        #expect(zip(desk.uses, desk.uses.dropFirst()).allSatisfy { $0.time <= $1.time })
        for use in desk.uses {
            #expect(try #require(published[use.article]) <= use.time)
            if use.kind == .linked || use.kind == .unsolved { #expect(use.ticket != nil) }
        }
        #expect(Set(desk.uses.map(\.kind)).count == 4)
    }
}
