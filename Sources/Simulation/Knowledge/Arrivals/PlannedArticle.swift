import Records

/// An article about a problem, and what it really does.
struct PlannedArticle: Sendable {
    var problem: Int
    var publishedAt: Double
    /// The share of the later tickets of the problem that it prevents.
    var effect: Double
    /// What a linked article makes of the minutes that a ticket takes.
    var minutesFactor: Double

    /// Draws the articles: in the middle third of the desk, after at least six tickets that are a week old; a third do nothing.
    static func articles(
        of problems: [RecurringProblem], times: [[Double]], start: Double, habits: KnowledgeHabits, isHard: Bool,
        _ draw: inout Draw
    ) -> [PlannedArticle] {
        let length = Double(KnowledgeArrivals.weeks) * 7 * Instant.day
        var articles: [PlannedArticle] = []
        for problem in problems.indices where problems[problem].size >= 18 && draw.chance(habits.published) {
            let candidates = (0..<(isHard ? 3 : 1)).map { _ in (start + length * draw.uniform(0.34...0.66)).rounded() }
            // People write about what hurts now, so that the fall that follows is only in part theirs.
            let publishedAt =
                candidates.max { count(times[problem], before: $0) < count(times[problem], before: $1) } ?? start
            guard times[problem].prefix(6).count(where: { $0 < publishedAt - 7 * Instant.day }) == 6 else { continue }
            articles.append(PlannedArticle(problem: problem, publishedAt: publishedAt, effect: 0, minutesFactor: 1))
        }
        for (place, index) in draw.some(articles.count, of: Array(articles.indices)).enumerated() where place % 3 > 0 {
            articles[index].effect = draw.one(of: [0.15, 0.3, 0.5, 0.7])
            articles[index].minutesFactor = draw.uniform(0.5...0.85)
        }
        return articles.sorted { ($0.publishedAt, $0.problem) < ($1.publishedAt, $1.problem) }
    }

    private static func count(_ times: [Double], before time: Double) -> Int {
        times.count { $0 < time && $0 >= time - 21 * Instant.day }
    }

    /// The mean minutes that it saves where it is linked: of a log-normal, the median times exp(σ² / 2).
    func minutesSaved(of problem: RecurringProblem) -> Double {
        problem.meanMinutes * (1 - minutesFactor)
    }
}
