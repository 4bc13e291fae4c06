@_spi(Stored) import Records
import Storage
import Testing

@Suite("What a store keeps of other systems")
struct SyncStoreTests {
    let folder: StoreFolder
    let store: TenantStore

    init() throws {
        folder = try StoreFolder()
        store = try TenantStore(path: folder.store, key: try StoredDesk.key())
        try store.keep(
            StoredDesk.context, tickets: StoredDesk.tickets, source: "desk", date: StoredDesk.time,
            by: StoredDesk.entry())
    }

    func link(_ remote: String, of ticket: String = "T1", values: [String: String] = ["status": "open"])
        -> LinkedTicket
    {
        LinkedTicket(
            system: "desk", remote: remote, number: "N" + remote, ticket: ticket, version: "v1",
            updatedAt: StoredDesk.time,
            readAt: StoredDesk.time, values: values, tags: ["a", "b"])
    }

    func entry(
        _ key: String, _ work: OutboxEntry.Work, ticket: String = "T1", at time: Instant = StoredDesk.time
    ) -> OutboxEntry {
        OutboxEntry(system: "desk", ticket: ticket, key: key, work: work, createdAt: time, actor: "ana")
    }

    func document(_ text: String) -> Document {
        Document([
            .heading(RedactedText(stored: text)),
            .paragraph([RedactedText(stored: "one"), RedactedText(stored: "two")]),
            .list([RedactedText(stored: "a \"b\"")]), .code([RedactedText(stored: "at foo()\n\tat bar()")]),
        ])
    }

    func keep(_ change: (inout SyncStep) -> Void) throws {
        var step = SyncStep()
        change(&step)
        try store.keep(step, of: "desk", by: StoredDesk.entry(.synced))
    }

    @Test func `a link is read as it was kept, and the later one takes its place`() throws {
        try keep { $0.links = [link("7")] }
        var later = link("7", values: ["status": "solved", "version": "2"])
        later.fate = .merged(into: "8")
        later.tags = ["b"]
        try keep { $0.links = [later] }
        #expect(try store.links(to: ["7", "9"], in: "desk") == ["7": later])
        #expect(try store.links(of: "T1") == [later])
        #expect(try store.links(to: ["7"], in: "other").isEmpty)
    }

