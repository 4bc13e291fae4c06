import Records
import Testing

@testable import Knowledge

struct StatedSolutionsTests {
    /// The solutions that six cases told: the first three one, the next two another, the last its own.
    private static let ofCase = [0, 0, 0, 1, 1, 2]

    private static func article(_ id: String, citing tickets: [Int], other: [Int] = []) -> Article {
        var article = Article(id: id, createdAt: DeskOfTests.end, title: DeskOfTests.printer.titles[0])
        func sentences(_ tickets: [Int]) -> [Article.Sentence] {
            tickets.isEmpty
                ? [] : [Article.Sentence(text: DeskOfTests.printer.notes[0], tickets: tickets.map { "T\($0)" })]
        }
        article.resolution = sentences(tickets)
        article.otherResolution = sentences(other)
        return article
    }

    private func stated(_ articles: [Article], ofCase: [Int?] = Self.ofCase) -> StatedSolutions {
        StatedSolutions(articles, Array(DeskOfTests.cases.prefix(6)), ofCase: ofCase)
    }

    @Test func `an article answers the cases that told what it states`() {
        let stated = stated(
            [Self.article("K-0", citing: [0, 1, 3]), Self.article("K-1", citing: [3], other: [5])], ofCase: Self.ofCase)
        for isAbout in [true, false] {
            #expect((0..<5).map { stated.does(0, answer: $0, isAbout: isAbout) } == [true, true, true, false, false])
            #expect((3..<6).map { stated.does(1, answer: $0, isAbout: isAbout) } == [true, true, true])
        }
    }

    @Test func `nobody can tell of a case that told nothing, or what nobody else did`() {
        let stated = stated([Self.article("K-0", citing: [0])], ofCase: [0, 0, nil, 1, 1, 2])
        #expect(stated.does(0, answer: 2, isAbout: true) == nil && stated.does(0, answer: 2, isAbout: false) == nil)
        #expect(stated.does(0, answer: 5, isAbout: true) == nil && stated.does(0, answer: 5, isAbout: false) == false)
    }

    @Test func `an article that states nothing answers the cases of its group`() {
        let stated = stated([Self.article("K-0", citing: [])])
        #expect(stated.does(0, answer: 0, isAbout: true) == true && stated.does(0, answer: 0, isAbout: false) == false)
    }

    @Test func `an article answers the cases of its issue that told what was given up for what it states`() {
        let stated = StatedSolutions(
            [Self.article("K-0", citing: [3, 4])], Array(DeskOfTests.cases.prefix(6)), ofCase: Self.ofCase,
            heirs: [[0: 1]])
        #expect((0..<5).map { stated.does(0, answer: $0, isAbout: true) } == [true, true, true, true, true])
        #expect(stated.does(0, answer: 0, isAbout: false) == false)
    }

    @Test func `articles that say to do the same are one answer`() {
        let articles = [[3], [0], [], [1, 2], []].enumerated().map {
            Self.article("K-\($0.offset)", citing: $0.element)
        }
        #expect(stated(articles).answers == [0, 1, 2, 1, 4])
    }
}
