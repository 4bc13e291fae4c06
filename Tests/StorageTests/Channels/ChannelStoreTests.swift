import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("Messages of channels in a store")
struct ChannelStoreTests {
    private let folder: StoreFolder
    private let store: TenantStore

    init() throws {
        folder = try StoreFolder()
        store = try StoredKnowledge.store(at: folder.store)
    }

    private func key(_ id: String) throws -> MessageKey { try store.messageKey(RawText(id)) }

    private let file = Attachment(
        name: RedactedText(stored: "obelisk.log"), type: "text/plain", size: 5, hash: [1, 2], isInline: true)

    private func message(
        _ id: String, _ ticket: String, _ seconds: Double, cites: [String] = [],
        _ effect: ReceivedMessage.Effect = .adds,
        _ interaction: Interaction? = nil
    ) throws -> ReceivedMessage {
        ReceivedMessage(
            key: try key(id), cited: try cites.map(key), ticket: ticket, effect: effect, interaction: interaction,
            time: StoredKnowledge.after(seconds), attachments: [file])
    }

    private func keep(_ messages: ReceivedMessage...) throws {
        try store.keep(
            messages,
            contacts: [Contact(id: "person-7", name: RawText("Walda Umbra"), email: RawText("w@umbra.example"))],
            source: "email", date: StoredKnowledge.after(2_000), by: StoredDesk.entry())
    }

    @Test func `a message is known by a hash, and what it cites belongs to its ticket`() throws {
        let ticket = Ticket(id: "N1", openedAt: StoredKnowledge.after(1_000), contact: "person-7")
        try keep(message("<a@x>", "N1", 1_000, cites: ["<b@x>"], .opens(ticket)))
        #expect(try store.isReceived(key("<a@x>")) && !store.isReceived(key("<b@x>")))
        #expect(try store.ticket(ofMessage: key("<b@x>")) == "N1" && store.ticket(ofMessage: key("<c@x>")) == nil)
        try keep(
            message(
                "<b@x>", "N1", 1_100, cites: ["<a@x>"], .adds,
                StoredKnowledge.message("N1", 1_100, .agent, "agent-3", "yes")))
        #expect(try store.isReceived(key("<b@x>")) && store.isReceived(key("<a@x>")))
        #expect(try key("<a@x>").digits.count == 16 && key("<a@x>").digits != key("<b@x>").digits)
        #expect(try !folder.holds("a@x") && !folder.holds("umbra"))
        #expect(try store.check().problems == [])
    }

