import Connectors
import Records
import Storage
import Synchronization
import Testing

@testable import Service

@Suite("Forms and chat messages that are posted", .timeLimit(.minutes(1)))
struct PortalReceiverTests {
    private static let key = Array("a key of twenty bytes".utf8)
    private static let now = Instant(seconds: 1_772_496_000)
    private static var entry: AuditEntry { AuditEntry(time: now, actor: "portal", action: .imported) }

    private let store: TenantStore
    private let opened = Opened()
    private let receiver: PortalReceiver

    /// How often the store was opened for messages.
    private final class Opened: Sendable {
        let times = Mutex(0)
    }

    init() throws {
        let (store, opened) = (try TenantStore(inMemoryWith: TenantKey(Self.key)), opened)
        self.store = store
        receiver = PortalReceiver(
            store: store, secret: "s3cret", clock: { Self.now }, entry: { Self.entry },
            open: { () throws(ChannelError) in
                opened.times.withLock { $0 += 1 }
                return try ChannelIntake(
                    store, team: SupportTeam(names: ["desk.example"]), now: Self.now, by: Self.entry
                ) { context in
                    var rules = RedactionRules()
                    rules.add(context)
                    var generator = SystemRandomNumberGenerator()
                    return Redactor(key: Self.key, rules: rules) ?? Redactor(rules: rules, keyedBy: &generator)
                }
            }, tell: { _ in })
    }

    private func post(_ text: String, _ kind: PostedKind = .forms) async throws -> PostedReceipt {
        try await receiver.take(Array(text.utf8), kind)
    }

    private static let form =
        #"{"id": "f1", "time": "2026-03-02T10:00:00Z", "email": "ann@bakery.example", "subject": "down", "body": "call +49 171 2345678"}"#

    @Test func `a form is kept before it is answered, redacted, and once`() async throws {
        let receipt = try await post(Self.form)
        let ticket = try #require(try store.tickets().first)
        #expect(receipt == .kept(ticket: ticket.id))
        #expect((ticket.channel, ticket.subject.string) == ("form", "down"))
        #expect(ticket.body.string.hasPrefix("call <phone:"))
        #expect(try await post(Self.form + "\n") == .repeated(ticket: ticket.id))
        #expect(try store.tickets().count == 1)
    }

    @Test func `a form without an id is told by its bytes`() async throws {
        let form = #"{"time": "2026-03-02T10:00:00Z", "email": "ann@bakery.example", "body": "down"}"#
        guard case .kept(let ticket) = try await post(form) else { return #expect(Bool(false), "it was not kept") }
        #expect(try await post(form + "\r\n") == .repeated(ticket: ticket))
    }

    @Test func `messages of a conversation belong to one ticket`() async throws {
        func line(_ id: Int, _ members: String) -> String {
            #"{"conversation": "c1", "id": \#(id), "time": "2026-03-02T10:0\#(id):00Z", \#(members)}"#
        }
        guard
            case .kept(let ticket) = try await post(
                line(1, #""author": "ann@bakery.example", "text": "it hangs""#), .chat)
        else { return #expect(Bool(false), "it was not kept") }
        #expect(
            try await post(line(2, #""side": "agent", "author": "sam", "text": "restart it""#), .chat)
                == .kept(ticket: ticket))
        #expect(try await post(line(3, #""side": "system", "text": "assigned""#), .chat) == .kept(ticket: ticket))
        #expect(try store.interactions(ofTicket: ticket).count == 2)
    }

    @Test(arguments: [
        (#"{"id": "f2", "body": "down"}"#, PostedKind.forms, "field \"time\""),
        (#"{"id": "f2", "time": "yesterday", "body": "down"}"#, .forms, "field \"time\""),
        (#"{"id": ["f2"], "time": "2026-03-02T10:00:00Z", "body": "down"}"#, .forms, "field \"id\""),
        (#"{"id": "f2", "time": "2026-03-02T10:00:00Z"}"#, .forms, "\"body\""),
        (#"{"time": "2026-03-02T10:00:00Z", "text": "down"}"#, .chat, "field \"conversation\""),
        (#"{"conversation": 1, "time": "2026-03-02T10:00:00Z", "side": "them"}"#, .chat, "field \"side\""),
        (#"{"conversation": 1, "time": "2026-03-02T10:00:00Z", "side": "system"}"#, .chat, "belongs to no ticket"),
        ("", .forms, "no JSON"), ("[1]", .forms, "no JSON object"), (form + form, .forms, "no JSON"),
    ])
    func `what is wrong is refused with its field, and nothing is kept`(text: String, kind: PostedKind, reason: String)
        async throws
    {
        guard case .refused(let said) = try await post(text, kind) else {
            return #expect(Bool(false), "it was not refused")
        }
        #expect(said.contains(reason))
        #expect(try store.tickets().isEmpty)
        // What comes next is not the worse for it.
        guard case .kept = try await post(Self.form) else { return #expect(Bool(false), "it was not kept") }
    }

    @Test func `customers who are imported meanwhile are known, and are not read again for each call`() async throws {
        _ = try await post(Self.form)
        _ = try await post(Self.form.replacing("f1", with: "f2"))
        #expect(opened.times.withLock(\.self) == 1)
        let account = CustomerContext(
            accounts: [Account(id: "acct-1", name: "Plain Bakery")],
            aliases: [AccountAlias(account: "acct-1", kind: "domain", value: "bakery.example")])
        try store.keep(account, source: "crm", date: Self.now, by: Self.entry)
        _ = try await post(Self.form.replacing("f1", with: "f3").replacing("ann@", with: "zoe@"))
        #expect(opened.times.withLock(\.self) == 2)
        #expect(try store.tickets().map(\.account).filter { $0 == "acct-1" }.count == 1)
    }

    @Test func `it listens until it is asked to end`() async throws {
        let port = Mutex(-1)
        try await receiver.listen(port: 0, isAskedToEnd: { port.withLock { $0 > 0 } }) { listening in
            port.withLock { $0 = listening }
        }
        #expect(port.withLock { $0 > 0 })
    }
}
