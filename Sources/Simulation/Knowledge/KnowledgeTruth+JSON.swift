import Records

extension KnowledgeTruth {
    /// The truth as one JSON object (RFC 8259), an entry of its lists a line.
    var json: String {
        """
        {"problems":[
        \(problems.map(Self.json).joined(separator: ",\n"))
        ],
        "solutions":[
        \(solutions.map(Self.json).joined(separator: ",\n"))
        ],
        "ticketSolutions":\(Self.json(ticketSolutions)),
        "attempts":\(Self.json(attempts)),
        "wrongSolutions":\(Self.json(wrongSolutions)),
        "answers":\(Self.object { for entry in answers { $0.member(entry.ticket, entry.text) } }),
        "articles":[
        \(articles.map(Self.json).joined(separator: ",\n"))
        ],
        \(canaryMember)}

        """
    }

    private static func json(_ problem: Problem) -> String {
        object { json in
            json.member("id", problem.id)
            json.member("tickets", problem.tickets)
            json.member("solution", problem.solution)
            if let later = problem.laterSolution { json.member("laterSolution", later) }
            if let changedAt = problem.changedAt { json.member("changedAt", changedAt.iso8601) }
            json.member("component", problem.component)
            json.member("versions", problem.versions)
            json.member("causes", problem.causes)
        }
    }

    private static func json(_ solution: Solution) -> String {
        object { json in
            json.member("id", solution.id)
            json.member("texts", solution.texts)
        }
    }

    private static func json(_ article: Article) -> String {
        object { json in
            json.member("id", article.id)
            json.member("problem", article.problem)
            json.member("publishedAt", article.publishedAt.iso8601)
            json.member("effect", json: decimal(article.effect, places: 2))
            json.member("prevented", json: String(article.prevented))
            json.member("minutesSaved", json: decimal(article.minutesSaved, places: 2))
        }
    }

    /// Solutions by ticket.
    private static func json(_ applied: [Applied]) -> String {
        object { json in
            for entry in applied { json.member(entry.ticket, entry.solution) }
        }
    }

    private var canaryMember: String {
        var json = JSONText()
        json.member("canaries", canaries)
        return json.text
    }

    private static func object(_ body: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        json.open()
        body(&json)
        json.close()
        return json.text
    }
}
