import FoundationEssentials
import Records
import Storage
import Testing

@testable import Connectors

@Suite("Chats and forms")
struct ChatTests {
    @Test(arguments: [
        ("plain", "plain"), ("hi <@U1> and <@U2|bob> and <@U3>", "hi @Ann Lee and @bob and @U3"),
        ("in <#C1|general>, <#C2>", "in #general, #C2"),
        ("<!here> <!channel|all> <!subteam^S1|@team>", "@here all @team"),
        ("<!date^1772409600^{date}|2 March>", "2 March"),
        ("<https://a.test/?x=1&amp;y|see>", "see (https://a.test/?x=1&y)"),
        ("<https://a.test>", "https://a.test"), ("<mailto:a@b.test|a@b.test>", "a@b.test"),
        ("a &lt;b&gt; &amp;lt; c", "a <b> &lt; c"), ("open <end", "open <end"), ("<>", ""),
    ])
    func `markup of Slack`(text: String, expected: String) {
        #expect(SlackMarkup.plain(text, names: ["U1": "Ann Lee"]) == expected)
    }

    private func read(_ lines: String, _ desk: ChannelDesk, areForms: Bool = false) throws -> ChannelReport {
        let file = RecordFile(path: "lines", bytes: Array(lines.utf8))
        return try desk.receive { intake throws(ChannelError) in
            if areForms { try intake.readForms(file) } else { try intake.readChatLines(file) }
        }
    }

    @Test func `a conversation is one ticket, whoever speaks`() throws {
        let desk = try ChannelDesk()
        let lines = """
            {"conversation": "c1", "time": "2026-03-02T10:00:00Z", "author": "zelda@yachts.example", "text": "it hangs"}
            {"conversation": "c1", "time": "2026-03-02T10:01:00Z", "author": "sam", "side": "agent", "text": "restart it"}
            {"conversation": "c1", "time": "2026-03-02T10:02:00Z", "author": "sam", "side": "agent", "public": false, "text": "odd"}
            {"conversation": "c1", "time": "2026-03-02T10:03:00Z", "side": "system", "text": "assigned"}

            {"conversation": "c2", "time": "2026-03-02T10:00:00Z", "side": "system", "text": "joined"}
            """
        let report = try read(lines, desk)
        #expect((report.messages, report.tickets, report.interactions) == (5, 1, 3))
        #expect(report.count(.automatic) == 1)
        let ticket = try #require(try desk.store.tickets().first { $0.channel == "chat" })
        #expect((ticket.contact, ticket.account, ticket.body.string) == ("person-1", "acct-1", "it hangs"))
        #expect(try desk.store.interactions(ofTicket: ticket.id).map(\.isPublic) == [true, false, true])
        #expect(try read(lines, desk).repeated == 4)
        // Another file goes on with it.
        let more = #"{"conversation":"c1","time":"2026-03-02T11:00:00Z","author":"zelda@yachts.example","text":"ok"}"#
        #expect(try read(more, desk).interactions == 1)
    }

    @Test func `lines that are wrong are named, and the others are kept`() throws {
        let desk = try ChannelDesk()
        let report = try read(
            """
            {"conversation": "c1", "time": "2026-03-02T10:00:00Z", "author": "a@b.test", "text": "kept"}
            {"conversation": "c1"}
            {"conversation": ["c1"], "time": "2026-03-02T10:00:00Z"}
            {"conversation": "c1", "time": "yesterday"}
            {"conversation": "c1", "time": "2026-03-02T10:00:00Z", "side": "them"}
            not JSON
            ["c1"]
            """, desk)
        #expect((report.messages, report.tickets, report.count(.refused)) == (7, 1, 6))
        #expect(report.remarks.map(\.line) == [2, 3, 4, 5, 6, 7])
        let fields = report.remarks.prefix(4).map(\.reason)
        #expect(zip(fields, ["time", "conversation", "time", "side"]).allSatisfy { $0.contains("field \"\($1)\"") })
    }

