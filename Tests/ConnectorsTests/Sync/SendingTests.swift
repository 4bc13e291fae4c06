import Connectors
import Records
import Testing

/// What is sent next, and what an answer means for it.
struct SendingTests {
    private let system = SystemDescription(
        name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"), fields: ["version": "42"])
    private let redactor: Redactor
    private let now = Instant(seconds: 100)

    init() throws {
        redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
    }

    private func entry(_ number: Int, _ work: OutboxEntry.Work, fault: String = "") -> OutboxEntry {
        var entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k\(number)", work: work, createdAt: Instant(seconds: 0),
            actor: "ana")
        entry.number = number
        entry.fault = redactor.redact(RawText(fault))
        return entry
    }

    private func progress(_ sending: Sending?, _ fault: SystemFault) -> [OutboxEntry.State] {
        sending?.progress(after: fault, system: system, redactor: redactor, at: now, random: 0.5).map(\.state) ?? []
    }

    @Test("fields and tags go together up to the next message, in the system's words")
    func gathers() throws {
        let sending = try #require(
            Sending(
                next: [
                    entry(1, .field("status", value: "waiting")), entry(2, .tags(added: ["a"], removed: ["b"])),
                    entry(3, .field("version", value: nil)), entry(4, .message(Document([]), isPublic: true)),
                ], note: nil, system: system))
        #expect(sending.entries.map(\.number) == [1, 2, 3])
        #expect(sending.change.fields == [.status: "pending", .custom("42"): nil])
        #expect(sending.change.tagsAdded == ["a"] && sending.change.tagsRemoved == ["b"])
        #expect(sending.change.message == nil)
    }

    @Test("a message goes alone, with its key")
    func sendsMessage() throws {
        let sending = try #require(
            Sending(
                next: [entry(1, .message(Document([]), isPublic: false)), entry(2, .field("status", value: "open"))],
                note: "99", system: system))
        #expect(sending.entries.map(\.number) == [1])
        #expect(sending.change.message?.key == "k1" && sending.change.message?.replaces == nil)
        let note = try #require(Sending(next: [entry(1, .note(Document([])))], note: "99", system: system))
        #expect(note.change.message?.replaces == "99" && note.change.message?.isPublic == false)
    }

    @Test("the later of two changes of one tag counts")
    func ordersTags() throws {
        let sending = try #require(
            Sending(
                next: [entry(1, .tags(added: ["a"], removed: [])), entry(2, .tags(added: [], removed: ["a"]))],
                note: nil,
                system: system))
        #expect(sending.change.tagsAdded.isEmpty && sending.change.tagsRemoved == ["a"])
    }

    @Test("of several fields the one that is refused ends, and the others are sent without it")
    func sparesOthers() {
        let both = Sending(
            next: [entry(1, .field("priority", value: "x")), entry(2, .field("status", value: "open"))], note: nil,
            system: system)
        #expect(progress(both, .refused(reason: "no", fields: ["priority"])) == [.dead, .waiting])
        // Where the system names no field, each is tried alone.
        #expect(progress(both, .refused(reason: "no", fields: [])) == [.waiting, .waiting])
        let alone = Sending(
            next: [entry(1, .field("priority", value: "x"), fault: "no"), entry(2, .field("status", value: "open"))],
            note: nil, system: system)
        #expect(alone?.entries.map(\.number) == [1])
        #expect(progress(alone, .refused(reason: "no", fields: [])) == [.dead])
    }

    @Test("what may have arrived is looked for, what cannot have is sent again, nothing passing is given up")
    func tellsFaultsApart() {
        let one = Sending(next: [entry(1, .message(Document([]), isPublic: true))], note: nil, system: system)
        for fault in [SystemFault.unanswered("x"), .unavailable(status: 503, retryAfter: nil), .unreadable("x")] {
            #expect(progress(one, fault) == [.sending])
        }
        for fault in [
            SystemFault.unreachable("x"), .limited(retryAfter: 5), .stale, .credentials("x"), .gone("x"),
            .readOnly("x"), .missing,
        ] {
            #expect(progress(one, fault) == [.waiting])
        }
        for fault in [SystemFault.forbidden("x"), .refused(reason: "x", fields: [])] {
            #expect(progress(one, fault) == [.dead])
        }
    }

    @Test("a doubt is not looked at before what was under way has come to an end, nor a wait cut short")
    func waits() throws {
        let one = try #require(
            Sending(next: [entry(1, .message(Document([]), isPublic: true))], note: nil, system: system))
        func wait(_ fault: SystemFault, _ longest: Double = 0) -> Double {
            let progress = one.progress(
                after: fault, system: system, redactor: redactor, at: now, random: 0, longest: longest)
            return (progress.first?.notBefore?.seconds ?? now.seconds) - now.seconds
        }
        #expect(wait(.unanswered("x")) >= Sending.settling)
        // A gateway, or we, may have given up what a system is still at.
        for fault in [SystemFault.unanswered("x", mayGoOn: true), .unavailable(status: 504, retryAfter: nil)] {
            #expect(wait(fault, 120) >= 120)
        }
        #expect(5..<60 ~= wait(.unanswered("x"), 120))
        #expect(wait(.unavailable(status: 500, retryAfter: nil), 120) < 5)
        #expect(wait(.limited(retryAfter: 7)) >= 7)
        #expect(wait(.limited(retryAfter: 0)) > 0)
    }

    @Test func `who is always slower than somebody else waits ever longer, and gives up in the end`() throws {
        func progress(after attempts: Int) throws -> SyncStep.Progress? {
            var item = entry(1, .field("priority", value: "high"))
            item.attempts = attempts
            let one = try #require(Sending(next: [item], note: nil, system: system))
            return one.progress(after: .stale, system: system, redactor: redactor, at: now, random: 0).first
        }
        let first = try #require(try progress(after: 0))
        #expect(first.state == .waiting && first.notBefore == now)
        let (later, latest) = (try #require(try progress(after: 4)), try #require(try progress(after: 8)))
        let waits = (try #require(later.notBefore), try #require(latest.notBefore))
        #expect(later.state == .waiting && waits.0 > now && waits.1 > waits.0)
        let last = try #require(try progress(after: 40))
        #expect(last.state == .dead && !last.fault.isEmpty)
    }

    @Test("the reason of a refusal names nobody")
    func redactsReason() throws {
        let one = try #require(
            Sending(next: [entry(1, .message(Document([]), isPublic: true))], note: nil, system: system))
        let fault = SystemFault.refused(reason: "jan@example.com may not", fields: [])
        let reason = one.progress(after: fault, system: system, redactor: redactor, at: now, random: 0)[0].fault.string
        #expect(!reason.contains("jan@") && reason.contains("may not"))
    }
}
