import Statistics

/// When customers write about what.
struct KnowledgeArrivals {
    static let weeks = 52

    /// A ticket to be written.
    struct Arrival {
        var time: Double
        /// The index of the problem; nil for a one-off ticket.
        var problem: Int?
    }

    /// In order of time, exactly as many as asked for.
    private(set) var arrivals: [Arrival] = []
    private(set) var articles: [PlannedArticle] = []
    /// The times at which customers read an article of the same index and did not write.
    private(set) var prevented: [[Double]] = []

    /// Weeks of a problem are negative binomial; an article lets each later ticket of its problem come with probability 1 - effect.
    init(
        of problems: [RecurringProblem], tickets: Int, start: Double, habits: KnowledgeHabits, isHard: Bool,
        _ draw: inout Draw
    ) {
        var times = problems.map { Self.times(of: $0, start: start, habits: habits, &draw) }
        Self.thin(&times, to: tickets * 93 / 100, &draw)
        articles = PlannedArticle.articles(
            of: problems, times: times, start: start, habits: habits, isHard: isHard, &draw)
        prevented = articles.map { article in
            var kept: [Double] = []
            var prevented: [Double] = []
            for time in times[article.problem] {
                if time >= article.publishedAt, draw.chance(article.effect) {
                    prevented.append(time)
                } else {
                    kept.append(time)
                }
            }
            times[article.problem] = kept
            return prevented
        }
        for (problem, times) in times.enumerated() {
            for time in times { arrivals.append(Arrival(time: time, problem: problem)) }
        }
        while arrivals.count < tickets {
            let day = draw.number(0...Self.weeks - 1) * 7 + draw.index(weights: Arrivals.weekdayShares)
            arrivals.append(Arrival(time: Self.time(onDay: day, start: start, &draw), problem: nil))
        }
        // Two tickets of one second keep an order that does not hang on the sort.
        arrivals.sort { ($0.time, $0.problem ?? -1) < ($1.time, $1.problem ?? -1) }
    }

    private static func times(
        of problem: RecurringProblem, start: Double, habits: KnowledgeHabits, _ draw: inout Draw
    ) -> [Double] {
        let loads = (0..<weeks).map { problem.course.load(week: $0, of: weeks) }
        let total = loads.reduce(0, +)
        var times: [Double] = []
        if problem.size <= 3 {
            // What hardly recurs does so within some weeks, and always once at least.
            let first = draw.number(0...weeks - 9)
            for _ in 0..<Int(problem.size) {
                let day = (first + draw.number(0...8)) * 7 + draw.index(weights: Arrivals.weekdayShares)
                times.append(time(onDay: day, start: start, &draw))
            }
        } else {
            for week in 0..<weeks {
                let mean = problem.size * loads[week] / total
                for _ in 0..<draw.generator.negativeBinomial(mean: mean, size: habits.weekShape) {
                    let day = week * 7 + draw.index(weights: Arrivals.weekdayShares)
                    times.append(time(onDay: day, start: start, &draw))
                }
            }
        }
        return times.sorted()
    }

    /// A second of a day that begins on a Monday.
    private static func time(onDay day: Int, start: Double, _ draw: inout Draw) -> Double {
        let hour = draw.index(weights: Arrivals.hourShares)
        return start + Double(day * 86_400 + hour * 3_600 + draw.number(0...3_599))
    }

    /// Takes tickets away at random until no more than `limit` are left.
    private static func thin(_ times: inout [[Double]], to limit: Int, _ draw: inout Draw) {
        var left = times.reduce(0) { $0 + $1.count }
        var excess = left - limit
        guard excess > 0 else { return }
        for problem in times.indices {
            times[problem] = times[problem].filter { _ in
                let isTaken = excess > 0 && draw.number(1...left) <= excess
                left -= 1
                if isTaken { excess -= 1 }
                return !isTaken
            }
        }
    }
}
