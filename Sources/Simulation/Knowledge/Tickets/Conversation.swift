import Records

/// How a ticket goes on after its first message.
struct Conversation {
    /// What is to be said or written, and what it holds.
    struct Turn {
        var side: Interaction.Side
        var isPublic: Bool
        var text: String
        /// The strings about people and customers in the text.
        var planted: [String]
        /// The vain attempt or the wrong solution that the text holds.
        var solution: Int?
        /// Whether the text links the article.
        var isLink = false
    }

    /// In the order in which they are said, the last answer included.
    var turns: [Turn] = []
    /// What the customer says once all is well.
    var thanks: Turn?
    var resolution = ""
    var planted: [String] = []
    /// The vain attempt that was made.
    var attempt: Int?
    /// The solution of another problem that stands in the resolution or a message.
    var wrong: Int?
    /// Whether an agent took it for a duplicate.
    var isDuplicate = false
}

/// Writes what follows a ticket's first message.
struct ConversationWriter {
    let problems: [RecurringProblem]
    let solutions: [SolutionTexts]
    let habits: KnowledgeHabits
    let isHard: Bool

    /// - Parameters:
    ///   - earlier: The id of the ticket that this one is closed as a duplicate of.
    ///   - article: The id of the article that the agent links.
    func conversation(
        of ticket: inout TicketCase, oneOff: OneOff?, earlier: String?, article: String?, _ draw: inout Draw
    ) -> Conversation {
        var talk = Conversation()
        if draw.chance(0.2) {
            talk.turns.append(said(.system, AgentPhrases.receipts, &ticket, &draw))
        }
        if let earlier {
            ticket.words[.ticket] = earlier
            talk.resolution = ticket.filled(draw.one(of: AgentPhrases.duplicates), &draw)
            talk.isDuplicate = true
            return talk
        }
        if draw.chance(0.25) {
            let exchange = draw.one(of: AgentPhrases.exchanges)
            talk.turns.append(answer(ticket.filled(exchange.question, &draw), &ticket, &draw))
            if draw.chance(0.85) { talk.turns.append(said(.customer, exchange.answers, &ticket, &draw)) }
        }
        if draw.chance(0.12) { talk.turns.append(note(AgentPhrases.remarks, &ticket, &draw)) }
        if let problem = ticket.problem {
            solve(problem, &ticket, article: article, &talk, &draw)
        } else {
            let text = oneOff?.answer ?? ""
            if draw.chance(0.7) { talk.turns.append(answer(text, &ticket, &draw)) }
            talk.resolution = draw.chance(0.6) ? text : draw.one(of: AgentPhrases.brief)
        }
        if draw.chance(0.3) { talk.thanks = said(.customer, CustomerPhrases.thanks, &ticket, &draw) }
        return talk
    }

    private func solve(
        _ problem: RecurringProblem, _ ticket: inout TicketCase, article: String?, _ talk: inout Conversation,
        _ draw: inout Draw
    ) {
        if let attempt = problem.attempt, draw.chance(0.3) {
            var turn = answer(draw.one(of: solutions[attempt].texts), &ticket, &draw)
            turn.solution = attempt
            talk.turns.append(turn)
            talk.turns.append(said(.customer, CustomerPhrases.unhelped, &ticket, &draw))
            talk.attempt = attempt
        }
        if draw.chance(0.22) {
            let lead = draw.one(of: AgentPhrases.causes).filled(ticket.words, &draw)
            talk.turns.append(
                Conversation.Turn(
                    side: .agent, isPublic: false, text: lead + draw.one(of: problem.causes), planted: []))
        }
        if let article {
            ticket.words[.article] = article
            var turn = answer(ticket.filled(draw.one(of: AgentPhrases.linked), &draw), &ticket, &draw)
            turn.isLink = true
            talk.turns.append(turn)
        }
        let right = problem.solution(at: ticket.time)
        let wrong = draw.chance(habits.wrongSolutions) ? other(than: problem, at: ticket.time, &draw) : nil
        // Half of those who err in the resolution told the customer the right thing.
        let inMessage = wrong != nil && draw.chance(0.5) ? wrong : nil
        let isWritten = draw.chance(habits.written) || wrong != nil
        if draw.chance(isWritten ? 0.5 : 0.9) {
            var turn = answer(draw.one(of: solutions[inMessage ?? right].texts), &ticket, &draw)
            turn.solution = inMessage
            talk.turns.append(turn)
        }
        guard isWritten else {
            talk.resolution = draw.one(of: AgentPhrases.brief)
            return
        }
        talk.wrong = wrong
        talk.resolution = draw.one(of: solutions[wrong ?? right].texts)
        if draw.chance(0.15) {
            talk.resolution += " " + ticket.filled(draw.one(of: AgentPhrases.applied), &draw)
            talk.planted = ticket.takePlanted()
        }
    }

    /// What solves another problem, of the same component where one is soon found.
    private func other(than problem: RecurringProblem, at time: Double, _ draw: inout Draw) -> Int? {
        let right = problem.solution(at: time)
        var found: Int?
        for _ in 0..<8 {
            let candidate = draw.one(of: problems)
            guard candidate.solution != problem.solution, candidate.solution(at: time) != right else { continue }
            found = candidate.solution(at: time)
            if candidate.component == problem.component { break }
        }
        return found
    }

    private func answer(_ text: String, _ ticket: inout TicketCase, _ draw: inout Draw) -> Conversation.Turn {
        let isShort = ticket.style == .chat || draw.chance(0.25)
        let parts =
            isShort
            ? [text]
            : [
                ticket.filled(draw.one(of: AgentPhrases.openings), &draw),
                [ticket.filled(draw.one(of: AgentPhrases.introductions), &draw), text].filter { !$0.isEmpty }
                    .joined(separator: " "),
                ticket.filled(draw.one(of: AgentPhrases.closings), &draw),
            ]
        return Conversation.Turn(
            side: .agent, isPublic: true, text: parts.filter { !$0.isEmpty }.joined(separator: "\n\n"),
            planted: ticket.takePlanted())
    }

    private func said(
        _ side: Interaction.Side, _ forms: [Pattern], _ ticket: inout TicketCase, _ draw: inout Draw
    ) -> Conversation.Turn {
        let text = ticket.filled(draw.one(of: forms), &draw)
        return Conversation.Turn(side: side, isPublic: true, text: text, planted: ticket.takePlanted())
    }

    private func note(_ forms: [Pattern], _ ticket: inout TicketCase, _ draw: inout Draw) -> Conversation.Turn {
        var turn = said(.agent, forms, &ticket, &draw)
        turn.isPublic = false
        return turn
    }
}
