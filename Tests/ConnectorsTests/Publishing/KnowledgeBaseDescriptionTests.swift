import Records
import Testing

@testable import Connectors

@Suite struct KnowledgeBaseDescriptionTests {
    private static let entry: [String: JSON] = [
        "name": "help", "kind": "zendesk-help-center", "address": "https://acorn.example", "user": "a@acorn.example",
        "secret": ["environment": "HELP"], "place": "en-us/900", "audience": "everyone",
    ]

    private func read(_ changes: [String: JSON] = [:]) throws(DescriptionError) -> KnowledgeBaseDescription? {
        let entry = Self.entry.merging(changes) { $1 }.filter { !$0.value.isNull }
        return try KnowledgeBaseDescription.read(JSON.object(["knowledgeBases": [.object(entry)]]).bytes, file: "f")
            .first
    }

    @Test func anEntryIsReadWithWhatIsUsual() throws {
        let read = try #require(try read())
        #expect(
            read.name == "help" && read.kind == .helpCenter && read.place == "en-us/900" && read.audience == .everyone)
        #expect(!read.takesDrafts)
        #expect(try self.read(["drafts": true])?.takesDrafts == true)
    }

    @Test(arguments: [
        ("kind", JSON.text("wiki")), ("audience", "all"), ("audience", .null), ("place", "900"), ("place", "/900"),
        ("drafts", "yes"), ("address", "http://acorn.example"), ("address", "http://localhost.acorn.example"),
        ("secret", "plain"),
        ("surprise", 1),
    ])
    func whatIsWrongIsNamed(member: String, value: JSON) throws {
        let error = #expect(throws: DescriptionError.self) { try read([member: value]) }
        #expect(error?.description.contains("knowledgeBases[0].\(member)") == true)
    }

    @Test func aWikiTakesNoDrafts() throws {
        #expect(throws: DescriptionError.self) { try read(["kind": "mediawiki", "drafts": true]) }
    }

    @Test func twoOfOneNameAreRefused() throws {
        let entry = JSON.object(Self.entry)
        #expect(throws: DescriptionError.self) {
            try KnowledgeBaseDescription.read(JSON.object(["knowledgeBases": [entry, entry]]).bytes, file: "f")
        }
    }
}
