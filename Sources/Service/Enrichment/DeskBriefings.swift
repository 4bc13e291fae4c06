public import Connectors
public import Knowledge
public import Logs
public import Models
public import Records

/// Tells of tickets what the desk knows: incidents, solved cases, articles and forecasts.
///
/// A value is what was known when it was made; it is made anew from time to time.
public struct DeskBriefings: Sendable {
    /// The least probability with which an account counts as hurt by an incident.
    public static let leastProbability = 0.5
    /// The least probability of a solution or an article that is shown.
    public static let leastLikely = 0.3
    private static let most = 3
    /// An incident concerns tickets that were opened up to so many seconds after its end.
    private static let aftermath = 86_400.0

    private let knowledge: DeskKnowledge
    private let suggestions: Suggestions
    private let solutions: Solutions
    private let incidents: [IncidentRecord]
    private let pasted: PastedSignatures
    private let deployments: [String: [Deployment]]
    /// The accounts of the cases, by the ids of their tickets.
    private let accounts: [String: String]
    private let environments: AccountEnvironments
    private let forecasts: TicketForecasts?

    /// Gathers what is known.
    ///
    /// - Parameters:
    ///   - knowledge: What the desk's cases teach.
    ///   - articles: The articles in use.
    ///   - incidents: The incidents.
    ///   - pasted: Finds the signatures of log lines in a ticket.
    ///   - context: The customers.
    ///   - forecasts: The model of resolution times; nil where there is none.
    public init(
        _ knowledge: DeskKnowledge, articles: [Article], incidents: [IncidentRecord],
        pasted: PastedSignatures, context: CustomerContext, forecasts: TicketForecasts?
    ) {
        self.knowledge = knowledge
        suggestions = knowledge.suggestions(articles)
        solutions = knowledge.recommendations()
        self.incidents = incidents
        self.pasted = pasted
        self.forecasts = forecasts
        var deployments: [String: [Deployment]] = [:]
        for deployment in context.deployments {
            for account in deployment.accounts { deployments[account, default: []].append(deployment) }
        }
        self.deployments = deployments
        var accounts: [String: String] = [:]
        for item in knowledge.cases { accounts[item.ticket.id] = item.ticket.account }
        self.accounts = accounts
        environments = AccountEnvironments(context)
    }

    /// What is known of a ticket.
    ///
    /// - Parameters:
    ///   - ticket: The ticket.
    ///   - now: The time, for the forecast.
    public func briefing(for ticket: Ticket, at now: Instant) -> TicketBriefing {
        let problem = problem(of: ticket)
        let question = CaseText(
            title: ticket.subject, message: ticket.body, signatures: problem?.incident.signatures ?? [],
            pasted: pasted.ids, environment: environments.facts(of: ticket))
        let search = knowledge.index.look(for: question)
        let similar = search.best(20).map { knowledge.cases[$0.number].ticket }.filter {
            $0.id != ticket.id && $0.resolvedAt != nil
        }
        let solutions = self.solutions.recommend(from: search, at: ticket.openedAt, count: Self.most)
        return TicketBriefing(
            problem: problem.map { told($0.incident, $0.probability, to: ticket) },
            solutions: solutions.filter { $0.probability >= Self.leastLikely }.compactMap {
                knowledge.worded($0, forAccount: ticket.account).map { RedactedText(joining: $0.sentences) }
            },
            similar: similar.prefix(Self.most).map { .init(ticket: $0.id, subject: $0.subject) },
            articles: suggestions.suggest(for: question, from: search, count: Self.most, least: Self.leastLikely).map(
                \.article.title),
            answer: forecasts?.answers(for: [ticket], at: now).first, agent: agent(of: similar))
    }

    /// The incident that the ticket was likely opened for, the likeliest.
    private func problem(of ticket: Ticket) -> (incident: IncidentRecord, probability: Double)? {
        var best: (incident: IncidentRecord, probability: Double)?
        for incident in incidents {
            guard incident.start <= ticket.openedAt, ticket.openedAt.seconds <= incident.end.seconds + Self.aftermath
            else {
                continue
            }
            let link = incident.links.first { $0.account == ticket.account }
            let probability = incident.tickets.contains(ticket.id) ? 1 : link?.probability ?? 0
            if probability >= Self.leastProbability, probability > best?.probability ?? 0 {
                best = (incident, probability)
            }
        }
        return best
    }

    /// What is told of an incident to who has the ticket.
    private func told(
        _ incident: IncidentRecord, _ probability: Double, to ticket: Ticket
    ) -> TicketBriefing.Problem {
        let own = ticket.account.flatMap { deployments[$0] } ?? []
        let wrote = Set(incident.tickets.compactMap { accounts[$0] })
        let silent = incident.links.filter {
            $0.probability >= Self.leastProbability && $0.account != ticket.account && !wrote.contains($0.account)
        }
        let components = Set(own.flatMap(\.components)).sorted()
        let words = Set(incident.signatures.flatMap { Self.words(incident.lines[$0]?.string ?? "") })
        let named = components.filter { words.isSuperset(of: Self.words($0)) }
        return TicketBriefing.Problem(
            incident: incident.id, since: incident.start, priority: incident.priority, probability: probability,
            components: named.isEmpty ? components : named, versions: Set(own.map(\.version)).sorted(),
            signatures: incident.signatures.prefix(Self.most).map {
                "\($0): \(incident.lines[$0]?.string ?? "")"
            },
            silent: silent.map(\.account), tickets: incident.tickets.filter { $0 != ticket.id }.count)
    }

    private static func words(_ text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    private func agent(of similar: [Ticket]) -> String? {
        var solved: [String: Int] = [:]
        for ticket in similar where !ticket.assignee.isEmpty { solved[ticket.assignee, default: 0] += 1 }
        guard let best = solved.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value >= 2 else {
            return nil
        }
        return best.key
    }
}
