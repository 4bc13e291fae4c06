import Records
import Testing

@testable import Connectors

struct RequestTrackerRecordsTests {
    @Test("Only what is there counts as written: the system answers as if all were done")
    func missing() {
        let ticket = RemoteTicket(
            id: "1", number: "1", version: "", createdAt: Instant(seconds: 0), updatedAt: Instant(seconds: 0),
            fields: [.status: "open", .priority: "42", .group: "General"])
        func missing(_ fields: [TicketField: String?]) -> [String] {
            RequestTrackerSystem.missing(TicketChange(fields: fields), in: ticket)
        }
        #expect(missing([.status: "open", .priority: "42", .group: "general", .assignee: nil]) == [])
        #expect(missing([.status: "closed", .priority: "7", .assignee: "root"]) == ["assignee", "priority", "status"])
        #expect(missing([.custom("A"): "x", .custom("B"): nil]) == ["custom:A"])
        // A word for a priority is read as a number.
        #expect(missing([.priority: "High"]) == [])
        #expect(missing([.assignee: "Nobody"]) == [])
    }

    @Test("A ticket is in its queue, by name or by id, and in none that is not meant")
    func queues() throws {
        let ticket = try #require(
            RequestTrackerTicket([
                "id": "1", "Created": "2026-11-22T14:00:00Z", "LastUpdated": "2026-11-22T14:00:00Z",
                "Queue": ["id": "3", "Name": "Support"],
            ]))
        #expect(ticket.isIn(queue: "") && ticket.isIn(queue: "support") && ticket.isIn(queue: "3"))
        #expect(!ticket.isIn(queue: "Staff"))
    }

    @Test("Texts in questions end where they should, and times go to the second before")
    func questions() throws {
        #expect(RequestTrackerSystem.quoted(#"a 'b' \c"#) == #"'a \'b\' \\c'"#)
        let time = try #require(Instant(iso8601: "2026-11-22T14:00:00.9Z"))
        #expect(RequestTrackerSystem.text(time) == "2026-11-22 14:00:00")
    }

    @Test("Of the parts of a message the covers are nothing, the texts are what it says, and the rest are files")
    func parts() {
        func part(_ type: String, name: String = "") -> RequestTrackerPart? {
            RequestTrackerPart(
                [
                    "id": "4", "TransactionId": "7", "ContentType": .text(type), "Filename": .text(name),
                    "ContentLength": "12",
                ])
        }
        #expect(part("multipart/mixed")?.isText == false)
        #expect(part("multipart/mixed")?.file == nil)
        #expect(part("text/html")?.isText == true)
        #expect(part("text/html")?.file == nil)
        #expect(
            part("text/plain", name: "a.log")?.file
                == .init(id: "4", name: RawText("a.log"), type: "text/plain", bytes: 12))
        #expect(part("image/png")?.file == .init(id: "4", name: RawText(""), type: "image/png", bytes: 12))
        #expect(RequestTrackerPart(["id": "4"]) == nil)
    }

    @Test("A record without an id or a time is no record, and nothing crashes on it")
    func unreadable() {
        let broken: [JSON] = [
            .null, [], "text", ["id": 1], ["id": 1, "Created": "noon", "LastUpdated": "2026-11-22T14:00:00Z"],
        ]
        for json in broken {
            #expect(RequestTrackerTicket(json) == nil)
            #expect(RemoteMessage(requestTracker: json, text: "x", isMarkup: false, files: []) == nil)
            #expect(RemotePerson(requestTracker: json) == nil)
        }
        let silent: JSON = ["id": "1", "Created": "2026-11-22T14:00:00Z"]
        #expect(RemoteMessage(requestTracker: silent, text: "", isMarkup: false, files: []) == nil)
    }

    @Test(
        "A message has arrived when the answer names its transaction",
        arguments: [
            ("http://rt.example/REST/2.0/transaction/37", "37"), ("/REST/2.0/ticket/3", nil), ("/login", nil),
            (nil, nil),
        ] as [(String?, String?)])
    func transactions(location: String?, transaction: String?) {
        let answer = SystemResponse(status: 201, headers: location.map { ["location": $0] } ?? [:])
        #expect(RequestTrackerSystem.transaction(of: answer) == transaction)
    }
}