    @Test func `a ticket is known by its id, and by the number that a system has for it where that is the only one`()
        throws
    {
        try keep { $0.links = [link("7"), link("8", of: "T2")] }
        try keep { $0.cursor = "c" }
        for name in ["T1", "N7", "desk:N7"] { #expect(try store.ticketID(called: name) == "T1") }
        for name in ["N9", "other:N7", "7", "", ":"] { #expect(try store.ticketID(called: name) == nil) }
        var other = link("7", of: "T2")
        other.system = "other"
        var step = SyncStep()
        (step.links, step.cursor) = ([other], "c")
        try store.keep(step, of: "other", by: StoredDesk.entry(.synced))
        #expect(try store.ticketID(called: "N7") == nil && store.ticketID(called: "other:N7") == "T2")
    }

    @Test func `a ticket that was too old comes back from its system only when it is open again`() throws {
        try keep { $0.links = [link("7", of: "T2"), link("8")] }
        let later = Instant(seconds: StoredDesk.time.seconds + 1_000)
        _ = try store.removeOlder(than: later, [.tickets], by: StoredDesk.entry(.removedOld))
        #expect(try store.links(to: ["7", "8"], in: "desk").keys.sorted() == ["8"])
        #expect(try store.forgotten(among: ["7", "8"], resolved: ["7", "8"], in: "desk") == ["7"])
        #expect(try store.forgotten(among: ["7", "8"], in: "desk").isEmpty)
        #expect(try store.forgotten(among: ["7"], resolved: ["7"], in: "other").isEmpty)
        // Once it is here again, all that happens to it is read.
        try keep { $0.links = [link("7", of: "T3")] }
        #expect(try store.forgotten(among: ["7"], resolved: ["7"], in: "desk").isEmpty)
    }

    @Test func `two messages that say the same at one time are two, and each comes in once`() throws {
        let said = [true, false].map { isPublic in
            Interaction(
                ticket: "T1", time: StoredDesk.time, side: .agent, isPublic: isPublic, channel: "web", author: "ana",
                text: RedactedText(stored: "restart it"))
        }
        // One of them was imported before.
        try store.keep(Array(said.prefix(1)), source: "crm", date: StoredDesk.time, by: StoredDesk.entry())
        for _ in 0..<2 {
            try keep { step in
                step.links = [link("7")]
                step.interactions = said
                step.messages = ["1", "2"].map { .init(remote: "7", message: $0) }
            }
        }
        #expect(try store.interactions(ofTicket: "T1").map(\.isPublic) == [true, false])
    }

    @Test func `a step is kept whole or not at all`() throws {
        #expect(throws: StorageError.self) {
            try keep {
                $0.cursor = "next"
                $0.links = [link("7"), link("8", of: "nobody's")]
            }
        }
        #expect(try store.syncCursor(of: "desk") == nil)
        #expect(try store.links(to: ["7"], in: "desk").isEmpty)
    }

    @Test func `the place in a feed belongs to its system`() throws {
        try keep { $0.cursor = "next" }
        #expect(try store.syncCursor(of: "desk") == "next")
        #expect(try store.syncCursor(of: "other") == nil)
    }

    @Test(
        "work is read as it was kept",
        arguments: [
            OutboxEntry.Work.field("status", value: "open"), .field("version", value: nil),
            .tags(added: ["a"], removed: ["b", "c"]), .link("https://example.com/1"), .opening(place: "ENG"),
        ])
    func readsWork(work: OutboxEntry.Work) throws {
        try store.enqueue([entry("k", work)], by: StoredDesk.entry(.synced))
        #expect(try store.outbox(of: "T1", in: "desk").map(\.work) == [work])
    }

    @Test func `the note of a ticket is found by the message that it became`() throws {
        try store.enqueue([entry("n1", .note(document("x")))], by: StoredDesk.entry(.synced))
        try keep {
            $0.links = [link("7")]
            $0.messages = [.init(remote: "7", message: "1"), .init(remote: "7", message: "2", key: "n1")]
        }
        #expect(try store.noteMessage(of: "7", in: "desk") == "2")
        #expect(try store.knownMessages(of: "7", in: "desk") == ["1": nil, "2": "n1"])
    }

    @Test func `what a web hook has named is left to be read until it was`() throws {
        #expect(try store.receive(delivery: "d", naming: ["7", "8"], from: "desk", at: StoredDesk.time))
        #expect(try !store.receive(delivery: "d", naming: ["9"], from: "desk", at: StoredDesk.time))
        #expect(try store.unreadTickets(of: "desk", dueAt: StoredDesk.time, limit: 9).isEmpty)
        #expect(try store.failedTickets(among: ["7", "8", "9"], of: "desk").isEmpty)
        // What failed before comes before what is only to be looked at.
        try keep { $0.unread = [unread("9", 1, from: 10, due: StoredDesk.time.seconds + 90)] }
        #expect(try store.failedTickets(among: ["7", "8", "9"], of: "desk") == ["9"])
        let later = Instant(seconds: StoredDesk.time.seconds + 100)
        #expect(try store.unreadTickets(of: "desk", dueAt: later, limit: 2).map(\.remote) == ["9", "7"])
        #expect(try store.unreadCount(of: "desk", triedFewerThan: 1) == 2)
        #expect(try store.unreadCount(of: "desk", triedFewerThan: 1, orDueAt: later) == 3)
    }

    @Test func `a call of a web hook is new once, and is forgotten after some days`() throws {
        #expect(try store.receive(delivery: "d", from: "desk", at: StoredDesk.time))
        #expect(try !store.receive(delivery: "d", from: "desk", at: StoredDesk.time))
        #expect(try store.receive(delivery: "d", from: "other", at: StoredDesk.time))
        let later = Instant(seconds: StoredDesk.time.seconds + 3 * 86_400)
        #expect(try store.receive(delivery: "e", from: "desk", at: later))
        #expect(try store.receive(delivery: "d", from: "desk", at: later))
    }

    @Test func `calls of web hooks without an id are all new, and leave one look at the ticket`() throws {
        for _ in 0..<3 {
            #expect(try store.receive(delivery: nil, naming: ["7"], from: "desk", at: StoredDesk.time))
        }
        let later = Instant(seconds: StoredDesk.time.seconds + 100)
        #expect(try store.unreadTickets(of: "desk", dueAt: later, limit: 9).map(\.remote) == ["7"])
    }

    private func unread(_ remote: String, _ attempts: Int, from since: Double, due: Double) -> UnreadTicket {
        UnreadTicket(
            remote: remote, since: Instant(seconds: since), attempts: attempts, notBefore: Instant(seconds: due),
            fault: RedactedText(stored: "because of \(attempts)"))
    }

    @Test func `tickets that are still to be read are kept until they were, the one that is due longest first`() throws
    {
        try keep { $0.unread = [unread("7", 1, from: 10, due: 30), unread("8", 2, from: 11, due: 20)] }
        try store.keep(SyncStep(), of: "other", by: nil)
        #expect(try store.unreadTickets(of: "desk", limit: 9).map(\.remote) == ["8", "7"])
        #expect(try store.unreadTickets(of: "desk", limit: 1).map(\.remote) == ["8"])
        let due = try store.unreadTickets(of: "desk", dueAt: Instant(seconds: 25), limit: 9)
        #expect(due == [unread("8", 2, from: 11, due: 20)])
        #expect(try store.unreadTickets(of: "other", limit: 9).isEmpty)
        #expect(try store.unreadCount(of: "desk", triedFewerThan: 2) == 1)
        // What is news again has been left since the first time, and is not due any earlier.
        try keep { $0.unread = [unread("8", 1, from: 40, due: 15)] }
        let again = try #require(try store.unreadTickets(of: "desk", limit: 9).first)
        #expect(again.since == Instant(seconds: 11) && again.notBefore == Instant(seconds: 20) && again.attempts == 2)
        #expect(again.fault.string == "because of 1")
        try keep { $0.read = ["8", "nobody's"] }
        #expect(try store.unreadTickets(of: "desk", limit: 9).map(\.remote) == ["7"])
        #expect(try store.unreadCount(of: "desk") == 1)
    }

    @Test func `the open tickets of a system are read again, and when that was is kept`() throws {
        let open = try #require(StoredDesk.tickets.first { $0.resolvedAt == nil }?.id)
        let solved = try #require(StoredDesk.tickets.first { $0.resolvedAt != nil }?.id)
        var gone = link("9", of: open)
        gone.fate = .deleted
        gone.readAt = Instant(seconds: 50 - 31 * 86_400)
        var missing = gone
        (missing.remote, missing.readAt) = ("11", Instant(seconds: 40))
        var other = link("10", of: open)
        other.system = "other"
        try keep {
            $0.links = [link("7", of: open), link("8", of: solved), gone, missing, other]
            $0.unread = [unread("7", 3, from: 10, due: 30)]
        }
        #expect(try store.lastReconciliation(of: "desk", at: Instant(seconds: 5)) == Instant(seconds: 5))
        #expect(try store.lastReconciliation(of: "desk", at: Instant(seconds: 6)) == Instant(seconds: 5))
        try store.readOpenTicketsAgain(of: "desk", at: Instant(seconds: 50))
        // Who is missing not for long may have been out of sight alone.
        #expect(try store.unreadTickets(of: "desk", limit: 9).map(\.remote) == ["7", "11"])
        #expect(try store.unreadTickets(of: "desk", limit: 1) == [unread("7", 3, from: 10, due: 30)])
        #expect(try store.lastReconciliation(of: "desk", at: Instant(seconds: 99)) == Instant(seconds: 50))
        missing.fate = .present
        try keep { step in
            step.read = ["7", "11"]
            step.links = [missing].map { link in
                var link = link
                link.fate = .merged(into: "7")
                return link
            }
        }
        try store.readOpenTicketsAgain(of: "desk", at: Instant(seconds: 60))
        #expect(
            try store.unreadTickets(of: "desk", limit: 9) == [
                UnreadTicket(
                    remote: "7", since: Instant(seconds: 60), attempts: 0, notBefore: Instant(seconds: 60))
            ])
    }

