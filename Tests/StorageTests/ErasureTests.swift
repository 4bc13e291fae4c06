import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("Erasing from a store")
struct ErasureTests {
    private let folder: StoreFolder
    private let redactor: Redactor

    init() throws {
        folder = try StoreFolder()
        redactor = try #require(StoredDesk.redactor())
    }

    private func events() -> IngestedEvents {
        var events = IngestedEvents()
        events.shapes = ["only one", "both", "hello zyxwvut sails \u{1}", "hello <erased> \u{1}"].map(
            RedactedText.init(stored:))
        events.scopes = [#"{"account":"ACCT-1"}"#, #"{"account":"acct-2"}"#, #"{"host.name":"acct-1-db"}"#].map(
            RedactedText.init(stored:))
        let counts: [(Int32, Int32, Int64)] = [(0, 0, 5), (1, 0, 1), (1, 1, 2), (2, 2, 3), (3, -1, 4), (-1, -1, 7)]
        events.counts = counts.map {
            EventCount(key: EventCount.Key(minute: 9, shape: $0.0, scope: $0.1, severity: 9), records: $0.2)
        }
        return events
    }

    private func source() -> LogSource {
        var checkpoint = LogCheckpoint(format: "json")
        checkpoint.records = 22
        return LogSource(path: "/var/log/acct-1/app.log", head: LogSource.Head([1]), checkpoint: checkpoint)
    }

    private func filled() throws -> TenantStore {
        let store = try StoredDesk.store(at: folder.store)
        try store.keep([StoredDesk.incident], by: StoredDesk.entry(.foundIncidents))
        try store.keep(
            LinkDecision(incident: "inc-1", account: "acct-1", isConfirmed: true, time: StoredDesk.time),
            by: StoredDesk.entry(.decided))
        _ = try store.keep(events(), [source()])
        return store
    }

