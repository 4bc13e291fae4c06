import Records

extension KnowledgeBook {
    /// What is really true of the tickets.
    var truth: KnowledgeTruth {
        var truth = KnowledgeTruth()
        let product = forge.product
        for (index, problem) in forge.problems.enumerated() where !ticketsOfProblem[index].isEmpty {
            truth.problems.append(
                KnowledgeTruth.Problem(
                    id: Self.problem(index), tickets: ticketsOfProblem[index].map { tickets[$0].id },
                    solution: Self.solution(problem.solution),
                    laterSolution: problem.change.map { Self.solution($0.solution) },
                    changedAt: problem.change.map { Instant(seconds: $0.from.rounded()) },
                    component: product.components[problem.component],
                    versions: versionsOfProblem[index].sorted().map { train.versions[$0].name },
                    causes: Array(Set(problem.causes)).sorted()))
        }
        truth.solutions = forge.solutions.enumerated().map {
            KnowledgeTruth.Solution(id: Self.solution($0), texts: $1.texts)
        }
        (truth.ticketSolutions, truth.attempts, truth.wrongSolutions) = (ticketSolutions, attempts, wrongSolutions)
        truth.answers = answers
        truth.articles = arrivals.articles.enumerated().map { index, article in
            KnowledgeTruth.Article(
                id: Self.article(index), problem: Self.problem(article.problem),
                publishedAt: Instant(seconds: article.publishedAt), effect: article.effect,
                prevented: arrivals.prevented[index].count,
                minutesSaved: article.minutesSaved(of: forge.problems[article.problem]))
        }
        truth.canaries = canaries.sorted()
        return truth
    }

    /// The articles as everybody sees them, with three tickets each that were resolved before where there are three.
    func published(_ draw: inout Draw) -> [KnowledgeArticle] {
        arrivals.articles.enumerated().map { index, article in
            let problem = forge.problems[article.problem]
            let earlier = ticketsOfProblem[article.problem].filter {
                tickets[$0].openedAt.seconds < article.publishedAt
            }
            let resolved = earlier.filter { (tickets[$0].resolvedAt?.seconds ?? .infinity) < article.publishedAt }
            let cited = draw.some(3, of: resolved.count < 3 ? earlier : resolved).sorted()
            let title = draw.one(of: FailureMode.all[problem.mode].subjects).filled(problem.words, &draw)
            let trigger = problem.trigger.filled(problem.words, &draw)
            return KnowledgeArticle(
                id: Self.article(index), publishedAt: Instant(seconds: article.publishedAt),
                title: Prose.sentence(title) + " " + trigger, tickets: cited.map { tickets[$0].id })
        }
    }

    private static func problem(_ index: Int) -> String { "problem-\(index + 1)" }
}
