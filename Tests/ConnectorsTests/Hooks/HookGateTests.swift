import Connectors
import Records
import Testing

/// Which calls of web hooks are let in.
///
/// The signatures were computed with Python's `hmac` and checked with OpenSSL.
struct HookGateTests {
    private static let secret = "casebook-demo-secret"
    private static let zendesk =
        #"{"type":"zen:event-type:ticket.status_changed","id":"01","detail":{"id":"42","status":"open"}}"#
    private static let jira =
        #"{"webhookEvent":"jira:issue_updated","timestamp":1795341600000,"issue":{"id":"10000","key":"SUP-1"}}"#
    private static let tracker =
        #"{"creator":"root","field":"Status","new":"resolved","ticket":3,"txn":100,"type":"Status"}"#
    private let sent = Instant(iso8601: "2026-11-22T10:00:00Z") ?? Instant(seconds: 0)

    private func call(_ body: String, _ headers: [String: String]) -> HookGate.Call {
        HookGate.Call(headers: headers, body: Array(body.utf8))
    }

    private var zendeskHeaders: [String: String] {
        [
            "x-zendesk-webhook-signature": "sFPQM+iRYGYY2nkNhM7S5Q58eX4ZZrXTGvxWjV68Pqk=",
            "x-zendesk-webhook-signature-timestamp": "2026-11-22T10:00:00Z", "x-zendesk-webhook-invocation-id": "inv1",
        ]
    }

