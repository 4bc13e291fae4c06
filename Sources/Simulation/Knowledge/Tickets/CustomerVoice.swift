import Records

/// Puts what customers have to say into their words.
struct CustomerVoice {
    let habits: KnowledgeHabits
    let isHard: Bool

    /// The subject and the body of a ticket.
    func message(_ ticket: inout TicketCase, oneOff: OneOff?, _ draw: inout Draw) -> (subject: String, body: String) {
        if draw.chance(habits.vague), oneOff == nil {
            return (ticket.filled(draw.one(of: CustomerPhrases.vague), &draw), draw.one(of: CustomerPhrases.empty))
        }
        if let problem = ticket.problem, draw.chance(habits.foreign) { return foreign(problem, &ticket, &draw) }
        let subject = subject(&ticket, oneOff, &draw)
        if draw.chance(0.03) { return (subject, draw.one(of: CustomerPhrases.empty)) }
        var sentences = core(&ticket, oneOff, &draw)
        let details = oneOff?.isQuestion == true ? 0 : draw.number(0...(isHard ? 3 : 2))
        for detail in draw.some(details, of: CustomerPhrases.details) {
            sentences.insert(
                ticket.filled(detail, &draw), at: draw.number((draw.chance(0.12) ? 0 : 1)...sentences.count))
        }
        sentences = sentences.map { Prose.mistyped(Prose.sentence($0), rate: habits.typingErrors, &draw) }
        if draw.chance(0.22) { sentences.append(ticket.filled(draw.one(of: CustomerPhrases.identifying), &draw)) }
        if ticket.problem != nil, draw.chance(habits.quoted) {
            let isCode = !ticket.words[.code].isEmpty && draw.chance(0.4)
            let forms = isCode ? CustomerPhrases.codes : CustomerPhrases.errors
            sentences.append(ticket.filled(draw.one(of: forms), &draw))
        }
        if draw.chance(0.06) { sentences.append(personal(&ticket, &draw)) }
        var body = Letters.body(of: sentences, &ticket, &draw)
        if ticket.problem != nil {
            if draw.chance(0.002) {
                body += "\n\n" + PastedLog.long(&ticket, &draw)
            } else if draw.chance(habits.logged) {
                body += "\n\n" + PastedLog.short(&ticket, &draw)
            }
        }
        return (subject, body)
    }

    private func subject(_ ticket: inout TicketCase, _ oneOff: OneOff?, _ draw: inout Draw) -> String {
        let form = ticket.problem.map { draw.one(of: FailureMode.all[$0.mode].subjects) }
        var text = form.map { ticket.filled($0, &draw) } ?? oneOff?.subject ?? ""
        if let problem = ticket.problem, draw.chance(isHard ? 0.2 : 0.4) {
            text += " " + ticket.filled(problem.trigger, &draw)
        }
        text = Prose.mistyped(text, rate: habits.typingErrors, &draw)
        if draw.chance(0.6) { text = Prose.sentence(text) }
        let start = ticket.filled(draw.one(of: CustomerPhrases.subjectStarts), &draw)
        return start + text + ticket.filled(draw.one(of: CustomerPhrases.subjectEnds), &draw)
    }

    /// What is wrong and when, in one sentence or two.
    private func core(_ ticket: inout TicketCase, _ oneOff: OneOff?, _ draw: inout Draw) -> [String] {
        guard let problem = ticket.problem else { return oneOff?.sentences ?? [] }
        let mode = FailureMode.all[problem.mode]
        let complaint = ticket.filled(draw.one(of: mode.complaints), &draw)
        guard draw.chance(habits.triggered) else { return [complaint + "."] }
        let trigger = ticket.filled(problem.trigger, &draw)
        switch draw.number(0...4) {
        case 0, 1: return ["\(complaint) \(trigger)."]
        case 2: return ["\(trigger), \(complaint)."]
        case 3:
            // Some say it twice, in other words.
            return [complaint + ".", ticket.filled(draw.one(of: mode.complaints), &draw) + " " + trigger + "."]
        default:
            return [complaint + ".", ticket.filled(draw.one(of: CustomerPhrases.triggered), &draw) + trigger + "."]
        }
    }

    private func foreign(
        _ problem: RecurringProblem, _ ticket: inout TicketCase, _ draw: inout Draw
    ) -> (subject: String, body: String) {
        let mode = FailureMode.all[problem.mode]
        let isGerman = draw.chance(0.6)
        let text = Prose.sentence(ticket.filled(isGerman ? mode.german : mode.spanish, &draw)) + "."
        let code = draw.chance(0.5) ? (isGerman ? "\nMeldung: " : "\nMensaje: ") + ticket.words[.error] : ""
        let name = ticket.plant(ticket.user.name)
        let object = ticket.words[.object]
        guard isGerman else {
            return ("Problema con \(object)", "Hola,\n\n\(text)\(code)\n\nGracias y un saludo,\n\(name)")
        }
        let subject = draw.one(of: ["Problem mit \(object)", "\(object) - Fehler", "Bitte um Hilfe: \(object)"])
        return (subject, "Guten Tag,\n\n\(text)\(code)\n\nMit freundlichen Grüßen\n\(name)")
    }

    /// A sentence with something that nobody should send by mail.
    private func personal(_ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        let item =
            switch draw.number(0...7) {
            case 0: PlantedItem.card(&draw)
            case 1: PlantedItem.iban(&draw)
            case 2: PlantedItem.address(&draw)
            case 3: PlantedItem.email(&draw)
            case 4: PlantedItem.phone(&draw)
            case 5: PlantedItem.apiKey(&draw)
            case 6: PlantedItem.credentials(&draw)
            default: PlantedItem.password(&draw)
            }
        let lead =
            switch item.family {
            case "card": draw.one(of: ["It was paid with card ", "My card number is "])
            case "iban": draw.one(of: ["Our account is ", "Please refund to "])
            case "ipv4", "ipv6", "mac": draw.one(of: ["We come from ", "Our address is "])
            case "email": draw.one(of: ["Please put in copy: ", "My other address is "])
            case "phone": draw.one(of: ["You can reach me at ", "Please call "])
            default: draw.one(of: ["For your tests: ", "We use this: ", "From our config: "])
            }
        return lead + item.before + ticket.plant(item.value) + item.after
    }
}
