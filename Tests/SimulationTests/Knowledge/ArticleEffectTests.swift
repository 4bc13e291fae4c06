import Glibc
import Records
import Testing

@testable import Simulation

struct ArticleEffectTests {
    private static let desk = try? KnowledgeScenario(grade: .easy, ticketCount: 40_000).simulated(seed: 9)

    @Test func `articles prevent the share that is written down, and a third of them nothing`() throws {
        let desk = try #require(Self.desk)
        let opened = Dictionary(uniqueKeysWithValues: desk.tickets.map { ($0.id, $0.openedAt) })
        let problems = Dictionary(uniqueKeysWithValues: desk.truth.problems.map { ($0.id, $0) })
        for article in desk.truth.articles {
            let problem = try #require(problems[article.problem])
            let later = problem.tickets.count { opened[$0].map { $0 >= article.publishedAt } ?? false }
            let total = Double(later + article.prevented)
            // Five standard deviations of a binomial draw, and one ticket.
            let allowed = 5 * (total * article.effect * (1 - article.effect)).squareRoot() + 1
            #expect(abs(Double(article.prevented) - article.effect * total) < allowed)
        }
        let placebos = desk.truth.articles.filter { $0.effect == 0 }
        #expect(abs(placebos.count * 3 - desk.truth.articles.count) <= 3)
        #expect(placebos.allSatisfy { $0.prevented == 0 && $0.minutesSaved == 0 })
    }

    @Test func `the minutes of linked tickets are shorter by what is written down`() throws {
        let desk = try #require(Self.desk)
        let tickets = Dictionary(uniqueKeysWithValues: desk.tickets.map { ($0.id, $0) })
        let problems = Dictionary(uniqueKeysWithValues: desk.truth.problems.map { ($0.id, $0) })
        let attempted = Set(desk.truth.attempts.map(\.ticket))
        var linked: [String: Set<String>] = [:]
        for use in desk.uses where use.kind == .linked { linked[use.article, default: []].insert(use.ticket ?? "") }
        var saved = 0.0
        var expected = 0.0
        var variance = 0.0
        for article in desk.truth.articles where article.effect > 0 {
            let all = try #require(problems[article.problem]).tickets.compactMap { tickets[$0] }
                .filter { $0.duplicateOf == nil && !attempted.contains($0.id) }
            let links = linked[article.id] ?? []
            let with = all.filter { links.contains($0.id) }.compactMap(\.handlingMinutes)
            let without = all.filter { !links.contains($0.id) }.compactMap(\.handlingMinutes)
            guard with.count > 10, without.count > 10 else { continue }
            let means = [with, without].map { $0.reduce(0, +) / Double($0.count) }
            // The minutes of a problem vary by sqrt(exp(0.36) - 1) = 0.66 of their mean.
            variance += means[1] * means[1] * 0.44 * (1 / Double(with.count) + 1 / Double(without.count))
            saved += means[1] - means[0]
            expected += article.minutesSaved
        }
        #expect(expected > 100)
        #expect(abs(saved - expected) < 5 * variance.squareRoot(), "\(saved) \(expected)")
    }

    @Test func `problems are few large ones and many small ones, and weeks are over-dispersed`() throws {
        let desk = try #require(Self.desk)
        let sizes = desk.truth.problems.map(\.tickets.count).sorted(by: >)
        #expect((500...700).contains(sizes.count))
        #expect((0.03...0.15).contains(Double(sizes[0]) / 40_000))
        #expect(Double(sizes.count { $0 <= 3 }) > 0.25 * Double(sizes.count))
        let weekdays = desk.tickets.map { (Int($0.openedAt.seconds) / 86_400 + 3) % 7 }
        #expect(Double(weekdays.count { $0 >= 5 }) < 0.08 * 40_000)
        let hours = desk.tickets.map { Int($0.openedAt.seconds) / 3_600 % 24 }
        #expect(Double(hours.count { (8..<18).contains($0) }) > 0.75 * 40_000)
    }
}
