import Connectors
import Records
import Testing

/// What becomes of messages.
extension TicketArrivalTests {
    @Test func `who quotes our message with its mark has said something of their own`() {
        let ours = entry(1, .message(Document([]), isPublic: false), .done, key: "abc")
        func copy(by author: String) -> RemoteMessage {
            RemoteMessage(
                id: "10", time: Instant(seconds: 6), author: author, text: RawText("what we wrote"), key: "abc")
        }
        func said(_ messages: [RemoteMessage], _ known: [String: String?]) -> SyncStep {
            let people = TicketArrival.People(known: [
                "a": RemotePerson(id: "a", name: RawText("Ana"), isAgent: true),
                "c": RemotePerson(id: "c", name: RawText("Jan"), isAgent: false),
            ])
            return arrival().step(
                remote(), messages: messages,
                known: .init(link: link(), ticket: ticket, messages: known, outbox: [ours]), people: people)
        }
        // Ours is known by its id, or stands before the copy.
        #expect(said([copy(by: "a")], ["9": "abc"]).interactions.map(\.text.string) == ["what we wrote"])
        let own = RemoteMessage(id: "9", time: Instant(seconds: 5), author: "a", text: RawText("ours"), key: "abc")
        let both = said([own, copy(by: "a")], [:])
        #expect(both.interactions.map(\.text.string) == ["what we wrote"])
        #expect(Set(both.messages.map(\.message)) == ["9", "10"])
        // No customer writes for us.
        #expect(said([copy(by: "c")], [:]).interactions.map(\.side) == [.customer])
        #expect(said([copy(by: "a")], [:]).interactions.isEmpty)
    }

    @Test func `a note that was changed in place arrives under the id that is known`() {
        let later = entry(2, .note(Document([])), .sending, key: "new", notBefore: 2_000)
        let message = RemoteMessage(id: "9", time: Instant(seconds: 5), text: RawText("known more"), key: "new")
        let step = arrival().step(
            remote(), messages: [message],
            known: .init(link: link(), ticket: ticket, messages: ["9": "old"], outbox: [later]), people: .init())
        #expect(states(step) == [2: .done] && step.interactions.isEmpty)
        #expect(step.messages == [.init(remote: "7", message: "9", key: "new")])
    }

    @Test("a message of ours that comes back is its arrival, and is not taken in")
    func knowsOwnMessage() {
        let sent = entry(1, .message(Document([]), isPublic: true), .sending, key: "abc", notBefore: 2_000)
        let back = RemoteMessage(id: "9", time: Instant(seconds: 5), text: RawText("hello"), key: "abc")
        let known = TicketArrival.Known(link: link(), ticket: ticket, outbox: [sent])
        let step = arrival().step(remote(), messages: [back, back], known: known, people: .init())
        #expect(states(step) == [1: .done])
        #expect(step.interactions.isEmpty)
        #expect(step.messages.contains(.init(remote: "7", message: "9", key: "abc")))
    }

    @Test("a mark that nobody here has given is a message like any other")
    func takesForeignMark() {
        let forged = RemoteMessage(id: "9", time: Instant(seconds: 5), text: RawText("hello"), key: "nobody")
        let step = arrival().step(
            remote(), messages: [forged], known: .init(link: link(), ticket: ticket), people: .init())
        #expect(step.interactions.count == 1)
    }

    @Test("a message that did not arrive is sent again once that is certain")
    func sendsAgain() {
        for (notBefore, state) in [(2_000.0, OutboxEntry.State.sending), (999, .waiting)] {
            let doubtful = entry(1, .message(Document([]), isPublic: true), .sending, key: "abc", notBefore: notBefore)
            let step = arrival().step(
                remote(), messages: [], known: .init(link: link(), ticket: ticket, outbox: [doubtful]), people: .init())
            #expect((states(step)[1] ?? .sending) == state)
        }
    }

    @Test("known messages are taken in once")
    func takesOnce() {
        let old = RemoteMessage(id: "1", time: Instant(seconds: 2), text: RawText("a"))
        let new = RemoteMessage(id: "2", time: Instant(seconds: 2), text: RawText("a"))
        let step = arrival().step(
            remote(), messages: [old, new], known: .init(link: link(), ticket: ticket, messages: ["1": nil]),
            people: .init()
        )
        #expect(step.messages == [.init(remote: "7", message: "2")])
        #expect(step.interactions.count == 1)
    }

    @Test func `a message that is not there any more is withdrawn, unless nothing is told or it came from here`() {
        let left = RemoteMessage(id: "2", time: Instant(seconds: 2), text: RawText("a"))
        func texts(_ messages: [RemoteMessage]?) -> [SyncStep.HeardText] {
            arrival().step(
                remote(), messages: messages,
                known: .init(link: link(), ticket: ticket, messages: ["1": nil, "2": nil, "3": "k"]), people: .init()
            ).texts.filter { if case .message = $0.part { $0.raw != left.text } else { false } }
        }
        #expect(texts([left]).map(\.part) == [.message("1")])
        #expect(texts([left]).map(\.text.string) == ["[withdrawn]"])
        #expect(texts([]).isEmpty && texts(nil).isEmpty)
    }

    @Test func `what a message says now is told, and the first one is the text of a ticket that has none`() {
        let opening = RemoteMessage(id: "1", time: Instant(seconds: 2), text: RawText("the word was taken out"))
        let step = arrival().step(
            remote(), messages: [opening], known: .init(link: link(), ticket: ticket, messages: ["1": nil]),
            people: .init())
        #expect(step.texts.map(\.part) == [.title, .body, .message("1")])
        #expect(step.texts.dropFirst().map(\.raw) == [opening.text, opening.text])
        #expect(step.interactions.isEmpty && step.messages.isEmpty)
    }
}
