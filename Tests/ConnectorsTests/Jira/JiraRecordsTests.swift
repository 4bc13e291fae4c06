import Records
import Testing

@testable import Connectors

struct JiraRecordsTests {
    @Test("A refusal names the fields that it is about")
    func reasons() {
        let refusal: JSON = [
            "errorMessages": ["No."],
            "errors": ["priority": "off screen", "customfield_10060": "bad option", "labels": "no blanks"],
        ]
        let read = JiraReason.read(refusal)
        #expect(read?.reason == "No. · customfield_10060: bad option · labels: no blanks · priority: off screen")
        #expect(read?.fields == ["custom:customfield_10060", "priority"])
        #expect(JiraReason.read(["errorMessage": "Not a desk"])?.reason == "Not a desk")
        #expect(JiraReason.read(["errorMessages": [], "errors": [:]]) == nil)
    }

    @Test("Values are written in the form of their field, and read as words")
    func values() throws {
        func field(_ type: String, items: String = "", kind: String = "") -> JiraField? {
            let schema: JSON = ["type": .text(type), "items": .text(items), "custom": .text("x:" + kind)]
            return JiraField(["id": "customfield_1", "name": "Field", "schema": schema])
        }
        func value(_ text: String?, _ field: JiraField?) throws -> JSON {
            try JiraField.value(text, for: field, id: "customfield_1")
        }
        #expect(try value("a", nil) == "a")
        #expect(try value("a", field("string")) == "a")
        #expect(try value(nil, field("option")) == .null)
        #expect(try value("a", field("option")) == ["value": "a"])
        #expect(try value("7", field("user")) == ["accountId": "7"])
        #expect(try value("2.5", field("number")) == .number(2.5))
        #expect(try value("a, b", field("array", items: "string")) == ["a", "b"])
        #expect(try value("a,b", field("array", items: "option")) == [["value": "a"], ["value": "b"]])
        let options: Set = ["Windows, Server", "Mac"]
        let several = try JiraField.value(
            "Windows, Server, Mac,Linux", for: field("array", items: "option"), id: "customfield_1", options: options)
        #expect(several == [["value": "Windows, Server"], ["value": "Mac"], ["value": "Linux"]])
        #expect(
            try value("Europe > Rome", field("option-with-child")) == ["value": "Europe", "child": ["value": "Rome"]])
        #expect(try value("Asia", field("option-with-child")) == ["value": "Asia"])
        #expect(JiraField.word(["value": "Europe", "child": ["value": "Rome"]]) == "Europe > Rome")
        #expect(JiraField.word([["value": "b"], ["value": "a"]]) == "a, b")
        #expect(ADFText.text(try value("a", field("string", kind: "textarea"))) == "a")
        #expect(throws: SystemFault.refused(reason: "Field: a number is needed", fields: ["custom:customfield_1"])) {
            try value("many", field("number"))
        }
        #expect(JiraField.word([["value": "a"], ["value": "b"]]) == "a, b")
        #expect(JiraField.word(["accountId": "7", "displayName": "Ana"]) == "7")
        #expect(
            JiraField.word([
                "type": "doc", "content": [["type": "paragraph", "content": [["type": "text", "text": "x"]]]],
            ]) == "x")
        #expect(JiraField.word([]) == nil)
        #expect(
            JiraField.word(["requestType": ["id": "11", "name": "Get help"], "currentStatus": ["status": "Open"]])
                == "Get help")
    }

    @Test("People in a field of its own are told by their ids, and its other words as a person reads them")
    func changes() {
        let entry: JSON = [
            "created": "2026-01-05T10:00:00.000+0000",
            "items": [
                [
                    "field": "Reviewer", "fieldId": "customfield_1", "from": "7", "fromString": "Ana", "to": "8",
                    "toString": "Ben",
                ],
                [
                    "field": "Version", "fieldId": "customfield_2", "from": "101", "fromString": "1.0", "to": "102",
                    "toString": "1.1",
                ],
                ["field": "Rank", "fieldId": "customfield_3", "fromString": "a", "toString": "b"],
            ],
        ]
        let changes = RemoteChange.all(
            jira: entry, custom: ["customfield_1", "customfield_2"], people: ["customfield_1"], status: { $0 })
        #expect(changes.map(\.field) == [.custom("customfield_1"), .custom("customfield_2")])
        #expect(changes.map(\.from) == ["7", "1.0"] && changes.map(\.to) == ["8", "1.1"])
    }

    @Test("A record without an id or a time is no record, and nothing crashes on it")
    func unreadable() {
        let description = SystemDescription(name: "jira", kind: .jira, address: "", secret: .environment("SECRET"))
        let broken: [JSON] = [
            .null, [], "text", ["id": "1"], ["id": "1", "fields": ["created": "noon", "updated": "noon"]],
        ]
        for json in broken {
            #expect(RemoteTicket(jira: json, description: description, organizations: "x") == nil)
            #expect(RemoteMessage(jira: json) == nil)
            #expect(RemoteMessage(jiraFile: json) == nil)
            #expect(RemotePerson(jira: json) == nil)
        }
    }

    @Test("Who asks is a customer, whatever account they have, unless they do what agents alone can")
    func sides() {
        func comment(_ author: String, isPublic: Bool = true) -> RemoteMessage {
            RemoteMessage(
                id: author, time: Instant(seconds: 1), author: author, isPublic: isPublic, text: RawText("x"))
        }
        let comments = [comment("7"), comment("8"), comment("8", isPublic: false)]
        #expect(comments.written(by: "7", assignee: nil).map(\.isFromAgent) == [false, nil, nil])
        #expect(comments.written(by: "7", assignee: "7") == comments)
        #expect(comments.written(by: "8", assignee: nil) == comments)
        #expect(comments.written(by: nil, assignee: nil) == comments)
    }

    @Test("A state that the description does not name is its category")
    func statuses() {
        let description = SystemDescription(
            name: "jira", kind: .jira, address: "", secret: .environment("SECRET"),
            statuses: [("Waiting for customer", .waiting)])
        func word(_ name: String) -> String? {
            RemoteTicket.jiraStatus(["name": .text(name), "statusCategory": ["key": "indeterminate"]], description)
        }
        #expect(word("Waiting for customer") == "Waiting for customer")
        #expect(word("In Progress") == "indeterminate")
    }

    @Test("Texts in queries end where they should")
    func quoting() {
        #expect(JiraSystem.quoted(#"a "b" \c"#) == #""a \"b\" \\c""#)
    }
}
