import Foundation
import Records
import Testing

@testable import Connectors

@Suite struct KnowledgeBaseTests {
    private static let wiki = ProcessInfo.processInfo.environment["CASEBOOK_MEDIAWIKI"]

    private func text(_ sentences: String..., id: String = "K-1", markup: Markup = .html) throws -> PageText {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let article = Article(
            id: id, createdAt: Instant(seconds: 0), title: try Draft.text("Export hangs \(id)"),
            resolution: try sentences.map { Article.Sentence(text: try Draft.text($0), tickets: ["T1"]) })
        return PageText(article, in: markup, redactor: redactor)
    }

    /// Runs a test with a knowledge base.
    private func open(
        _ kind: KnowledgeBaseDescription.Kind, _ address: String, place: String, user: String = "casebook@example.com",
        secret: String = "casebook-secret", _ test: (any KnowledgeBase) async throws -> Void
    ) async throws {
        let description = KnowledgeBaseDescription(
            name: "base", kind: kind, address: address, user: user, secret: .environment("SECRET"), place: place,
            audience: .everyone)
        let base = try description.open(environment: ["SECRET": secret], clock: MockServer.now)
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(base))
        } catch {
            result = .failure(error)
        }
        try result.get()
    }

    private func run(
        _ kind: KnowledgeBaseDescription.Kind, _ test: (any KnowledgeBase) async throws -> Void
    ) async throws {
        try await MockServer.run { server in
            var place = kind == .confluence ? "100" : "en-us/900"
            if kind == .servicenow {
                let bases = try await server.request(
                    "GET", "/api/now/table/kb_knowledge_base", as: "agent@example.com", secret: "agent-secret")
                place = try #require(bases["result"].items.first?["sys_id"].text)
            }
            try await open(kind, server.address, place: place, test)
        }
    }

    @Test(arguments: [KnowledgeBaseDescription.Kind.helpCenter, .servicenow, .confluence])
    func nothingIsWrittenOverWhatCameBetweenReadingAndWriting(kind: KnowledgeBaseDescription.Kind) async throws {
        try await run(kind) { base in
            let read = try await base.create(try text("Restart it."), as: .published)
            #expect(read.state == .published)
            let other = try await base.update(read, to: try text("Restart it twice."), as: .published)
            await #expect(throws: SystemFault.stale) {
                try await base.update(read, to: try text("Restart it at once."), as: .published)
            }
            await #expect(throws: SystemFault.stale) { try await base.retire(read, key: try text().key) }
            #expect(try await base.page(read.id) == other)
        }
    }

    @Test(arguments: [KnowledgeBaseDescription.Kind.helpCenter, .servicenow, .confluence])
    func aPageIsFoundByItsArticle(kind: KnowledgeBaseDescription.Kind) async throws {
        try await run(kind) { base in
            let text = try text("Restart it.")
            #expect(try await base.look(for: text.key, titled: text.title) == .nothing)
            let made = try await base.create(text, as: .published)
            _ = try await base.create(try self.text("Wait for it.", id: "K-2"), as: .published)
            #expect(try await base.look(for: text.key, titled: text.title) == .page(made))
            #expect(made.fingerprint.words == text.fingerprint.words)
            #expect(try await base.page("12345678") == nil)
        }
    }

    @Test(arguments: [KnowledgeBaseDescription.Kind.helpCenter, .servicenow, .confluence])
    func aDraftIsReadByItsId(kind: KnowledgeBaseDescription.Kind) async throws {
        try await run(kind) { base in
            let made = try await base.create(try text("Restart it."), as: .draft)
            #expect(made.state == .draft)
            #expect(try await base.page(made.id) == made)
        }
    }

    /// Against a real wiki, where one is given (see Tests/MockTicketSystems/mediawiki.sh).
    @Test(.enabled(if: wiki != nil)) func aWikiBringsNoTwoTextsTogether() async throws {
        let id = "K-\(UInt64.random(in: 0...UInt64.max))"
        let address = try #require(Self.wiki)
        let secret = String(repeating: "casebook", count: 4)
        try await open(.mediawiki, address, place: "Swift/", user: "Robot@casebook", secret: secret) { base in
            let first = try text("Restart it.", "Then wait.", "Then log in.", id: id, markup: .wikitext)
            #expect(try await base.look(for: first.key, titled: first.title) == .nothing)
            let read = try await base.create(first, as: .published)
            #expect(try await base.look(for: first.key, titled: first.title) == .page(read))
            #expect(read.fingerprint.words == first.fingerprint.words)
            await #expect(throws: SystemFault.self) { try await base.create(first, as: .published) }
            let second = try text("Restart it.", "Then wait.", "Then log in again.", id: id, markup: .wikitext)
            let other = try await base.update(read, to: second, as: .published)
            // Another paragraph, which the wiki could bring together with the change before.
            let third = try text("Restart it twice.", "Then wait.", "Then log in.", id: id, markup: .wikitext)
            await #expect(throws: SystemFault.stale) { try await base.update(read, to: third, as: .published) }
            await #expect(throws: SystemFault.stale) { try await base.retire(read, key: first.key) }
            #expect(try await base.page(read.id) == other && other.revision != read.revision)
            #expect(try await base.update(other, to: second, as: .published) == other)
        }
        await #expect(throws: SystemFault.self) {
            try await open(.mediawiki, address, place: "", user: "Robot@casebook", secret: "wrong") { base in
                _ = try await base.page("1")
            }
        }
    }
}
