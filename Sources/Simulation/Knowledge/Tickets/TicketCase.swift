/// A ticket that is being written: who writes about what, and the words that belong to it.
struct TicketCase {
    enum Style {
        case mail, form, chat, phone

        init(channel: String) {
            switch channel.lowercased() {
            case "phone": self = .phone
            case "chat": self = .chat
            case "web", "portal", "api": self = .form
            default: self = .mail
            }
        }
    }

    var time: Double
    /// The problem; nil for a one-off ticket.
    var problem: RecurringProblem?
    var user: ImpactAccount.User
    var agent: KnowledgeAgent
    var channel: String
    /// The words, of which the texts note those they used.
    var words: Words
    /// The strings about people and customers that the texts written so far hold.
    var planted: [String] = []

    var style: Style { Style(channel: channel) }

    init(
        time: Double, problem: RecurringProblem?, account: ImpactAccount, user: ImpactAccount.User,
        agent: KnowledgeAgent, channel: String, version: String, words: Words, habits: KnowledgeHabits,
        _ draw: inout Draw
    ) {
        (self.time, self.problem, self.user, self.agent, self.channel) = (time, problem, user, agent, channel)
        var words = words
        if let names = problem?.thing.names {
            let isLoose = draw.chance(habits.loose)
            words[.object] = isLoose ? Self.loose(names, words[.component], &draw) : draw.one(of: names)
        }
        words[.objects] = NounSynonyms.plural(of: words[.object])
        words[.version] = version
        words[.browser] = draw.one(of: CustomerPhrases.browsers)
        words[.count] = String(draw.number(2...60))
        words[.hour] = String(draw.number(7...18))
        words[.day] = draw.one(of: CustomerPhrases.days)
        words[.person] = user.name
        // A first name of a few letters is part of too many words to be looked for.
        let first = String(user.name.prefix { $0 != " " })
        words[.first] = first.utf8.count < 5 ? user.name : first
        words[.agent] = agent.name
        words[.agentFirst] = String(agent.name.prefix { $0 != " " })
        let slug = IdentifierStyle.slug(account.name)
        words[.company] = account.name.utf8.count < 5 ? account.domain : account.name
        let stage = draw.one(of: ["prod", "prod", "test", "app", "db"])
        words[.host] = "\(slug.prefix { $0 != "-" })-\(stage)-\(draw.number(1...12))"
        words[.order] = "\(slug.filter { $0 != "-" }.prefix(3).uppercased())-\(draw.number(10_000...99_999))"
        self.words = words
    }

    /// What those call a thing who do not care for its name: a part of it, or where they see it.
    private static func loose(_ names: [String], _ component: String, _ draw: inout Draw) -> String {
        let words = draw.one(of: names).split(separator: " ").map(String.init)
        let head = (words.contains("of") ? words.first : words.last) ?? names[0]
        let place = draw.one(of: ["page", "screen", "window", "thing", "module", "function"])
        return draw.chance(0.6) ? head : draw.one(of: [place, "\(component) \(place)"])
    }

    /// A form with its slots filled; what it says of people and customers is noted.
    mutating func filled(_ pattern: Pattern, _ draw: inout Draw) -> String { pattern.filled(noting: &words, &draw) }

    /// Notes a string that stands in a text.
    mutating func plant(_ text: String) -> String {
        planted.append(text)
        return text
    }

    /// The strings that were planted since the last call.
    mutating func takePlanted() -> [String] {
        defer { planted = [] }
        return planted + words.takeIdentities()
    }
}
