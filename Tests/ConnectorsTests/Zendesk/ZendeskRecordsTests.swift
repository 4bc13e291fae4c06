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