    @Test func `an account goes with all that it alone has, and the others keep theirs`() throws {
        let store = try filled()
        #expect(try store.check().problems == [])
        let receipt = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.kind == "account" && receipt.records == 6)
        #expect(receipt.finishedAt == StoredDesk.time)
        #expect(receipt.removed["tickets"] == 1 && receipt.removed["links"] == 1 && receipt.removed["decisions"] == 1)
        #expect(receipt.removed["scopes"] == 1 && receipt.removed["shapes"] == 1)
        #expect(receipt.fileHash?.count == 64)
        let known = try store.customers()
        #expect(known.accounts.map(\.id) == ["acct-2"] && known.organizations.map(\.id) == ["org-2"])
        #expect(known.deployments == [Deployment(id: "dep-2", hosts: ["host-2", "host-3"], accounts: ["acct-2"])])
        #expect(Set(known.contacts.map(\.id)) == ["person-2", "person-9"])
        #expect(known.aliases.map(\.account) == ["acct-2"])
        #expect(known.topology == [TopologyLink(from: "host-2", to: "host-9")])
        #expect(known.releases.map(\.version) == ["1.1"])
        #expect(try store.tickets().map(\.id) == ["T3", "T2"])
        #expect(try store.tickets().last?.subject.string == "as slow as at <erased>!")
        #expect(try store.incidents().map(\.links) == [[StoredDesk.incident.links[1]]])
        #expect(try store.incidents().map(\.tickets) == [["T2"]])
        #expect(try store.decisions().isEmpty)
        #expect(try store.shapes().map(\.shape.string) == ["both", "hello <erased> \u{1}"])
        #expect(try store.shapes().map(\.lines) == [2, 7])
        #expect(try store.scopes().map(\.string) == [#"{"account":"acct-2"}"#, #"{"host.name":"<erased>-db"}"#])
        #expect(try store.counts().map(\.records).sorted() == [2, 3, 4, 7])
        #expect(try store.sources().map(\.path) == ["/var/log/<erased>/app.log"])
        #expect(try store.check().problems == [])
        for trace in ["acct-1", "zyxwvut", "org-1", "sails are slow", "only one"] {
            #expect(try !folder.holds(trace), "\(trace)")
        }
    }

    @Test func `a person goes, and the tickets stay with the account without the words`() throws {
        let store = try filled()
        let receipt = try store.erase(.contact("person-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.removed["facts"] == 4)
        var ticket = StoredDesk.tickets[0]
        (ticket.contact, ticket.subject, ticket.body) = (nil, RedactedText(), RedactedText())
        #expect(try store.tickets(.account("acct-1")) == [ticket])
        #expect(try store.customers().contacts.contains { $0.id == "person-1" } == false)
        #expect(try !folder.holds("it is slow"))
        #expect(try store.check().problems == [])
    }

    @Test func `a person goes from the shapes of logs in any form, and what others share with the person is counted`()
        throws
    {
        let store = try filled()
        var events = IngestedEvents()
        events.shapes = [
            "session of Quimby ended", "session of \u{1} ended", "bad key from zelda.quimby",
            "user Zelda_Quimby on \u{1}",
            "session of Plain ended",
        ].map(RedactedText.init(stored:))
        events.counts = (0..<5).map {
            EventCount(key: EventCount.Key(minute: 9, shape: 4 + $0, scope: -1, severity: 9), records: 1)
        }
        _ = try store.keep(events, [])
        #expect(try store.erase(.contact("person-1"), redactor: redactor, by: StoredDesk.entry(.erased)).namesLeft == 0)
        #expect(
            try store.shapes().suffix(5).map(\.shape.string) == [
                "session of <erased> ended", "session of \u{1} ended", "bad key from <erased>",
                "user <erased> on \u{1}", "session of Plain ended",
            ])
        for trace in ["zelda", "quimby"] { #expect(try !folder.holds(trace), "\(trace)") }
        // The company of those who stay is called so too, and Bob is too short.
        #expect(try store.erase(.contact("person-2"), redactor: redactor, by: StoredDesk.entry(.erased)).namesLeft == 1)
        #expect(try store.shapes().last?.shape.string == "session of Plain ended")
    }

    /// What the store of ``filled()`` knows is brought again, as every night.
    private func importedAgain(_ store: TenantStore, isAgain: Bool = false) throws -> LeftOut {
        let said = [
            Interaction(
                ticket: "T1", time: StoredDesk.time, side: .customer, author: "person-1",
                text: RedactedText(stored: "plumbago")),
            Interaction(
                ticket: "T1", time: StoredDesk.time, side: .customer, text: RedactedText(stored: "plumbago again")),
            Interaction(
                ticket: "T1", time: StoredDesk.time, side: .agent, author: "agent-3", text: RedactedText(stored: "ours")
            ),
        ]
        return try store.keep(
            StoredDesk.context, tickets: StoredDesk.tickets, interactions: said, isAgain: isAgain, source: "crm",
            date: StoredDesk.time, by: StoredDesk.entry())
    }

    @Test func `an import does not bring back an account that was erased, until it is to`() throws {
        let store = try filled()
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        let (customers, tickets) = (try store.customers(), try store.tickets())
        // An organisation, an account, a deployment, a contact, an alias, a link, a release, a ticket and its messages.
        #expect(try importedAgain(store) == LeftOut(forgotten: 11))
        #expect(try store.customers() == customers && store.tickets().map(\.id) == tickets.map(\.id))
        for trace in ["yachts", "zelda", "org-1", "person-1", "host-1", "dep-1"] {
            #expect(try !folder.holds(trace), "\(trace)")
        }
        #expect(try importedAgain(store, isAgain: true) == LeftOut())
        #expect(try store.customers().accounts.map(\.id) == ["acct-1", "acct-2"])
        #expect(try importedAgain(store) == LeftOut())
        #expect(try store.tickets(.account("acct-1")).count == 1)
    }

    @Test func `an import does not bring back a person who was erased, nor the words`() throws {
        let store = try filled()
        _ = try store.erase(.contact("person-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        let tickets = try store.tickets(.account("acct-1"))
        #expect(try importedAgain(store) == LeftOut(forgotten: 4))
        #expect(try store.tickets(.account("acct-1")) == tickets)
        #expect(try store.interactions(ofTicket: "T1").map(\.text.string) == ["ours"])
        #expect(try !store.customers().contacts.contains { $0.id == "person-1" })
        for trace in ["zelda", "quimby", "it is slow", "plumbago"] { #expect(try !folder.holds(trace), "\(trace)") }
        _ = try importedAgain(store, isAgain: true)
        #expect(try store.tickets(.account("acct-1")) == [StoredDesk.tickets[0]])
    }

    @Test func `a ticket that was too old comes back by an import only when it is open again`() throws {
        let store = try filled()
        let later = Instant(seconds: StoredDesk.time.seconds + 1_000)
        _ = try store.removeOlder(than: later, [.tickets], by: StoredDesk.entry(.removedOld))
        #expect(try importedAgain(store) == LeftOut(forgotten: 1))
        #expect(try store.ticket("T2") == nil)
        var open = StoredDesk.tickets[1]
        open.resolvedAt = nil
        #expect(
            try store.keep(
                CustomerContext(), tickets: [open], source: "crm", date: later, by: StoredDesk.entry()) == LeftOut())
        #expect(try store.ticket("T2") == open)
        #expect(try importedAgain(store) == LeftOut())
    }

    @Test func `who was erased before hashes were kept of it for imports does not come back either`() throws {
        let store = try filled()
        _ = try store.erase(.contact("person-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        try store.close()
        try DatabaseQueue(path: folder.store).write { database in
            try database.execute(
                sql: "DROP TABLE forgotten; DELETE FROM grdb_migrations WHERE identifier = 'imports'")
        }
        let opened = try TenantStore(path: folder.store, key: StoredDesk.key())
        #expect(try importedAgain(opened).forgotten == 4)
        #expect(try !folder.holds("quimby"))
    }

    @Test func `twice is once, and nobody is refused`() throws {
        let store = try filled()
        let first = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        let again = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(first == again)
        #expect(try store.audit(of: .account, "acct-1").map(\.action) == [.erased])
        #expect(throws: StorageError.unknown(file: folder.store, kind: "contact", id: "nobody")) {
            try store.erase(.contact("nobody"), redactor: redactor, by: StoredDesk.entry(.erased))
        }
        #expect(throws: StorageError.unknown(file: folder.store, kind: "account", id: "nobody")) {
            try store.erase(.account("nobody"), redactor: redactor, by: StoredDesk.entry(.erased))
        }
    }

    @Test func `an incident without another account goes`() throws {
        let store = try filled()
        var alone = StoredDesk.incident
        (alone.id, alone.links) = ("inc-2", [StoredDesk.incident.links[0]])
        try store.keep([alone], by: StoredDesk.entry(.foundIncidents))
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(try store.incidents().map(\.id) == ["inc-1"])
    }

    @Test func `a name that is a word of the language stays in the texts of others`() throws {
        let store = try filled()
        let tickets = (4...6).map { number in
            Ticket(
                id: "T\(number)", openedAt: StoredDesk.time, account: "acct-\(number)",
                subject: RedactedText(stored: "The export of acct-1 and Big Export"))
        }
        let names = ["export", "big export", "abc"].map { AccountAlias(account: "acct-1", kind: "name", value: $0) }
        try store.keep(
            CustomerContext(aliases: names), tickets: tickets, source: "crm", date: StoredDesk.time,
            by: StoredDesk.entry())
        let receipt = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.namesLeft == 2)
        #expect(try store.tickets(.account("acct-4")).map(\.subject.string) == ["The export of <erased> and <erased>"])
    }

    @Test func `what was not finished is finished by the next call`() throws {
        let store = try filled()
        let first = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "UPDATE erasure SET finishedAt = NULL") }
        #expect(try store.check().unfinishedErasures == 1)
        let again = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(again.finishedAt == first.finishedAt)
        #expect(try store.check().unfinishedErasures == 0)
    }

    @Test func `what is too old goes by kind`() throws {
        let store = try filled()
        let later = Instant(seconds: StoredDesk.time.seconds + 1_000)
        let entry = StoredDesk.entry(.removedOld)
        var receipt = try store.removeOlder(than: later, [.tickets], by: entry)
        #expect(receipt.removed["tickets"] == 1 && receipt.records == 0)
        #expect(try store.tickets().map(\.id) == ["T3", "T1"])
        #expect(try store.incidents().count == 1)
        receipt = try store.removeOlder(than: later, [.counts, .incidents], by: entry)
        #expect(receipt.records == 22 && receipt.kind == "old")
        #expect(try store.incidents().isEmpty && store.counts().isEmpty && store.shapes().isEmpty)
        #expect(try store.scopes().isEmpty)
        #expect(try store.check().problems == [])
    }

    @Test func `of what is too old only tickets need the key, and without it they stay`() throws {
        var store: TenantStore? = try filled()
        #expect(try store?.tickets().count == 3)
        store = nil
        let later = Instant(seconds: StoredDesk.time.seconds + 1_000)
        let entry = StoredDesk.entry(.removedOld)
        let blind = try TenantStore(path: folder.store, access: .existing)
        #expect(throws: StorageError.noKey(file: folder.store)) {
            try blind.removeOlder(than: later, Set(RetainedKind.allCases), by: entry)
        }
        #expect(try blind.check().rows["ticket"] == 3 && !blind.counts().isEmpty)
        let receipt = try blind.removeOlder(than: later, [.counts, .incidents, .uses, .agents], by: entry)
        #expect(receipt.records == 22 && receipt.removed["incidents"] == 1)
        #expect(try blind.counts().isEmpty && blind.check().rows["ticket"] == 3)
    }

    @Test func `a tenant goes with its files`() throws {
        var store: TenantStore? = try filled()
        #expect(try store?.check().rows["ticket"] == 3)
        store = nil
        let receipt = try TenantStore.destroy(path: folder.store, at: StoredDesk.time)
        #expect(receipt.kind == "tenant" && receipt.records == 22 && receipt.removed["ticket"] == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(throws: StorageError.missing(file: folder.store)) {
            try TenantStore.destroy(path: folder.store, at: StoredDesk.time)
        }
        // What was begun is finished, and what is no store stays.
        try Data("rest".utf8).write(to: URL(filePath: folder.store + "-erased"))
        #expect(try TenantStore.destroy(path: folder.store, at: StoredDesk.time).removed.isEmpty)
        try Data(String(repeating: "a letter ", count: 500).utf8).write(to: URL(filePath: folder.store))
        #expect(throws: StorageError.self) { try TenantStore.destroy(path: folder.store, at: StoredDesk.time) }
        #expect(try folder.holds("a letter"))
    }

    @Test func `the audit log cannot be changed`() throws {
        _ = try filled()
        let database = try DatabaseQueue(path: folder.store)
        for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
            #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
        }
    }

    @Test func `sums that do not add up are told`() throws {
        let store = try filled()
        try DatabaseQueue(path: folder.store).write {
            try $0.execute(
                sql: "UPDATE eventCount SET records = 99 WHERE shape = 0; DELETE FROM scope WHERE number = 0")
        }
        #expect(
            try store.check().problems == [
                "shapes whose records do not add up: 1", "numbers of scopes with gaps: 1",
                "counts of scopes that are not there: 2",
                "records read of the sources and records counted differ",
            ])
    }
}
