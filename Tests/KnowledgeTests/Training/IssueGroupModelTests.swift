import Features
import Foundation
import Knowledge
import Models
import Records
import Testing

struct IssueGroupModelTests {
    private static let knowledge = DeskKnowledge(DeskOfTests.cases, at: DeskOfTests.end)

    private func model(_ knowledge: DeskKnowledge = knowledge) throws -> IssueGroupModel {
        try IssueGroupModel(of: knowledge, source: "desk", dataSHA256: ["tickets": "0"])
    }

    /// What a registry gives back of a model.
    private func stored(_ model: IssueGroupModel) throws -> IssueGroupModel {
        let folder = FileManager.default.temporaryDirectory.path + "/knowledge-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let registry = ModelRegistry(path: folder)
        let version = try model.store(in: registry)
        return try IssueGroupModel(from: registry, version: version)
    }

    @Test func `what was loaded reads a desk as what was learnt at once does`() throws {
        let loaded = try stored(model())
        let read = DeskKnowledge(DeskOfTests.cases, at: DeskOfTests.end, model: loaded)
        let articles = Self.knowledge.articlesForTeam(existing: [])
        #expect(!articles.isEmpty && articles == read.articlesForTeam(existing: []))
        #expect(read.groups == Self.knowledge.groups)
        for question in DeskOfTests.texts.prefix(12) + [CaseText(body: "nothing that anybody said")] {
            #expect(
                read.suggestions(articles).suggest(for: question, count: 3)
                    == Self.knowledge.suggestions(articles).suggest(for: question, count: 3))
            #expect(
                read.recommendations().recommend(for: question, at: DeskOfTests.end, count: 3)
                    == Self.knowledge.recommendations().recommend(for: question, at: DeskOfTests.end, count: 3))
            #expect(read.index.search(question, count: 5) == Self.knowledge.index.search(question, count: 5))
        }
    }

    @Test func `it knows the words of enough customers and no others`() throws {
        var cases = DeskOfTests.cases
        for number in cases.indices where ["c0", "c1"].contains(cases[number].customer) || number == 2 {
            cases[number].ticket.body = RedactedText(joining: [cases[number].ticket.body, "Zorblatt"])
        }
        let said = Set(cases.filter { $0.ticket.body.string.contains("Zorblatt") }.map(\.customer)).count
        for least in 2...6 {
            let known = try model(DeskKnowledge(cases, at: DeskOfTests.end, leastCustomers: least)).background.lexicon
            #expect((known.number(of: "zorblatt") != nil) == (said >= least))
            #expect(known.number(of: "printer") != nil)
        }
    }

    @Test func `the terms of a young desk are as rare as the history says`() throws {
        let question = CaseText(body: "morning appointments")
        let young = Array(DeskOfTests.texts.prefix(3))
        func share(_ index: CaseIndex) throws -> Float {
            let found = index.search(question, count: 3)
            return try #require(found.first { $0.number == 0 }).likeness.containment
        }
        // One each of the three cases says these words; of the history fewer say the former than the latter.
        #expect(try share(CaseIndex(young)) < share(CaseIndex(young, model().background)))
    }

    @Test func `too few tickets and tickets of too few customers are refused`() throws {
        let few = DeskKnowledge(Array(DeskOfTests.cases.prefix(19)), at: DeskOfTests.end)
        #expect(throws: IssueGroupError.tooFewTickets(19, needed: 20)) { try model(few) }
        var cases = DeskOfTests.cases
        for number in cases.indices { cases[number].customer = number % 2 == 0 ? "a" : "b" }
        #expect(throws: IssueGroupError.noSharedWord(customers: 2, needed: 3)) {
            try model(DeskKnowledge(cases, at: DeskOfTests.end))
        }
    }

    @Test func `later tickets are asked about, and the figures are shares`() throws {
        let figures = try model().provenance.heldOut
        #expect(figures["tickets"] == Double(DeskOfTests.count - DeskOfTests.count * 3 / 4))
        #expect(
            try #require(figures["groupRight"]) > 0.8 && figures.values.filter { $0 <= 1 }.count == figures.count - 1)
    }
}
