import Foundation
import Records
import Storage
import Testing

@testable import Connectors

@Suite("Messages of Slack that were changed or deleted on a later day")
struct SlackEditTests {
    private static let said = #"{"ts": "1772409600.000100", "user": "U1", "text": "call Ann at 5"}"#
    private static let reply =
        #"{"ts": "1772409700.000200", "thread_ts": "1772409600.000100", "user": "U1", "text": "it hangs"}"#
    private static let edited =
        #"{"ts": "1772409600.000100", "user": "U1", "text": "call me", "edited": {"user": "U1", "ts": "1772490000.000000"}}"#
    private static let change =
        #"{"ts": "1772490000.000100", "subtype": "message_changed", "message": \#(edited)}"#

    private static func deletion(of stamp: String) -> String {
        #"{"ts": "1772490000.000100", "subtype": "message_deleted", "deleted_ts": "\#(stamp)"}"#
    }

    private let desk: ChannelDesk

    init() throws { desk = try ChannelDesk() }

    /// Reads an export of one channel with these messages, day by day.
    @discardableResult
    private func read(_ days: [String]..., into desk: ChannelDesk? = nil) throws -> ChannelReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slack-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let channel = folder.appending(path: "help")
        try FileManager.default.createDirectory(at: channel, withIntermediateDirectories: true)
        for (day, messages) in days.enumerated() {
            let text = "[" + messages.joined(separator: ",") + "]"
            try Data(text.utf8).write(to: channel.appending(path: "2026-03-0\(day + 1).json"))
        }
        let path = folder.path(percentEncoded: false)
        return try (desk ?? self.desk).receive { intake throws(ChannelError) in try intake.readChat(at: path) }
    }

    /// What the one ticket of the chat was opened with, and what was said in it.
    private func kept() throws -> [String] {
        let tickets = try desk.store.tickets().filter { $0.channel == "chat" }
        #expect(tickets.count <= 1)
        return try tickets.flatMap { ticket in
            try [ticket.body.string] + desk.store.interactions(ofTicket: ticket.id).map(\.text.string)
        }
    }

    @Test(arguments: [true, false])
    func `a change on a later day changes the message, whenever that day is read`(isReadAtOnce: Bool) throws {
        if !isReadAtOnce { try read([Self.said, Self.reply]) }
        #expect(try read([Self.said, Self.reply], [Self.change]).changed == 1)
        #expect(try kept() == ["call me", "it hangs"])
        // Once is enough.
        #expect(try read([Self.said, Self.reply], [Self.change]).changed == 0)
        #expect(try kept() == ["call me", "it hangs"])
    }

    @Test
    func `a message that a later export has in other words is changed, and an older export does not change it back`()
        throws
    {
        try read([Self.said, Self.reply])
        let report = try read([Self.edited, Self.reply])
        #expect((report.messages, report.repeated, report.changed) == (2, 2, 1))
        #expect(try kept() == ["call me", "it hangs"])
        #expect(try read([Self.said, Self.reply]).changed == 0)
        #expect(try kept() == ["call me", "it hangs"])
    }

    @Test func `an older export does not change back what was changed when it was received`() throws {
        try read([Self.edited])
        try read([Self.said])
        #expect(try kept() == ["call me"])
    }

    @Test func `an answer is changed where it stands`() throws {
        try read([Self.said, Self.reply])
        let other = Self.reply.replacing("it hangs", with: "it works")
            .replacing(#""user""#, with: #""edited": {"ts": "1772490000.5"}, "user""#)
        try read([Self.said, other])
        #expect(try kept() == ["call Ann at 5", "it works"])
    }

    @Test(arguments: [true, false])
    func `of a message that was deleted on a later day nothing but that is left`(isReadAtOnce: Bool) throws {
        if !isReadAtOnce { try read([Self.said, Self.reply]) }
        try read([Self.said, Self.reply], [Self.deletion(of: "1772409600.000100")])
        #expect(try kept() == ["[withdrawn]", "it hangs"])
        try read([Self.said, Self.reply], [Self.change], [Self.deletion(of: "1772409700.000200")])
        #expect(try kept() == ["[withdrawn]", "[withdrawn]"])
    }

    @Test func `a tombstone in a later export takes the message back, and its files`() throws {
        let file = #""files": [{"id": "F1", "name": "a.txt", "mode": "hosted"}], "user""#
        try read([Self.said.replacing(#""user""#, with: file), Self.reply])
        try read([
            #"{"ts": "1772409600.000100", "subtype": "tombstone", "text": "This message was deleted."}"#, Self.reply,
        ])
        #expect(try kept() == ["[withdrawn]", "it hangs"])
        let ticket = try #require(try desk.store.tickets().first { $0.channel == "chat" })
        let files = try desk.store.timeline(ofTicket: ticket.id).flatMap { entry in
            if case .opened(_, let files) = entry.what { files } else { [] }
        }
        #expect(files.isEmpty)
    }

    @Test func `what is known to be deleted does not come in with an older export`() throws {
        try read([Self.deletion(of: "1772409600.000100")])
        #expect(try read([Self.said]).repeated == 1)
        #expect(try kept().isEmpty)
    }

    @Test func `a change of what was erased brings nothing back`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let desk = try ChannelDesk(path: folder.appending(path: "store").path(percentEncoded: false))
        try read([Self.said], into: desk)
        let redactor = try #require(ChannelDesk.redactor)
        _ = try desk.store.erase(.contact("U1"), redactor: redactor, by: ChannelDesk.entry)
        #expect(try read([Self.edited], into: desk).changed == 0)
        #expect(try desk.store.tickets().filter { $0.channel == "chat" }.map(\.body.string) == [""])
    }
}
