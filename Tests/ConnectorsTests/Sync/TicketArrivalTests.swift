import Connectors
import Records
import Testing

/// What a reading of a remote ticket changes here.
struct TicketArrivalTests {
    static let now = Instant(seconds: 1_000)
    let redactor: Redactor

    init() throws {
        redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
    }

    func arrival(ours: Set<String> = [], begunAt: Instant = Self.now) -> TicketArrival {
        let system = SystemDescription(
            name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"), ownFields: ours)
        return TicketArrival(system, redactor: redactor, at: Self.now, begunAt: begunAt, readAt: Self.now)
    }

    func remote(
        _ fields: [TicketField: String] = [:], tags: Set<String> = [], fate: RemoteTicket.Fate = .present
    ) -> RemoteTicket {
        RemoteTicket(
            id: "7", number: "7", version: "v2", createdAt: Instant(seconds: 1), updatedAt: Instant(seconds: 900),
            fate: fate,
            subject: RawText("upload fails"), fields: fields, tags: tags)
    }

    func link(_ values: [String: String] = [:], tags: Set<String> = []) -> LinkedTicket {
        LinkedTicket(
            system: "desk", remote: "7", number: "7", ticket: "desk:7", version: "v1", updatedAt: Instant(seconds: 800),
            readAt: Instant(seconds: 801), values: values, tags: tags)
    }

    func entry(
        _ number: Int, _ work: OutboxEntry.Work, _ state: OutboxEntry.State = .waiting, key: String = "k",
        notBefore: Double = 0
    ) -> OutboxEntry {
        var entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: key, work: work, createdAt: Instant(seconds: 0), actor: "ana")
        entry.number = number
        entry.state = state
        entry.notBefore = Instant(seconds: notBefore)
        return entry
    }

    @Test func `who changes the incident of a ticket decides on the links of both`() {
        func decisions(_ was: String, _ became: String, account: String?) -> [LinkDecision] {
            var own = ticket
            own.account = account
            var system = SystemDescription(
                name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"))
            system.fields = ["incident": "77"]
            let arrival = TicketArrival(
                system, redactor: redactor, at: Self.now, begunAt: Self.now, readAt: Self.now)
            return arrival.step(
                remote([.custom("77"): became]), messages: nil,
                known: .init(link: link(["incident": was]), ticket: own), people: .init()
            ).decisions
        }
        #expect(
            decisions("I1", "I2", account: "a") == [
                LinkDecision(incident: "I1", account: "a", isConfirmed: false, time: Self.now),
                LinkDecision(incident: "I2", account: "a", isConfirmed: true, time: Self.now),
            ])
        #expect(decisions("I1", "", account: "a").map(\.isConfirmed) == [false])
        #expect(decisions("I1", "I1", account: "a").isEmpty)
        #expect(decisions("I1", "I2", account: nil).isEmpty)
    }

    var ticket: Ticket { Ticket(id: "desk:7", openedAt: Instant(seconds: 1)) }

    func states(_ step: SyncStep) -> [Int: OutboxEntry.State] {
        Dictionary(step.progress.map { ($0.number, $0.state) }, uniquingKeysWith: { $1 })
    }

    @Test("a new ticket is taken in with its fields in our words and its first message")
    func takesNew() throws {
        let message = RemoteMessage(
            id: "1", time: Instant(seconds: 2), isFromAgent: false, text: RawText("cannot upload"))
        let step = arrival().step(
            remote([.status: "pending", .priority: "high"], tags: ["upload"]), messages: [message], known: .init(),
            people: .init())
        let new = try #require(step.tickets.first?.ticket)
        #expect(new.id == "desk:7" && new.subject.string == "upload fails" && new.body.string == "cannot upload")
        #expect(new.priority == "high" && new.resolvedAt == nil)
        #expect(step.links.first?.values == ["status": "waiting", "priority": "high"])
        #expect(step.links.first?.tags == ["upload"])
        #expect(step.interactions.map(\.text.string) == ["cannot upload"])
    }

    @Test("what only the system changed is taken over, with its history")
    func takesTheirs() {
        let step = arrival().step(
            remote([.status: "solved"]), messages: nil,
            known: .init(link: link(["status": "open"]), ticket: ticket), people: .init())
        #expect(step.events.map { "\($0.field) \($0.from) \($0.to)" } == ["status open solved"])
        #expect(step.tickets.first?.ticket.resolvedAt == Instant(seconds: 900))
    }

