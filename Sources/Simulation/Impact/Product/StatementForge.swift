/// Makes statements in the style of a product.
struct StatementForge {
    let trade: Trade
    let services: [Service]
    let naming: NamingHabits

    /// A function with a chain of services and the statements of each.
    func function(weight: Double, _ draw: inout Draw) -> Function {
        let verb = draw.one(of: trade.verbs)
        let noun = draw.one(of: trade.nouns)
        var chain = [draw.chance(0.8) ? 0 : min(1, services.count - 1)]
        while chain.count < draw.number(2...4), let last = chain.last, !services[last].calls.isEmpty {
            chain.append(draw.one(of: services[last].calls))
        }
        var ordinary = [statement(Phrases.received, 9, chain[0], verb, noun, &draw)]
        for service in chain.dropFirst() {
            ordinary.append(statement(Phrases.step, draw.chance(0.8) ? 9 : 5, service, verb, noun, &draw))
        }
        ordinary.append(statement(Phrases.finished, 9, chain[0], verb, noun, &draw))
        let count = draw.number(4...14)
        let failures = (0..<count).map { _ in
            let isMistake = draw.chance(0.4)
            let service = isMistake ? chain[0] : draw.one(of: chain)
            let forms = isMistake ? Phrases.mistake : draw.chance(0.2) ? Phrases.warning : Phrases.error
            return statement(forms, isMistake || forms == Phrases.warning ? 13 : 17, service, verb, noun, &draw)
        }
        return Function(
            verb: verb, noun: noun, chain: chain, ordinary: ordinary, failures: failures,
            failureWeights: (1...count).map { 1 / Double($0) },
            weight: weight)
    }

    func machinery(severity: Int, _ draw: inout Draw) -> Statement {
        let service = draw.number(0...services.count - 1)
        var made = statement(
            Phrases.machinery, severity, service, draw.one(of: trade.verbs), draw.one(of: trade.nouns), &draw,
            isAnonymous: true)
        made.isTraced = false
        return made
    }

    /// A statement of a service with one of several forms.
    func statement(
        _ forms: [String], _ severity: Int, _ service: Int, _ verb: String, _ noun: String, _ draw: inout Draw,
        isAnonymous: Bool = false
    ) -> Statement {
        let host = services[service]
        let phrase = filled(draw.one(of: forms), service: service, verb: verb, noun: noun, &draw)
        // Whom a request is of is known where it arrives, and seldom further on.
        let share = service == 0 ? max(0.95, naming.statementShare) : naming.statementShare
        let isNamed = !isAnonymous && !host.naming.isMute && draw.chance(share)
        let isInBody = host.naming.key == nil || draw.chance(0.15)
        let words = host.naming.phrase.replacing("{}", with: "{account}")
        let form = host.style.form(
            phrase: phrase, account: isNamed && isInBody ? words : nil, severity: severity < 13 ? "info" : "error",
            service: host.name, place: "\(noun.split(separator: " ").joined(separator: "_"))", &draw)
        let pieces = Statement.pieces(form)
        return Statement(
            service: service, severity: severity, pieces: isAnonymous ? pieces.filter(\.isOfNobody) : pieces,
            naming: !isNamed ? .none : !isInBody ? .attribute : host.naming.key == nil ? .body : .both,
            namesUser: !isAnonymous && draw.chance(service == 0 ? 0.9 : 0.6),
            isTraced: !isAnonymous && draw.chance(0.95))
    }

    private func filled(
        _ form: String, service: Int, verb: String, noun: String, _ draw: inout Draw
    ) -> String {
        let host = services[service]
        let peer = host.calls.isEmpty ? draw.one(of: ErrorWords.components) : services[draw.one(of: host.calls)].name
        let past = verb.hasSuffix("e") ? verb + "d" : verb + "ed"
        let words: [(String, String)] = [
            ("Vd", past), ("V", verb), ("N", noun), ("R", draw.one(of: ErrorWords.reasons)),
            ("X", draw.one(of: ErrorWords.exceptions)), ("C", draw.one(of: ErrorWords.components)),
            ("A", draw.one(of: ErrorWords.adjectives)), ("S", draw.one(of: ErrorWords.steps)), ("P", peer),
        ]
        var text = ""
        var letters = Substring(form)
        var isInSlot = false
        var isAfterLetter = false
        while let first = letters.first {
            isInSlot = first == "{" || (isInSlot && first != "}")
            let match =
                isInSlot || isAfterLetter
                ? nil
                : words.first { word, _ in
                    letters.hasPrefix(word) && !(letters.dropFirst(word.count).first?.isLetter ?? false)
                }
            if let match {
                text += match.1
                letters = letters.dropFirst(match.0.count)
            } else {
                text.append(first)
                letters = letters.dropFirst()
            }
            isAfterLetter = first.isLetter && match == nil
        }
        return text
    }
}

extension Statement.Piece {
    /// Whether it can be filled without a request.
    var isOfNobody: Bool {
        switch self {
        case .account, .user, .request, .session, .entity: false
        default: true
        }
    }
}
