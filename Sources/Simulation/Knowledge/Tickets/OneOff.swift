/// What somebody writes about that nobody else does.
struct OneOff {
    var subject: String
    var sentences: [String]
    var answer: String
    /// Whether nothing is broken.
    var isQuestion: Bool
}

/// Makes one-off tickets: half of them questions, half of them complaints about what goes wrong for nobody else.
struct OneOffForge {
    let product: KnowledgeProduct
    let taken: Set<ProblemForge.Complaint>
    private var seen: Set<String> = []

    init(product: KnowledgeProduct, taken: Set<ProblemForge.Complaint>) {
        (self.product, self.taken) = (product, taken)
    }

    /// The words of a one-off ticket about a component; the writer's own are set later.
    func words(_ component: Int, _ draw: inout Draw) -> (words: Words, thing: KnowledgeProduct.Thing) {
        let thing = draw.one(of: product.things[component])
        var words = Words()
        words[.product] = product.name
        words[.component] = product.components[component]
        words[.object] = draw.one(of: thing.names)
        words[.setting] = "\(draw.one(of: SolutionSteps.settings)) \(draw.one(of: SolutionSteps.settingObjects))"
        words[.value] = String(draw.number(2...240))
        words[.menu] = "\(draw.one(of: SolutionSteps.menus)) > \(draw.one(of: SolutionSteps.submenus))"
        words[.job] = "the \(draw.one(of: ErrorWords.adjectives)) \(draw.one(of: SolutionSteps.settingObjects)) job"
        words[.role] = draw.one(of: SolutionSteps.roles)
        words[.field] = draw.one(of: SolutionSteps.fields)
        words[.target] = draw.one(of: SolutionSteps.fields)
        words[.jargon] = draw.one(of: product.jargon)
        return (words, thing)
    }

    mutating func oneOff(_ ticket: inout TicketCase, thing: KnowledgeProduct.Thing, _ draw: inout Draw) -> OneOff {
        let mode = draw.number(0...FailureMode.all.count - 1)
        if draw.chance(0.5), !taken.contains(ProblemForge.Complaint(thing: thing, mode: mode)),
            seen.insert("\(thing.names[0])\(mode)").inserted
        {
            let failure = FailureMode.all[mode]
            let complaint = ticket.filled(draw.one(of: failure.complaints), &draw)
            let trigger = ticket.filled(draw.one(of: Triggers.all), &draw)
            let steps = draw.one(of: failure.remedies).forms
            return OneOff(
                subject: ticket.filled(draw.one(of: failure.subjects), &draw),
                sentences: ["\(complaint) \(trigger)."],
                answer: Prose.sentence(ticket.filled(draw.one(of: steps), &draw)), isQuestion: false)
        }
        let topic = draw.one(of: OneOffPhrases.topics)
        var question = ""
        for _ in 0..<8 {
            question = ticket.filled(draw.one(of: topic.questions), &draw)
            if draw.chance(0.6) { question += " " + ticket.filled(draw.one(of: OneOffPhrases.qualifiers), &draw) }
            if seen.insert(question).inserted { break }
        }
        return OneOff(
            subject: question, sentences: [question + draw.one(of: ["?", ".", "?"])],
            answer: Prose.sentence(ticket.filled(draw.one(of: topic.answers), &draw)), isQuestion: true)
    }
}