    @Test("what only we changed goes on waiting, and stands here")
    func keepsOurs() {
        let waiting = entry(1, .field("priority", value: "urgent"))
        let step = arrival().step(
            remote([.priority: "low", .status: "open"]), messages: nil,
            known: .init(link: link(["priority": "low", "status": "new"]), ticket: ticket, outbox: [waiting]),
            people: .init())
        #expect(step.progress.isEmpty)
        #expect(step.tickets.first?.ticket.priority == "urgent")
    }

    @Test(
        "of two different changes the system's stands, unless the description says otherwise", arguments: [true, false])
    func settlesConflict(isOurs: Bool) {
        let waiting = entry(1, .field("priority", value: "urgent"))
        let step = arrival(ours: isOurs ? ["priority"] : []).step(
            remote([.priority: "normal"]), messages: nil,
            known: .init(link: link(["priority": "low"]), ticket: ticket, outbox: [waiting]), people: .init())
        #expect(states(step) == (isOurs ? [:] : [1: .overruled]))
        #expect(step.tickets.first?.ticket.priority == (isOurs ? "urgent" : "normal"))
    }

    @Test("the same change on both sides is no conflict")
    func agrees() {
        let waiting = entry(1, .field("priority", value: "normal"))
        let step = arrival().step(
            remote([.priority: "normal"]), messages: nil,
            known: .init(link: link(["priority": "low"]), ticket: ticket, outbox: [waiting]), people: .init())
        #expect(states(step) == [1: .done])
    }

    @Test("after a doubt a field is sent again only when it did not arrive and enough time has passed")
    func looksAgain() {
        for (theirs, notBefore, state) in [
            ("urgent", 2_000.0, OutboxEntry.State.done), ("low", 2_000, .sending), ("low", 999, .waiting),
        ] {
            let doubtful = entry(1, .field("priority", value: "urgent"), .sending, notBefore: notBefore)
            let step = arrival().step(
                remote([.priority: theirs]), messages: nil,
                known: .init(link: link(["priority": "low"]), ticket: ticket, outbox: [doubtful]), people: .init())
            #expect((states(step)[1] ?? .sending) == state)
        }
    }

    /// What waits for one field, what the system says, and what comes of it.
    struct Queue: Sendable, CustomTestStringConvertible {
        var entries: [(value: String, state: OutboxEntry.State, notBefore: Double)]
        var theirs: String
        var states: [Int: OutboxEntry.State]
        var standing: String
        var testDescription: String { "\(entries.map { "\($0.value) \($0.state)" }), \(theirs)" }
    }

    @Test(
        "several values for one field arrive in the order in which they are sent",
        arguments: [
            Queue(
                entries: [("urgent", .sending, 2_000), ("high", .waiting, 0)], theirs: "urgent", states: [1: .done],
                standing: "high"),
            // The first one may still arrive.
            Queue(
                entries: [("urgent", .sending, 2_000), ("low", .waiting, 0)], theirs: "low", states: [:],
                standing: "low"),
            Queue(
                entries: [("urgent", .sending, 999), ("low", .waiting, 0)], theirs: "low",
                states: [1: .done, 2: .done], standing: "low"),
            // Both were sent in one request.
            Queue(
                entries: [("urgent", .sending, 2_000), ("high", .sending, 2_000)], theirs: "high",
                states: [1: .done, 2: .done], standing: "high"),
            Queue(
                entries: [("urgent", .sending, 2_000), ("high", .waiting, 0)], theirs: "normal",
                states: [1: .overruled, 2: .overruled], standing: "normal"),
        ])
    func queues(queue: Queue) {
        let waiting = queue.entries.enumerated().map { place, item in
            entry(place + 1, .field("priority", value: item.value), item.state, notBefore: item.notBefore)
        }
        let step = arrival().step(
            remote([.priority: queue.theirs]), messages: nil,
            known: .init(link: link(["priority": "low"]), ticket: ticket, outbox: waiting), people: .init())
        #expect(states(step) == queue.states)
        #expect((step.tickets.first?.ticket ?? ticket).priority == queue.standing)
    }

    @Test("what was sent after a reading began need not stand in it")
    func looksBack() {
        let doubtful = entry(1, .field("priority", value: "urgent"), .sending, notBefore: 999)
        let step = arrival(begunAt: Instant(seconds: 998)).step(
            remote([.priority: "low"]), messages: nil,
            known: .init(link: link(["priority": "low"]), ticket: ticket, outbox: [doubtful]), people: .init())
        #expect(states(step).isEmpty)
    }