    @Test func `what people say of incidents is kept, but for incidents that nobody knows`() throws {
        try store.keep([StoredDesk.incident], by: StoredDesk.entry(.foundIncidents))
        func decision(_ incident: String, _ isConfirmed: Bool, at seconds: Double) -> LinkDecision {
            LinkDecision(
                incident: incident, account: "acct-1", isConfirmed: isConfirmed, time: Instant(seconds: seconds))
        }
        try keep { $0.decisions = [decision("inc-1", false, at: 10), decision("nothing", true, at: 10)] }
        try keep { $0.decisions = [decision("inc-1", true, at: 11)] }
        #expect(try store.decisions() == [decision("inc-1", true, at: 11)])
    }

    @Test func `what is to be done for merged tickets is to be done for the one that they are part of`() throws {
        let tickets = StoredDesk.tickets.prefix(3).map(\.id)
        var links = zip(["1", "2", "3"], tickets).map { link($0, of: $1) }
        (links[0].fate, links[1].fate) = (.merged(into: "2"), .merged(into: "3"))
        try keep { $0.links = links }
        try store.enqueue(
            zip(["a", "b", "c"], tickets).map { entry($0, .link("9"), ticket: $1) }, by: StoredDesk.entry(.synced))
        func keys(_ place: Int) throws -> [String] {
            try store.outbox(of: tickets[place], in: "desk", andMergedInto: links[place].remote).map(\.key)
        }
        #expect(try [keys(0), keys(1), keys(2)] == [["a"], ["a", "b"], ["a", "b", "c"]])
        #expect(try store.outbox(of: tickets[2], in: "desk").map(\.key) == ["c"])
        // Nobody merges in a ring, but nothing would go round it for ever.
        links[2].fate = .merged(into: "1")
        try keep { $0.links = [links[2]] }
        #expect(try keys(2) == ["a", "b", "c"])
    }

