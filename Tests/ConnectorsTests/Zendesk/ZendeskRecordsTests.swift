import Records
import Testing

@testable import Connectors

@Suite struct ZendeskRecordsTests {
    @Test(arguments: [
        ZendeskVersion(stamp: "2026-11-22T10:00:00Z", generated: "1795341600", isSettled: true),
        ZendeskVersion(stamp: "2026-11-22T10:00:00Z", generated: "", isSettled: true),
        ZendeskVersion(stamp: "2026-11-22T10:00:00Z", generated: "1795341600", isSettled: false),
    ])
    func aVersionIsReadBack(_ version: ZendeskVersion) {
        #expect(ZendeskVersion(version.text) == version)
    }

    @Test func aTicketWithoutTimesIsNone() {
        let description = SystemDescription(
            name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("NONE"))
        let whole: [String: JSON] = [
            "id": 7, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T11:00:00Z",
        ]
        let now = Instant(seconds: 2e9)
        #expect(RemoteTicket(zendesk: .object(whole), description: description, readAt: now)?.id == "7")
        for name in whole.keys {
            var part = whole
            part[name] = nil
            #expect(RemoteTicket(zendesk: .object(part), description: description, readAt: now) == nil)
        }
        #expect(RemoteTicket(zendesk: ["id": [1]], description: description, readAt: now) == nil)
    }

    @Test func `several values of a field are one text in one order`() throws {
        let description = SystemDescription(
            name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("NONE"),
            fields: ["os": "1", "version": "2"])
        let fields: JSON = [["id": 1, "value": ["mac", "linux"]], ["id": 2, "value": "4.2"]]
        let json: JSON = [
            "id": 7, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T11:00:00Z",
            "custom_fields": fields,
        ]
        let now = Instant(seconds: 2e9)
        let ticket = try #require(RemoteTicket(zendesk: json, description: description, readAt: now))
        #expect(ticket.fields[.custom("1")] == "linux, mac" && ticket.fields[.custom("2")] == "4.2")
        #expect(ticket.lists == [.custom("1")])
    }

    @Test func anAuditHoldsCommentsAndChangesOfTheFieldsThatAreKept() {
        let audit: JSON = [
            "id": 35, "created_at": "2026-11-22T10:00:00Z", "via": ["channel": "email"],
            "events": [
                ["id": 1, "type": "Comment", "body": "it stops", "public": true, "author_id": 9],
                ["id": 2, "type": "Change", "field_name": "status", "previous_value": "new", "value": "open"],
                ["id": 3, "type": "Change", "field_name": "360001", "previous_value": .null, "value": ["a", "b"]],
                ["id": 4, "type": "Change", "field_name": "assignee_id", "previous_value": 7, "value": .null],
                ["id": 5, "type": "Change", "field_name": "subject", "previous_value": "x", "value": "y"],
                ["id": 6, "type": "Notification", "recipients": [9]],
            ],
        ]
        let comments = audit.zendeskComments.compactMap { RemoteMessage(zendesk: $0) }
        #expect(comments.map(\.id) == ["1"] && comments.map(\.channel) == ["email"])
        #expect(comments.first?.time.iso8601 == "2026-11-22T10:00:00Z")
        #expect(
            RemoteChange.all(zendesk: audit, custom: ["360001"]).map { "\($0.field.name) \($0.from)>\($0.to)" } == [
                "status new>open", "custom:360001 >a, b", "assignee 7>",
            ])
    }

    @Test func reasonsInAllTheirForms() {
        #expect(
            ZendeskReason.read([
                "error": "RecordInvalid", "description": "Record validation errors",
                "details": ["status": [["description": "Status: is not valid"]]],
            ])?.fields == ["status"])
        #expect(
            ZendeskReason.read(["error": ["title": "Forbidden", "message": "You cannot"]])?.reason
                == "Forbidden · You cannot")
        #expect(
            ZendeskReason.read(["errors": [["title": "page[after] is not valid"]]])?.reason
                == "page[after] is not valid")
        #expect(ZendeskReason.read(["error": "Couldn't authenticate you"])?.reason == "Couldn't authenticate you")
        #expect(ZendeskReason.read(["tickets": []]) == nil)
    }
}
