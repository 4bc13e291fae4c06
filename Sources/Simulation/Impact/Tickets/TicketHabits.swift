/// How the tickets of a desk are written.
struct TicketHabits {
    var prefix: String
    var width: Int
    var first: Int
    var channels: [String]
    var priorities: [String]
    var groups: [String]
    var agents: [String]
    /// Tickets of one account on a mean day.
    var perAccountAndDay: Double

    init(_ draw: inout Draw) {
        prefix = draw.one(of: ["T", "INC", "#", "CS-", "", "REQ-", "case "])
        width = draw.number(1...8)
        first = draw.number(1...60_000)
        channels = draw.one(of: [
            ["email", "web", "phone"], ["mail", "chat"], ["portal", "phone", "api"], ["Email", "Web"],
        ])
        priorities = draw.one(of: [
            ["P1", "P2", "P3", "P4"], ["critical", "high", "normal", "low"],
            ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"],
            ["urgent", "high", "medium", "low"],
        ])
        groups = draw.some(4, of: ["first line", "billing", "technical", "integrations", "platform", "onboarding"])
        agents = (0..<draw.number(4...9)).map { _ in CompanyNames.person(&draw).last.lowercased() }
        perAccountAndDay = draw.uniform(0.05...0.12)
    }

    func id(_ index: Int) -> String { prefix + DeskNames.padded(first + index, width) }
}

/// A ticket of a simulated desk.
struct DeskTicket {
    var time: Double
    var account: Int
    var user: Int
    var subject: String
    var body: String
    var category: String
    var priority: Int
    /// The index of the trouble that it was opened because of.
    var cause: Int?
}