    @Test func `a form opens a ticket with its fields, or adds to the one that it names`() throws {
        let desk = try ChannelDesk()
        let form = """
            {"id": "f1", "time": "2026-03-02T10:00:00Z", "email": "Zelda@Yachts.example", "name": "Zelda Quimby",
             "subject": "down", "body": "it hangs",
             "fields": {"version": "1.2", "users": 30, "urgent": true, "call": "+49 171 2345678", "none": null,
              "browsers": ["one", 2, "three"], "load": 0.5, "host": {"os": "Linux", "cores": [4, 8]}}}
            """
        #expect(try read(form, desk, areForms: true).tickets == 1)
        let ticket = try #require(try desk.store.tickets().first { $0.channel == "form" })
        #expect((ticket.contact, ticket.subject.string) == ("person-1", "down"))
        #expect(ticket.body.string.hasPrefix("it hangs\n\nbrowsers: one, 2, three\ncall: <phone:"))
        #expect(
            ticket.body.string.hasSuffix(
                "\nhost: {\"cores\":[4,8],\"os\":\"Linux\"}\nload: 0.5\nnone: \nurgent: true\nusers: 30\nversion: 1.2"))
        let lines = """
            {"time": "2026-03-02T11:00:00Z", "ticket": 42, "contact": "person-1", "body": "more"}
            {"time": "2026-03-02T11:00:00Z", "ticket": "42", "contact": "somebody", "body": "more"}
            {"time": "2026-03-02T11:00:00Z", "ticket": "4711", "contact": "person-1", "body": "more"}
            """
        let report = try read(lines, desk, areForms: true)
        #expect((report.interactions, report.tickets, report.count(.wrongTicket)) == (1, 2, 2))
        #expect(try read(lines + "\n" + form.replacing("\n", with: ""), desk, areForms: true).repeated == 4)
    }

    @Test func `a form that says nothing is refused, and what is missing is named`() throws {
        let desk = try ChannelDesk()
        let lines = """

            {"id": "f1", "time": "2026-03-02T10:00:00Z"}
            {"id": "f2", "time": "2026-03-02T10:00:00Z", "subject": " ", "body": "", "fields": {"version": null, "os": []}}
            {"id": "f3", "time": "2026-03-02T10:00:00Z", "fields": {"version": 3}}
            {"id": "f4", "time": "2026-03-02T10:00:00Z", "ticket": "42"}
            """

        let report = try read(lines, desk, areForms: true)
        #expect((report.tickets, report.interactions, report.count(.refused)) == (1, 0, 3))
        #expect(report.remarks.map(\.line) == [2, 3, 5] && report.remarks.allSatisfy { $0.file == "lines" })
        #expect(report.remarks.allSatisfy { $0.reason.contains("\"body\"") })
    }

    @Test func `ids that are numbers are the same as their digits`() throws {
        let desk = try ChannelDesk()
        let lines = """
            {"conversation": 42, "id": 7, "time": "2026-03-02T10:00:00Z", "author": 501, "text": "it hangs"}
            {"conversation": "42", "id": "7", "time": "2026-03-02T10:00:00Z", "author": "501", "text": "it hangs"}
            {"conversation": "42", "id": 8, "time": "2026-03-02T11:00:00Z", "author": 501, "text": "it still hangs"}
            """
        let report = try read(lines, desk)
        #expect((report.tickets, report.repeated, report.interactions) == (1, 1, 1))
        let forms = """
            {"id": 7, "time": "2026-03-02T10:00:00Z", "contact": 501, "body": "down"}
            {"id": "7", "time": "2026-03-02T10:00:00Z", "contact": "501", "body": "down"}
            """
        let second = try read(forms, desk, areForms: true)
        #expect((second.tickets, second.repeated) == (1, 1))
        #expect(
            try desk.store.tickets().filter { ["chat", "form"].contains($0.channel) }.allSatisfy { $0.contact == "501" }
        )
    }

    @Test(arguments: [
        (#""text": "said", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "not said"}}]"#, "said"),
        (
            #""text": " ", "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": ["#
                + #"{"type": "user", "user_id": "U1"}, {"type": "text", "text": ": a < b, "}, {"type": "link", "url": "https://a.test"}]},"#
                + #"{"type": "rich_text_list", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]}]}]"#,
            "@Ann Lee: a < b, https://a.test\none"
        ),
        (
            #""blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Alarm"}}, {"type": "divider"},"#
                + #"{"type": "section", "fields": [{"type": "mrkdwn", "text": "for <@U1>"}]},"#
                + #"{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Close"}}]}]"#,
            "Alarm\nfor @Ann Lee"
        ),
        (#""text": "", "attachments": [{"fallback": "less", "title": "a &lt; b", "text": "more"}]"#, "a < b\nmore"),
        (#""attachments": [{"fallback": "all"}, 7], "blocks": {"type": 5}"#, "all"), (#""text": """#, ""),
    ])
    func `what a message of Slack says without a text`(members: String, expected: String) throws {
        let message = try JSONDecoder().decode(SlackMessage.self, from: Data(#"{"ts": "1.0", \#(members)}"#.utf8))
        #expect(SlackMarkup.plain(message, names: ["U1": "Ann Lee"]) == expected)
    }

    private func settled(_ elements: String...) throws -> [SlackMessage] {
        let entries = try elements.map { try JSONDecoder().decode(SlackEntry.self, from: Data($0.utf8)) }
        return try SlackEntry.settled(entries.map { .success($0) }).map { try $0.get() }
    }

    @Test func `a message of Slack that was changed is read as it is now, where it was said`() throws {
        let messages = try settled(
            #"{"ts": "1.0", "user": "U1", "text": "old", "thread_ts": "0.5"}"#, #"{"ts": "2.0", "text": "next"}"#,
            #"{"ts": "3.0", "subtype": "message_changed", "message": {"ts": "1.0", "user": "U1", "text": "new"}}"#,
            #"{"ts": "4.0", "subtype": "message_changed", "message": {"ts": "1.0", "user": "U1", "text": "newest"}}"#)
        #expect(messages.map(\.text) == ["newest", "next", nil, nil])
        #expect((messages[0].stamp, messages[0].thread, messages[0].role) == ("1.0", "0.5", .said))
        #expect(messages[2...].allSatisfy { $0.role == .notice })
        // It was said on another day; and what was edited in its place is a message as any other.
        let later = try settled(
            #"{"ts": "3.0", "subtype": "message_changed", "message": {"ts": "1.0", "user": "U1", "text": "new"}}"#,
            #"{"ts": "5.0", "text": "edited", "edited": {"user": "U1", "ts": "6.0"}}"#)
        #expect(later.map(\.text) == ["new", "edited"] && later.map(\.stamp) == ["1.0", "5.0"])
    }

    @Test func `a message of Slack that was deleted is gone`() throws {
        let messages = try settled(
            #"{"ts": "1.0", "text": "secret"}"#, #"{"ts": "2.0", "text": "root", "thread_ts": "2.0"}"#,
            #"{"ts": "3.0", "subtype": "message_deleted", "deleted_ts": "1.0", "previous_message": {"text": "secret"}}"#,
            #"{"ts": "4.0", "subtype": "message_changed", "message": {"ts": "2.0", "subtype": "tombstone", "text": "This message was deleted."}}"#,
            #"{"ts": "5.0", "subtype": "tombstone", "text": "This message was deleted."}"#,
            #"{"ts": "6.0", "subtype": "message_changed", "message": {"text": "no time"}}"#,
            #"{"ts": "7.0", "subtype": "message_deleted", "deleted_ts": 1}"#)
        #expect(messages.count == 7 && messages.allSatisfy { $0.role == .notice && $0.text != "secret" })
    }

    @Test func `a file of Slack that was deleted is none`() throws {
        let members = #""files": [{"id": "F1", "mode": "tombstone"}, {"id": "F2", "name": "a.txt", "mode": "hosted"}]"#
        let message = try JSONDecoder().decode(SlackMessage.self, from: Data(#"{"ts": "1.0", \#(members)}"#.utf8))
        #expect(message.files?.map(\.isGone) == [true, false])
    }

    @Test func `a message tells the names of somebody whom the list of people has not`() throws {
        let members = #""user_profile": {"real_name": "Ann Lee", "display_name": "annie", "team": 7}"#
        let message = try JSONDecoder().decode(SlackMessage.self, from: Data(#"{"ts": "1.0", \#(members)}"#.utf8))
        #expect(message.authorNames == ["Ann Lee", "annie"])
    }
}
