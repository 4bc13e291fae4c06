import Records
import Storage

@testable import Connectors

/// A tenant with two customers and some tickets, to which channels bring messages.
struct ChannelDesk {
    static let now = Instant(seconds: 1_772_496_000)
    static let key = Array("a key of twenty bytes".utf8)

    let store: TenantStore

    init(path: String? = nil) throws {
        store =
            try path.map { try TenantStore(path: $0, key: TenantKey(Self.key)) }
            ?? TenantStore(inMemoryWith: TenantKey(Self.key))
        let context = CustomerContext(
            accounts: [Account(id: "acct-1", name: "Zyxwvut Yachts"), Account(id: "acct-2", name: "Plain Bakery")],
            contacts: [
                Contact(
                    id: "person-1", account: "acct-1", name: RawText("Zelda Quimby"),
                    email: RawText("Zelda@yachts.example"))
            ],
            aliases: [
                AccountAlias(account: "acct-1", kind: "domain", value: "yachts.example"),
                AccountAlias(account: "acct-2", kind: "domain", value: "bakery.example"),
            ])
        let day = 86_400.0
        let tickets = [
            Ticket(id: "42", openedAt: Self.at(-day), account: "acct-1", contact: "person-1"),
            Ticket(id: "43", openedAt: Self.at(-10 * day), resolvedAt: Self.at(-9 * day), account: "acct-1"),
            Ticket(id: "44", openedAt: Self.at(-90 * day), resolvedAt: Self.at(-80 * day), account: "acct-1"),
        ]
        try store.keep(
            context, tickets: tickets, agents: [Agent(id: "sam")], source: "crm", date: Self.at(-day), by: Self.entry)
    }

    static var entry: AuditEntry { AuditEntry(time: now, actor: "tester", action: .imported) }

    static func at(_ seconds: Double) -> Instant { Instant(seconds: now.seconds + seconds) }

    static var redactor: Redactor? { Redactor(key: key) }

    /// Reads mails, as `body` brings them.
    func receive(_ body: (inout ChannelIntake) throws(ChannelError) -> Void) throws -> ChannelReport {
        var intake = try ChannelIntake(
            store, team: SupportTeam(names: ["desk.example"], agents: ["sam"]), now: Self.now, by: Self.entry
        ) { context throws(RecordError) in
            var rules = RedactionRules()
            rules.add(context)
            var generator = SystemRandomNumberGenerator()
            return Redactor(key: Self.key, rules: rules) ?? Redactor(rules: rules, keyedBy: &generator)
        }
        try body(&intake)
        try intake.finish()
        return intake.report
    }

    /// Reads a single mail.
    func receive(mail text: String) throws -> ChannelReport {
        try receive { intake throws(ChannelError) in
            try intake.add(MailFile(bytes: Array(text.utf8), place: ChannelPlace(file: "mail")))
        }
    }

    /// A mail; hours count from ``now``.
    static func mail(
        _ id: String, from: String = "Zelda Quimby <zelda@yachts.example>", subject: String = "it is slow",
        answers: String? = nil, hours: Double = -1, headers: String = "", _ body: String
    ) -> String {
        "From: \(from)\nTo: support@desk.example\nMessage-ID: <\(id)>\nDate: \(date(at(hours * 3_600)))\nSubject: \(subject)\n"
            + (answers.map { "In-Reply-To: <\($0)>\n" } ?? "") + headers + "\n" + body + "\n"
    }

    private static func date(_ time: Instant) -> String {
        let civil = time.civilTime(in: .utc)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return
            "\(civil.day) \(months[civil.month - 1]) \(civil.year) \(civil.hour):\(civil.minute):\(Int(civil.second)) +0000"
    }
}