    @Test func `what is changed there is changed here, and what is not changed is left as it stands here`() throws {
        let own = try #require(StoredDesk.tickets.first { $0.contact != nil })
        func hear(_ part: SyncStep.HeardText.Part, _ raw: String, as text: String) throws {
            try keep {
                $0.texts = [
                    .init(remote: "7", part: part, raw: RawText(raw), text: RedactedText(stored: text))
                ]
            }
        }
        func said() throws -> [String] { try store.interactions(ofTicket: own.id).map(\.text.string) }
        let before = try said()
        try keep { step in
            step.links = [link("7", of: own.id)]
            step.messages = [.init(remote: "7", message: "1"), .init(remote: "7", message: "2", key: "ours")]
            step.interactions = [
                Interaction(
                    ticket: own.id, time: Instant(seconds: 9), side: .agent, author: "ana",
                    text: RedactedText(stored: "the word is <person:1>"))
            ]
            step.texts = [
                .init(
                    remote: "7", part: .message("1"), raw: RawText("the word is Jan"),
                    text: RedactedText(stored: "the word is <person:1>"))
            ]
        }
        // Whoever does not know the name any more does not write it down.
        try hear(.message("1"), "the word is Jan", as: "the word is Jan")
        #expect(try Set(said()).subtracting(before) == ["the word is <person:1>"])
        try hear(.message("1"), "it was taken out", as: "it was taken out")
        #expect(try Set(said()).subtracting(before) == ["it was taken out"])
        for (part, name) in [(SyncStep.HeardText.Part.title, "title"), (.body, "body")] {
            try hear(part, name, as: "not kept, as nobody knows whether it has changed")
            try hear(part, name + "!", as: name + " that has changed")
        }
        let now = try store.ticket(own.id)
        #expect(now?.subject.string == "title that has changed" && now?.body.string == "body that has changed")
    }

    @Test func `two messages of one second may come to say the same`() throws {
        let own = try #require(StoredDesk.tickets.first)
        try keep { step in
            step.links = [link("7", of: own.id)]
            for id in ["1", "2"] {
                step.messages.append(.init(remote: "7", message: id))
                step.interactions.append(
                    Interaction(
                        ticket: own.id, time: Instant(seconds: 9), side: .agent, author: "ana",
                        text: RedactedText(stored: "message \(id)")))
                step.texts.append(
                    .init(
                        remote: "7", part: .message(id), raw: RawText(id), text: RedactedText(stored: "message \(id)")))
            }
        }
        let gone = RedactedText(stored: "gone")
        try keep { step in
            step.texts = ["1", "2"].map { .init(remote: "7", part: .message($0), raw: RawText("gone"), text: gone) }
        }
        let said = try store.interactions(ofTicket: own.id).filter { $0.time == Instant(seconds: 9) }
        #expect(said.map(\.text) == [gone, gone])
    }

    @Test func `a step is kept though the clock was set back since the ticket was seen`() throws {
        let before = try #require(StoredDesk.tickets.first)
        var ticket = before
        ticket.assignee = "somebody else"
        try keep { $0.tickets = [(ticket, Instant(seconds: 1))] }
        #expect(try store.ticket(before.id)?.assignee == "somebody else")
    }

    @Test func `only one process at a time keeps a system in step`() throws {
        try store.claimSync(of: "desk")
        let second = try TenantStore(path: folder.store, key: try StoredDesk.key())
        #expect(throws: StorageError.busy(file: folder.store)) { try second.claimSync(of: "desk") }
        try second.claimSync(of: "other")
    }

    @Test func `with an account goes all that other systems have of its tickets`() throws {
        let redactor = try #require(StoredDesk.redactor())
        let own = try #require(StoredDesk.tickets.first { $0.account == "acct-1" }?.id)
        try store.enqueue(
            [entry("k", .message(document("plumbago"), isPublic: true), ticket: own)], by: StoredDesk.entry(.synced))
        try keep {
            $0.links = [link("7", of: own, values: ["version": "obsidian"])]
            $0.messages = [.init(remote: "7", message: "quartzite")]
            $0.unread = [unread("7", 1, from: 10, due: 30)]
        }
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(try store.links(to: ["7"], in: "desk").isEmpty)
        #expect(try store.unreadCount(of: "desk") == 0)
        for trace in ["plumbago", "obsidian", "quartzite"] { #expect(try !folder.holds(trace), "\(trace)") }
        #expect(try store.check().problems.isEmpty)
    }
}
