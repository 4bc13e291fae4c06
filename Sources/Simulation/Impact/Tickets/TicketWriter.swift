/// Puts tickets into words.
struct TicketWriter {
    let world: ImpactWorld
    let isHard: Bool

    private static let openings = [
        "Hello,", "Hi team,", "Dear support,", "Good morning,", "", "Hey", "To whom it may concern,",
    ]
    private static let closings = ["Thanks", "Best regards", "Kind regards", "Please advise.", "Urgent!", "", "Cheers"]
    private static let failing = [
        "F fails for all of us", "we cannot F any more", "error when we try to F", "F stopped working",
        "F gives an error: M",
        "our users see \"M\" on every N", "N problems since this morning", "F does not work, message says M",
        "nothing happens when we F", "N: M",
    ]
    private static let vague = [
        "it does not work", "problem", "system down?", "help needed", "something is wrong since today", "urgent issue",
        "we are stuck", "please call us back", "is there an outage?", "your software again",
    ]
    private static let questions = [
        "How do we F?", "Where can I find the N?", "Please add a user to our N", "Can you export every N for us?",
        "N looks different than before", "Question about N permissions", "Feature request: F in bulk",
        "Can we F twice?", "Training for new colleagues on N", "The N from last month is wrong",
    ]

    /// A ticket of a good day: about a function, or about the everyday matters of any desk.
    func ordinary(at time: Double, _ account: Int, _ draw: inout Draw) -> DeskTicket {
        let function = draw.one(of: world.product.functions)
        let category = draw.one(of: Vocabulary.categories)
        let everyday =
            "\(draw.one(of: category.objects)) \(draw.one(of: Vocabulary.symptoms)) \(draw.one(of: Vocabulary.endings))"
        let subject =
            draw.chance(0.5)
            ? everyday : filled(draw.one(of: Self.questions), function.title, function.noun, "")
        var ticket = asking(subject, at: time, account, &draw)
        ticket.category = category.name
        return ticket
    }

    /// A ticket about something that no log shows.
    func asking(_ subject: String, at time: Double, _ account: Int, _ draw: inout Draw) -> DeskTicket {
        DeskTicket(
            time: time, account: account, user: user(account, &draw), subject: subject,
            body: body(subject, account, &draw), category: "question",
            priority: draw.index(weights: [0.015, 0.04, 0.885, 0.06]),
            cause: nil)
    }

    /// A ticket of somebody whom a trouble hurts.
    func hurt(
        at time: Double, _ account: Int, by trouble: Trouble, number: Int, isVague: Bool, _ draw: inout Draw
    ) -> DeskTicket {
        let words = trouble.words
        let subject =
            isVague
            ? draw.one(of: Self.vague) : filled(draw.one(of: Self.failing), words.function, words.noun, words.message)
        let detail =
            isVague ? "Since about \(draw.number(1...9)) o'clock." : "It concerns \(words.function). \(words.message)."
        return DeskTicket(
            time: time, account: account, user: user(account, &draw), subject: subject,
            body: body(subject + ". " + detail, account, &draw), category: draw.chance(0.7) ? "incident" : "question",
            priority: draw.index(weights: [0.1, 0.35, 0.5, 0.05]), cause: number)
    }

    private func user(_ account: Int, _ draw: inout Draw) -> Int {
        draw.number(0...world.accounts[account].users.count - 1)
    }

    private func body(_ text: String, _ account: Int, _ draw: inout Draw) -> String {
        let owner = world.accounts[account]
        let sign = draw.one(of: owner.users)
        let from = draw.chance(0.5) ? "\n\(sign.name)\n\(sign.mail)" : draw.chance(0.5) ? "\n\(owner.name)" : ""
        return [draw.one(of: Self.openings), text, draw.one(of: Self.closings) + from].filter { !$0.isEmpty }.joined(
            separator: "\n")
    }

    private func filled(_ form: String, _ function: String, _ noun: String, _ message: String) -> String {
        form.split(separator: " ").map { word in
            let core = word.filter { $0.isLetter }
            switch core {
            case "F": return String(word).replacing("F", with: function)
            case "N": return String(word).replacing("N", with: noun)
            case "M": return String(word).replacing("M", with: message)
            default: return String(word)
            }
        }.joined(separator: " ")
    }
}