    @Test("tags are merged one by one")
    func mergesTags() {
        let (there, missing) = (
            entry(1, .tags(added: ["a"], removed: ["b"])), entry(2, .tags(added: ["c"], removed: []))
        )
        let step = arrival().step(
            remote(tags: ["a", "x"]), messages: nil,
            known: .init(link: link(tags: ["b"]), ticket: ticket, outbox: [there, missing]), people: .init())
        #expect(states(step) == [1: .done])
        #expect(step.links.first?.tags == ["a", "x"])
    }

    @Test("a deleted ticket ends here, and what waits for it is kept as refused")
    func endsDeleted() {
        let waiting = entry(1, .message(Document([]), isPublic: true))
        let step = arrival().step(
            remote(fate: .deleted), messages: nil, known: .init(link: link(), ticket: ticket, outbox: [waiting]),
            people: .init())
        #expect(states(step) == [1: .dead])
        #expect(step.links.first?.fate == .deleted)
        #expect(step.tickets.first?.ticket.resolvedAt != nil)
        #expect(arrival().step(remote(fate: .deleted), messages: nil, known: .init(), people: .init()).isEmpty)
    }

    @Test(arguments: [RemoteTicket.Fate.deleted, .merged(into: "8")])
    func `what is gone says nothing of its values, nor of what it was about`(fate: RemoteTicket.Fate) {
        var own = ticket
        (own.account, own.priority) = ("a", "high")
        var system = SystemDescription(
            name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"))
        system.fields = ["incident": "77"]
        let agreed = link(["incident": "I1", "priority": "high", "status": "open"], tags: ["upload"])
        let waiting = entry(1, .field("status", value: "solved"))
        // A deletion tells no values; what was merged may show those of the other ticket.
        let values: [TicketField: String] = fate == .deleted ? [:] : [.priority: "low", .custom("77"): "I2"]
        let step = TicketArrival(system, redactor: redactor, at: Self.now, begunAt: Self.now, readAt: Self.now).step(
            remote(values, fate: fate), messages: nil, known: .init(link: agreed, ticket: own, outbox: [waiting]),
            people: .init())
        #expect(step.decisions.isEmpty && step.events.isEmpty)
        #expect(step.tickets.first?.ticket.priority == "high")
        #expect(step.links.first?.values == agreed.values && step.links.first?.tags == ["upload"])
        #expect(states(step) == (fate == .deleted ? [1: .dead] : [:]))
    }

    @Test func `title and text are told as they read now, and an account comes when it is known`() {
        var changed = remote()
        (changed.subject, changed.body, changed.requester) = (RawText("export fails"), RawText("since May"), "c")
        let people = TicketArrival.People(
            known: ["c": RemotePerson(id: "c", name: RawText("Jan"), isAgent: false)],
            accounts: ["c": "acme"])
        func step(_ own: Ticket, _ people: TicketArrival.People) -> SyncStep {
            arrival().step(changed, messages: nil, known: .init(link: link(), ticket: own), people: people)
        }
        var own = ticket
        own.contact = "desk:b"
        let known = step(own, people)
        #expect(known.texts.map(\.part) == [.title, .body])
        #expect(known.texts.map(\.text.string) == ["export fails", "since May"])
        #expect(known.tickets.first?.ticket.account == "acme" && known.tickets.first?.ticket.contact == "desk:c")
        #expect(known.contacts.map(\.id) == ["desk:c"])
        // Of whom nobody has told anything yet, nothing is known, and who was erased does not come back.
        own.account = "other"
        #expect(step(own, .init()).tickets.isEmpty)
        own.contact = nil
        #expect(step(own, people).tickets.isEmpty && step(own, people).contacts.isEmpty)
    }

    @Test("what waits for a merged ticket goes on waiting")
    func keepsMerged() {
        let waiting = entry(1, .message(Document([]), isPublic: true))
        let step = arrival().step(
            remote(fate: .merged(into: "8")), messages: nil,
            known: .init(link: link(), ticket: ticket, outbox: [waiting]),
            people: .init())
        #expect(step.progress.isEmpty)
        #expect(step.links.first?.fate == .merged(into: "8"))
    }

    @Test("what people wrote is redacted, in messages, custom fields and names of files")
    func redacts() throws {
        let file = RemoteAttachment(id: "f", name: RawText("for jan@example.com.txt"), type: "text/plain", bytes: 3)
        let message = RemoteMessage(
            id: "1", time: Instant(seconds: 2), text: RawText("I am jan@example.com"), attachments: [file])
        let step = arrival().step(
            remote([.custom("1"): "jan@example.com"]), messages: [message], known: .init(), people: .init())
        let text = try #require(step.interactions.first?.text.string)
        #expect(!text.contains("jan@") && text.contains("[attachment: ") && text.contains("3 bytes"))
        #expect(step.links.first?.values["custom:1"]?.contains("jan@") == false)
    }

    @Test("what is said where a ticket was is carried to where it lives, and nothing else of it changes here")
    func carriesLateMessages() throws {
        var moved = link(["status": "solved", "priority": "high"])
        moved.fate = .moved(to: "new")
        let message = RemoteMessage(
            id: "9", time: Instant(seconds: 990), isFromAgent: false, text: RawText("it fails again"))
        let known = TicketArrival.Known(link: moved, ticket: ticket, messages: ["1": nil], home: "new")
        let remote = remote([.status: "open", .priority: "high"])
        let step = arrival().step(remote, messages: [message], known: known, people: .init())
        #expect(step.tickets.isEmpty && step.events.isEmpty)
        #expect(step.interactions.map(\.text.string) == ["it fails again"])
        #expect(step.links.map(\.fate) == [.moved(to: "new")])
        #expect(step.outbox.allSatisfy { $0.system == "new" })
        let work = step.outbox.map(\.work)
        guard case .message(let said, true) = work.first else { return #expect(Bool(false), "no message: \(work)") }
        #expect(said.text.string.hasPrefix("customer") && said.text.string.hasSuffix("it fails again"))
        #expect(work.last == .field("status", value: "open"))
        let again = arrival().step(remote, messages: [message], known: known, people: .init())
        #expect(again.outbox.map(\.key) == step.outbox.map(\.key))
    }

    @Test("a field that is empty on both sides and was being sent is sent again when it did not arrive")
    func sendsEmptyFieldAgain() {
        let known = TicketArrival.Known(
            link: link(), ticket: ticket,
            outbox: [entry(1, .field("assignee", value: "17"), .sending, notBefore: 10)])
        #expect(states(arrival().step(remote(), messages: nil, known: known, people: .init())) == [1: .waiting])
    }

    @Test func `the order of several values in one field means nothing`() {
        var listed = remote([.custom("os"): "Linux, Mac"])
        listed.lists = [.custom("os")]
        func step(_ before: String, _ wanted: String?) -> SyncStep {
            let waiting = wanted.map { entry(1, .field("custom:os", value: $0), .sending, notBefore: 10) }
            return arrival().step(
                listed, messages: nil,
                known: .init(link: link(["custom:os": before]), ticket: ticket, outbox: [waiting].compactMap { $0 }),
                people: .init())
        }
        #expect(step("Mac,Linux", nil).events.isEmpty && step("Linux", nil).events.count == 1)
        #expect(states(step("Linux", "Mac,Linux")) == [1: .done])
        #expect(states(step("Linux", "Mac")) == [1: .overruled])
    }

    @Test func `what was refused of a field that is empty there does not stand here`() throws {
        var own = ticket
        (own.assignee, own.priority, own.category) = ("bob", "P1", "fault")
        let step = arrival().step(
            remote(), messages: nil,
            known: .init(
                link: link(), ticket: own, outbox: [entry(2, .field("priority", value: "P1"))],
                refused: ["assignee", "priority"]),
            people: .init())
        let now = try #require(step.tickets.first?.ticket)
        // What waits stands, and of what the system was never asked it says nothing.
        #expect(now.assignee == "" && now.priority == "P1" && now.category == "fault")
    }

    @Test("a ticket that was opened from here keeps its values until they are changed there")
    func keepsForeignValues() throws {
        var foreign = link(["priority": "normal"])
        foreign.ticket = "old:3"
        let mine = Ticket(
            id: "old:3", openedAt: Instant(seconds: 1), resolvedAt: Instant(seconds: 5), priority: "P1")
        let known = TicketArrival.Known(link: foreign, ticket: mine)
        #expect(
            arrival().step(remote([.priority: "normal"]), messages: nil, known: known, people: .init()).tickets.isEmpty)
        let step = arrival().step(remote([.priority: "urgent"]), messages: nil, known: known, people: .init())
        let changed = try #require(step.tickets.first?.ticket)
        #expect(changed.priority == "urgent" && changed.resolvedAt == mine.resolvedAt)
    }
}