    @Test func `what was written earlier is the first message of its ticket, and what was the first goes on with it`()
        throws
    {
        var ticket = Ticket(
            id: "N1", openedAt: StoredKnowledge.after(1_100), contact: "person-7", channel: "email",
            subject: RedactedText(stored: "again"), body: RedactedText(stored: "still hangs"))
        var later = try message("<b@x>", "N1", 1_100, cites: ["<a@x>"], .opens(ticket))
        later.contact = "person-7"
        try keep(later)
        ticket.openedAt = StoredKnowledge.after(1_000)
        ticket.contact = "person-1"
        ticket.subject = RedactedText(stored: "at first")
        ticket.body = RedactedText(stored: "hangs")
        try keep(message("<a@x>", "N1", 1_000, .precedes(ticket)))
        #expect(
            try store.ticket("N1") == ticket && store.receivedMessages(ofTicket: "N1") == [key("<a@x>"), key("<b@x>")])
        let said = StoredKnowledge.message("N1", 1_100, .customer, "person-7", "still hangs")
        #expect(
            try store.timeline(ofTicket: "N1").map(\.what) == [.opened(ticket, [file]), .message(said, [file])])
        // Of one that the team has opened nothing was in the ticket itself.
        let reply = StoredKnowledge.message("N2", 1_100, .agent, "agent-3", "restart it")
        var answered = Ticket(id: "N2", openedAt: StoredKnowledge.after(1_100))
        try keep(message("<d@x>", "N2", 1_100, .opens(answered), reply))
        answered.openedAt = StoredKnowledge.after(1_000)
        try keep(message("<c@x>", "N2", 1_000, .precedes(answered)))
        #expect(try store.ticket("N2") == answered && store.interactions(ofTicket: "N2") == [reply])
        #expect(try store.check().problems == [])
    }

    @Test func `a message for a ticket that is not there keeps nothing of all`() throws {
        let ticket = Ticket(id: "N1", openedAt: StoredKnowledge.after(1_000))
        #expect(throws: StorageError.unknown(file: folder.store, kind: "ticket", id: "N2")) {
            try keep(message("<a@x>", "N1", 1_000, .opens(ticket)), message("<b@x>", "N2", 1_000))
        }
        #expect(try store.tickets(.id("N1")).isEmpty && !store.isReceived(key("<a@x>")))
    }

    @Test func `all that happened to a ticket is one history in the order of time`() throws {
        let words = StoredKnowledge.message("T2", 700, .customer, "person-9", "it is back")
        try keep(message("<a@x>", "T2", 700, .reopens, words))
        let later = Ticket(id: "N1", openedAt: StoredKnowledge.after(1_500))
        try keep(message("<b@x>", "N1", 1_500, .follows(later, earlier: "T2")))
        #expect(try store.followUp(of: "T2") == "N1" && store.followUp(of: "N1") == nil)
        try store.keep([StoredDesk.incident], by: StoredDesk.entry(.foundIncidents))
        let entries = try store.timeline(ofTicket: "T2")
        let kinds = entries.map { entry in
            switch entry.what {
            case .opened: "opened"
            case .message(let message, let files): "\(message.side.rawValue) \(files.count)"
            case .changed(let event): event.kind.rawValue
            case .resolved: "resolved"
            case .incident(let incident, let probability, let names): "\(incident.id) \(probability ?? -1) \(names)"
            case .usedArticle(let use): use.kind.rawValue
            case .citedBy(let article, let version): "\(article) \(version)"
            case .follows(let ticket), .followedBy(let ticket): ticket
            case .known(let link): link.system
            }
        }
        #expect(
            kinds == [
                "inc-1 0.25 true", "A1 1", "opened", "customer 0", "system 0", "agent 0", "solved", "customer 1",
                "reopened",
                "N1",
            ])
        #expect(entries.map(\.time) == entries.map(\.time).sorted())
        #expect(entries[7].what == .message(words, [file]))
        let resolved = try store.timeline(ofTicket: "N1").map(\.what)
        #expect(resolved.count == 2 && resolved[1] == .follows("T2"))
        #expect(throws: StorageError.unknown(file: folder.store, kind: "ticket", id: "T9")) {
            try store.timeline(ofTicket: "T9")
        }
    }

    @Test func `what a ticket was opened with stands once in its history, with its files`() throws {
        let body = RedactedText(stored: "it hangs")
        try store.keep(
            CustomerContext(),
            tickets: [Ticket(id: "N1", openedAt: StoredKnowledge.after(1_000), channel: "email", body: body)],
            source: "desk", date: StoredKnowledge.after(1_100), by: StoredDesk.entry())
        func told(_ said: Interaction...) throws -> [String] {
            try store.keep(said, source: "desk", date: StoredKnowledge.after(1_100), by: StoredDesk.entry())
            return try store.timeline(ofTicket: "N1").map { entry in
                switch entry.what {
                case .opened(let ticket, _): "opened " + ticket.body.string
                case .message(let message, _): message.text.string
                default: ""
                }
            }
        }
        // Who says the same again later has said it twice.
        #expect(
            try told(StoredKnowledge.message("N1", 1_060, .customer, "person-7", "it hangs"))
                == ["opened it hangs", "it hangs"])
        #expect(
            try told(StoredKnowledge.message("N1", 1_000, .customer, "person-7", "it hangs\n[attachment: a.log]"))
                == ["opened it hangs\n[attachment: a.log]", "it hangs"])
    }

    @Test func `a history names the systems that have refused what was said and changed here`() throws {
        let now = StoredKnowledge.after(1_000)
        let texts = [RedactedText(stored: "restart it"), RedactedText(stored: "ask the second line")]
        func entry(_ key: String, _ work: OutboxEntry.Work) -> OutboxEntry {
            OutboxEntry(system: "desk", ticket: "T2", key: key, work: work, createdAt: now, actor: "agent-3")
        }
        try store.enqueue(
            [
                entry("a", .message(Document(texts[0]), isPublic: true)),
                entry("b", .message(Document(texts[1]), isPublic: true)), entry("c", .field("version", value: "2")),
            ],
            events: [
                TicketEvent(
                    ticket: "T2", time: now, kind: .changed, field: "version", from: "", to: "2", actor: "agent-3")
            ],
            interactions: texts.map { text in
                Interaction(
                    ticket: "T2", time: now, side: .agent, channel: "casebook", author: "agent-3", text: text)
            }, by: StoredDesk.entry(.synced))
        var step = SyncStep()
        step.progress = [
            .init(number: 1, state: .dead), .init(number: 2, state: .done), .init(number: 3, state: .dead),
        ]
        try store.keep(step, of: "desk", by: StoredDesk.entry(.synced))
        let refused = try store.timeline(ofTicket: "T2").filter { !$0.refusedBy.isEmpty }
        #expect(refused.map(\.refusedBy) == [["desk"], ["desk"]])
        guard case .message(let message, _) = refused.first?.what, case .changed(let event) = refused.last?.what else {
            return #expect(Bool(false), "\(refused)")
        }
        #expect(message.text == texts[0] && event.field == "version")
        #expect(try store.refused(of: "T2").map(\.key) == ["a", "c"])
    }

    @Test func `a later import says again that a ticket is resolved`() throws {
        try keep(
            message(
                "<a@x>", "T2", 700, .reopens, StoredKnowledge.message("T2", 700, .customer, "person-9", "it is back")))
        #expect(try store.tickets(.id("T2"))[0].resolvedAt == nil)
        // What a system said of an earlier time does not count any more.
        for (seconds, isResolved) in [(650.0, false), (800.0, true)] {
            try store.keep(
                CustomerContext(), tickets: [StoredDesk.tickets[1]], source: "crm",
                date: StoredKnowledge.after(seconds),
                by: StoredDesk.entry())
            #expect(try (store.tickets(.id("T2"))[0].resolvedAt != nil) == isResolved)
        }
    }

    @Test func `with a person go the messages, their keys and files, and names in files of others`() throws {
        let ticket = Ticket(
            id: "N1", openedAt: StoredKnowledge.after(1_000), contact: "person-7",
            body: RedactedText(stored: "the menhir export hangs"))
        var named = try message(
            "<c@x>", "T1", 1_200, .adds, StoredKnowledge.message("T1", 1_200, .agent, "agent-3", "see"))
        named.attachments[0].name = RedactedText(stored: "for Walda Umbra.txt")
        try keep(
            message("<a@x>", "N1", 1_000, cites: ["<d@x>"], .opens(ticket)),
            message(
                "<b@x>", "T1", 1_100, .adds, StoredKnowledge.message("T1", 1_100, .customer, "person-7", "menhir too")),
            named)
        let redactor = try #require(StoredDesk.redactor())
        let removed = try store.erase(.contact("person-7"), redactor: redactor, by: StoredDesk.entry(.erased)).removed
        #expect((removed["channelMessages"], removed["attachments"], removed["interactions"]) == (3, 2, 1))
        #expect(try !folder.holds("menhir") && !folder.holds("umbra"))
        // What was erased is not received again; what was only cited may still come.
        #expect(try store.isReceived(key("<a@x>")) && store.isReceived(key("<b@x>")) && store.isReceived(key("<c@x>")))
        #expect(try !store.isReceived(key("<d@x>")) && store.ticket(ofMessage: key("<a@x>")) == nil)
        #expect(
            try store.timeline(ofTicket: "T1").contains {
                if case .message(_, let files) = $0.what { !files.isEmpty } else { false }
            })
        #expect(try store.check().problems == [])
    }

    @Test func `with a ticket go its messages, files and what goes on with it`() throws {
        let later = Ticket(id: "N1", openedAt: StoredKnowledge.after(1_500))
        try keep(
            message("<b@x>", "N1", 1_500, cites: ["<c@x>"], .follows(later, earlier: "T2")),
            message("<d@x>", "T2", 1_600))
        let old = StoredKnowledge.after(1e6)
        let removed = try store.removeOlder(than: old, [.tickets], by: StoredDesk.entry(.removedOld)).removed
        #expect((removed["channelMessages"], removed["attachments"], removed["followUps"]) == (1, 1, 1))
        #expect(try store.tickets().map(\.id) == ["T3", "T1", "N1"] && store.check().rows["attachment"] == 1)
        #expect(try store.timeline(ofTicket: "N1").count == 1)
    }

    @Test func `what was removed with its ticket is not received again, nor known by the hash that it had`() throws {
        func keys() throws -> [Data] {
            try DatabaseQueue(path: folder.store).read { try Data.fetchAll($0, sql: "SELECT hash FROM channelMessage") }
        }
        func isKept(_ key: Data) throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { name in
                try Data(contentsOf: URL(filePath: folder.path + "/" + name)).range(of: key) != nil
            }
        }
        let old = Ticket(
            id: "N1", openedAt: StoredKnowledge.after(1_000), resolvedAt: StoredKnowledge.after(1_001))
        let theirs = Ticket(id: "N2", openedAt: StoredKnowledge.after(1_000), account: "acct-1")
        try keep(
            message("<a@x>", "N1", 1_000, cites: ["<b@x>"], .opens(old)),
            message("<c@x>", "N2", 1_000, .opens(theirs)))
        let before = try keys()
        #expect(before.count == 3)
        _ = try store.removeOlder(
            than: StoredKnowledge.after(1e6), [.tickets], by: StoredDesk.entry(.removedOld))
        #expect(try store.isReceived(key("<a@x>")) && !store.isReceived(key("<b@x>")))
        let redactor = try #require(StoredDesk.redactor())
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(try store.isReceived(key("<c@x>")) && keys().isEmpty && store.check().rows["forgottenMessage"] == 2)
        for key in before { #expect(try !isKept(key)) }
    }
}