    @Test("a signed call is let in, and says which ticket")
    func letsIn() throws {
        let zendesk = try HookGate(.zendesk, secret: Self.secret).open(call(Self.zendesk, zendeskHeaders), at: sent)
        #expect(zendesk.delivery == "inv1" && zendesk.tickets == ["42"])
        let jira = try HookGate(.jira, secret: Self.secret).open(
            call(
                Self.jira,
                [
                    "x-hub-signature": "sha256=11bf6fb564e87d44607737c09891c44d0882243226fbcf32ca0ab63290c9bd90",
                    "x-atlassian-webhook-identifier": "hook9",
                ]), at: sent)
        #expect(jira.delivery == "hook9" && jira.tickets == ["10000"])
        let tracker = try HookGate(.requesttracker, secret: "s3cret").open(
            call(
                Self.tracker,
                ["x-rt-signature": "sha256=d9ba6fd3e210c70726d2d6a0f2a36bd3c23b4249356bfc2409ef39abecc77f1c"]), at: sent
        )
        #expect(tracker.tickets == ["3"])
        let record = try HookGate(.servicenow, secret: "s").open(
            call(#"{"sys_id":"abc","sys_mod_count":"4"}"#, ["x-casebook-secret": "s"]), at: sent)
        #expect(record.delivery == "abc 4" && record.tickets == ["abc"])
    }

    @Test func `two calls about one ticket that say the same are two, where nothing numbers them`() throws {
        let body = #"{"id":"42","status":"open"}"#
        func delivery(_ signature: String, _ time: String) throws -> String {
            let headers = [
                "x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": time,
            ]
            let news = try HookGate(.zendesk, secret: Self.secret).open(call(body, headers), at: sent)
            #expect(news.tickets == ["42"])
            return try #require(news.delivery)
        }
        let first = try delivery("wHYYbBKsj3jySmSAqRHuQ4FR+vgwa/+gsWiz0mMrgo0=", "2026-11-22T10:00:00Z")
        #expect(try delivery("wHYYbBKsj3jySmSAqRHuQ4FR+vgwa/+gsWiz0mMrgo0=", "2026-11-22T10:00:00Z") == first)
        #expect(try delivery("0beJVErvNtSe6hjyetfbrYk/c4p9+s+KY+KF3rKVso4=", "2026-11-22T10:00:01Z") != first)
    }

    @Test(arguments: [
        (
            SystemDescription.Kind.servicenow, #"{"sys_id":"7","table":"incident"}"#,
            #"{"sys_id":"7","sys_mod_count":"4"}"#
        ),
        (.roundup, #"{"issue":"7"}"#, #"{"issue":"7","activity":"4"}"#),
    ])
    func `a call has no id of its own where nothing tells it from the next one`(
        kind: SystemDescription.Kind, bare: String, counted: String
    ) throws {
        let gate = HookGate(kind, secret: "s")
        let news = try gate.open(call(bare, ["x-casebook-secret": "s"]), at: sent)
        #expect(news.delivery == nil && news.tickets == ["7"])
        #expect(try gate.open(call(counted, ["x-casebook-secret": "s"]), at: sent).delivery == "7 4")
    }

    /// A call that is repeated tells the same time, and is repeated for some time.
    @Test(arguments: [(-HookGate.window - 1, false), (0, true), (3_600, true), (HookGate.repeating + 1, false)])
    func `an event of Jira that is too old, or yet to come, is refused`(age: Double, isIn: Bool) {
        let headers = ["x-hub-signature": "sha256=11bf6fb564e87d44607737c09891c44d0882243226fbcf32ca0ab63290c9bd90"]
        let now = Instant(seconds: 1_795_341_600 + age)
        let gate = HookGate(.jira, secret: Self.secret)
        let result = Result { () throws(HookGate.Refusal) in try gate.open(call(Self.jira, headers), at: now) }
        switch result {
        case .success: #expect(isIn)
        case .failure(let refusal): #expect(!isIn && refusal == .untimely)
        }
    }

    @Test("a body, a secret or a time that is another one is refused, and so is no signature at all")
    func refuses() {
        let gate = HookGate(.zendesk, secret: Self.secret)
        func refusal(_ gate: HookGate, _ body: String, _ headers: [String: String], _ now: Instant) -> HookGate.Refusal?
        {
            do throws(HookGate.Refusal) {
                _ = try gate.open(call(body, headers), at: now)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(gate, Self.zendesk + " ", zendeskHeaders, sent) == .unsigned)
        #expect(refusal(gate, Self.zendesk, [:], sent) == .unsigned)
        #expect(refusal(HookGate(.zendesk, secret: "other"), Self.zendesk, zendeskHeaders, sent) == .unsigned)
        let late = Instant(seconds: sent.seconds + HookGate.window + 1)
        #expect(refusal(gate, Self.zendesk, zendeskHeaders, late) == .untimely)
        #expect(refusal(HookGate(.jira, secret: "x"), Self.jira, ["x-hub-signature": "sha256=zz"], sent) == .unsigned)
        #expect(refusal(HookGate(.servicenow, secret: "s"), "{}", ["x-casebook-secret": "t"], sent) == .unsigned)
        #expect(refusal(HookGate(.servicenow, secret: "s"), "{}", ["x-casebook-secret": "s"], sent) == .unreadable)
        #expect(refusal(HookGate(.roundup, secret: "s"), "<html>", ["x-casebook-secret": "s"], sent) == .unreadable)
    }

    @Test(
        "a system whose clock is off is let in by its own clock, unless that is a day off",
        arguments: [(3_600.0, true), (-3_600, true), (90_000, false)])
    func clocks(offset: Double, isLetIn: Bool) {
        let gate = HookGate(.zendesk, secret: Self.secret)
        let now = Instant(seconds: sent.seconds - offset)
        #expect(throws: HookGate.Refusal.untimely) { try gate.open(call(Self.zendesk, zendeskHeaders), at: now) }
        let letIn = try? gate.open(call(Self.zendesk, zendeskHeaders), at: now, there: sent)
        #expect((letIn != nil) == isLetIn)
    }

    @Test func `what a portal posts is signed over its body alone`() {
        let signed = call(
            #"{"id":"f2","email":"ann@bakery.example","body":"down"}"#,
            [
                "x-casebook-signature": "sha256=321f07c3806ddfe51bd6f5a309257266f37134b5caea70f4d361d1bf279c3861"
            ])
        #expect(HookGate.isSigned(signed, with: "s3cret"))
        #expect(!HookGate.isSigned(signed, with: "s3cre"))
        #expect(!HookGate.isSigned(call("{}", signed.headers), with: "s3cret"))
        #expect(!HookGate.isSigned(.init(headers: [:], body: signed.body), with: "s3cret"))
        #expect(!HookGate.isSigned(.init(headers: ["x-casebook-signature": "sha256="], body: signed.body), with: ""))
    }
}
