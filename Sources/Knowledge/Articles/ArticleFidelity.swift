public import Records

/// Whether articles say what their cases said, and nothing that they must not say.
public enum ArticleFidelity {
    /// The share of the sentences that stand word for word in every case that they cite, and of those of resolutions that agents said.
    ///
    /// - Parameters:
    ///   - articles: The articles.
    ///   - cases: The cases by the ids of their tickets.
    /// - Returns: Shares; 1 where there is no sentence.
    public static func measure(
        _ articles: [Article], cases: [String: SupportCase]
    ) -> (faithful: Double, fromAgents: Double) {
        var (said, all, agents, resolving) = (0, 0, 0, 0)
        for article in articles {
            for sentence in article.sentences {
                all += 1
                let cited = sentence.tickets.compactMap { cases[$0] }
                let isSaid = cited.allSatisfy { one in
                    ([one.ticket.subject, one.ticket.body, one.ticket.resolution] + one.messages.map(\.text)).contains {
                        $0.withoutMarkup.holds(sentence.text)
                    }
                }
                if !cited.isEmpty, cited.count == sentence.tickets.count, isSaid { said += 1 }
            }
            for sentence in article.resolution + article.otherResolution {
                resolving += 1
                let isAgents = sentence.tickets.compactMap { cases[$0] }.allSatisfy { one in
                    ([one.ticket.resolution] + one.messages.filter { $0.side == .agent }.map(\.text)).contains {
                        $0.withoutMarkup.holds(sentence.text)
                    }
                }
                if isAgents { agents += 1 }
            }
        }
        func share(_ some: Int, _ all: Int) -> Double { all == 0 ? 1 : Double(some) / Double(all) }
        return (share(said, all), share(agents, resolving))
    }

    /// The characters of strings that must stand in no article and stand in some, whatever their capitals.
    ///
    /// - Parameters:
    ///   - strings: Names and values of people and customers, each once.
    ///   - articles: The articles, of which all that they say counts, whatever the format.
    public static func leakedCharacters(of strings: some Sequence<String>, in articles: [Article]) -> Int {
        let text = articles.flatMap { article in
            [article.title.string] + article.sentences.map(\.text.string) + article.environment.map(\.value)
                + article.keywords
        }.joined(separator: "\n").lowercased()
        return strings.reduce(0) { $0 + (text.contains($1.lowercased()) ? $1.count : 0) }
    }
}
