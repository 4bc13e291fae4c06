import Models
import Records
import Testing

@testable import Knowledge

struct SolutionsTests {
    private let restart: RedactedText = "Restart the spooler and install the printer driver again."
    private let cable: RedactedText = "Plug the network cable into another socket of the switch."
    private let question = CaseText(title: "Printer gives empty pages")

    /// The desk of tests with cases about the printer, each with a note and whether it came back, in place of its own.
    private func solutions(
        _ printer: [(note: RedactedText, isReopened: Bool)], first: Double = 60, step: Double = 0
    ) -> Solutions {
        let others = DeskOfTests.cases.enumerated().filter { $0.offset % 3 != 0 }.map(\.element)
        let own = printer.enumerated().map { number, said in
            DeskOfTests.supportCase(
                "P\(number)", day: first + step * Double(number), note: said.note, isReopened: said.isReopened)
        }
        let cases = others + own
        return Solutions(cases, CaseIndex(cases.map(CaseText.init)))
    }

    @Test func `a case and one that repeats it have one outcome, be it the solution or that it is repeated`() throws {
        let solutions = solutions([
            (restart, false), ("Duplicate of P0", false), ("", false), ("Duplicate of P2", false), ("", false),
        ])
        let outcomes = Array(solutions.outcomes.suffix(5))
        let (told, silent) = try (#require(outcomes[0]), #require(outcomes[2]))
        #expect(outcomes == [told, told, silent, silent, nil] && told != silent)
        #expect(!solutions.outcomes.dropLast(5).contains(silent))
    }

    @Test func `what resolved the similar cases is recommended first, with the cases as evidence`() throws {
        let solutions = Solutions(DeskOfTests.cases, CaseIndex(DeskOfTests.texts))
        for (number, issue) in DeskOfTests.issues.enumerated() {
            let text = CaseText(title: issue.titles[0], body: issue.sentences[2])
            let first = try #require(solutions.recommend(for: text, at: DeskOfTests.end, count: 3).first)
            #expect(first.sentences.allSatisfy { issue.notes.contains($0) })
            let own = Set(DeskOfTests.members(number).map { "T\($0)" })
            #expect(!first.cases.isEmpty && first.cases.allSatisfy(own.contains))
            #expect(first.probability > 0.5 && first.probability <= 1 && first.hoursSaved > 0)
            #expect(abs(first.hoursSaved - 24 * first.probability) < 1e-6)
        }
    }

    @Test func `of two solutions of the same issue the more lasting one comes first`() throws {
        let said = (0..<6).map { $0 % 2 == 0 ? (note: cable, isReopened: true) : (note: restart, isReopened: false) }
        let found = solutions(said).recommend(for: question, at: DeskOfTests.day(90), count: 2)
        #expect(found.map(\.sentences) == [[restart], [cable]])
        #expect(try #require(found[0].successRate) > #require(found[1].successRate))
    }

    /// The rate of what resolved a case whose customer wrote something afterwards, and another one that nobody touched; nil where it is not told.
    private func rate(after message: RedactedText, of desk: [SupportCase]) throws -> Double? {
        let cases =
            desk + [
                DeskOfTests.supportCase(
                    "P", note: cable, messages: [DeskOfTests.message(.customer, hours: 30, message)]),
                DeskOfTests.supportCase("Q", note: cable),
            ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        let found = solutions.recommend(for: question, at: DeskOfTests.end, count: 9)
        return try #require(found.first { $0.sentences == [cable] }).successRate
    }

    @Test(
        arguments: ["Thanks, no more problems.", "The problem is back again today.", "Das Problem ist wieder da."]
            as [RedactedText])
    func `where no case went on nobody can tell what is thanks`(message: RedactedText) throws {
        #expect(try rate(after: message, of: DeskOfTests.cases) == nil)
    }

    @Test func `a case lasts as far as its customer does not write what makes cases go on`() throws {
        // After the resolution, of two issues by turns: agents went on, or did not.
        let desk = DeskOfTests.cases.enumerated().map { number, one in
            guard number % 3 > 0, number / 3 < 6 else { return one }
            func message(_ side: Interaction.Side, _ days: Double, _ text: RedactedText) -> Interaction {
                Interaction(
                    ticket: one.ticket.id, time: DeskOfTests.day(Double(number) + days), side: side, isPublic: true,
                    text: text)
            }
            var one = one
            one.messages =
                number % 3 == 1
                ? [
                    message(.customer, 2, "Es ist leider wieder da."),
                    message(
                        .agent, 3,
                        number % 2 == 0 ? "Change the server of outgoing mail." : "Add the sender as a contact."),
                ] : [message(.customer, 2, "Jetzt klappt alles, keine Probleme mehr.")]
            return one
        }
        let back = try #require(try rate(after: "Der Fehler ist leider wieder da.", of: desk))
        let unknown = try #require(try rate(after: "Montag kommt der Techniker.", of: desk))
        for thanks in ["Seit gestern keine Fehler mehr.", "Jetzt klappt alles, keine Probleme mehr."] as [RedactedText]
        {
            #expect(try #require(try rate(after: thanks, of: desk)) > unknown)
        }
        #expect(back < unknown - 0.1)
    }

    @Test func `of two solutions of the same issue the more recent one comes first`() {
        let said = (0..<6).map { (note: $0 < 3 ? cable : restart, isReopened: false) }
        let found = solutions(said, step: 30).recommend(for: question, at: DeskOfTests.day(300), count: 2)
        #expect(found.map(\.sentences) == [[restart], [cable]])
        // Each of its cases is 90 days younger, three times the age at which a case counts half.
        #expect(found[0].successRate == found[1].successRate)
        #expect(abs(found[0].probability / found[1].probability - 8) < 1e-6)
    }

    @Test func `of cases in the same words the newest count`() throws {
        let said = (0..<120).map { (note: $0 < 80 ? cable : restart, isReopened: false) }
        let found = solutions(said, step: 1).recommend(for: question, at: DeskOfTests.day(200), count: 2)
        #expect(try #require(found.first).sentences == [restart])
    }

    @Test func `cases count that are far more recent, though many others are a little more alike`() throws {
        let old = (0..<40).map { DeskOfTests.supportCase("P\($0)", day: 60, note: cable) }
        let new = (0..<6).map { number in
            DeskOfTests.supportCase("N\(number)", day: 500, title: "The printer prints only empty pages", note: restart)
        }
        let cases = DeskOfTests.cases.enumerated().filter { $0.offset % 3 != 0 }.map(\.element) + old + new
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        let found = solutions.recommend(for: question, at: DeskOfTests.day(510), count: 2)
        #expect(try #require(found.first).sentences == [restart])
    }

    @Test func `cases come to count by what told solutions apart before`() throws {
        // The same words, and one solution for each of two versions.
        let cases = (0..<24).map { number in
            var one = DeskOfTests.supportCase(
                "P\(number)", day: Double(number), note: number % 2 == 0 ? restart : cable)
            one.environment = [Article.EnvironmentFact(field: "version", value: "\(number % 2)", cases: 1)]
            return one
        }
        let expected = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        let learnt = expected.voting()
        for (version, note) in [restart, cable].enumerated() {
            let asked = CaseText(title: question.title, environment: ["version=\(version)"])
            func first(_ solutions: Solutions) throws -> Solutions.Recommendation {
                try #require(solutions.recommend(for: asked, at: DeskOfTests.day(30), count: 1).first)
            }
            #expect(try first(learnt).sentences == [note])
            #expect(try first(learnt).probability > first(expected).probability)
        }
        #expect(learnt.votes.fields == ["version"])
        #expect(expected.votes == .prior && expected.voting(by: learnt.votes).votes == learnt.votes)
        #expect(Solutions([], CaseIndex()).voting().votes == .prior)
    }

    @Test func `what was tried in vain lowers the rate of its solution`() throws {
        func rate(isTried: Bool) throws -> Double {
            let tried = [
                DeskOfTests.message(.agent, hours: 1, cable),
                DeskOfTests.message(.customer, hours: 2, "No, that did not change anything."),
            ]
            let cases = [
                DeskOfTests.supportCase("1", title: "Network is slow", body: "Files load slowly.", note: cable),
                DeskOfTests.supportCase("2", note: restart, messages: isTried ? tried : []),
                DeskOfTests.supportCase("3", note: restart, messages: isTried ? tried : []),
            ]
            let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
            return solutions.successRate(of: try #require(solutions.ofCase[0]))
        }
        #expect(try rate(isTried: true) < rate(isTried: false))
    }

    @Test
    func `similar cases that tell nothing speak against what others tell, as far as there are more of them than usual`()
        throws
    {
        func first(_ cases: [SupportCase]) throws -> Double {
            let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
            return try #require(solutions.recommend(for: question, at: DeskOfTests.day(90), count: 1).first).probability
        }
        let others = DeskOfTests.cases.enumerated().filter { $0.offset % 3 != 0 }.map(\.element)
        // What resolves the issue of the question is told by all its cases, or only that of another one about the same printer.
        func own(note: RedactedText) -> [SupportCase] {
            (0..<12).map { number in
                number % 2 == 0
                    ? DeskOfTests.supportCase("P\(number)", day: 60, note: note)
                    : DeskOfTests.supportCase(
                        "P\(number)", day: 60, title: "Printer makes noise", body: "The printer makes a loud noise.",
                        note: restart)
            }
        }
        #expect(try first(others + own(note: "")) < 0.25 * first(others + own(note: restart)))
        // Half of the cases tell nothing, whatever they are about.
        let all = others + (0..<12).map { DeskOfTests.supportCase("P\($0)", day: 60, note: restart) }
        let half = all.enumerated().map { number, one in
            var one = one
            if number % 2 == 0 { one.ticket.resolution = RedactedText() }
            return one
        }
        #expect(try first(half) > 0.8 * first(all))
    }

    @Test func `what was resolved at the moment of the question counts`() {
        let solutions = solutions((0..<3).map { _ in (note: restart, isReopened: false) })
        let found = solutions.recommend(for: question, at: DeskOfTests.day(61), count: 1)
        #expect(found.map(\.cases) == [["P2", "P1", "P0"]])
    }

    @Test func `only cases that were resolved by the time of the question count`() {
        let solutions = Solutions(DeskOfTests.cases, CaseIndex(DeskOfTests.texts))
        #expect(solutions.recommend(for: question, at: DeskOfTests.day(0), count: 3).isEmpty)
        let early = solutions.recommend(for: question, at: DeskOfTests.day(10), count: 3).flatMap(\.cases)
        #expect(!early.isEmpty && Set(early).isSubset(of: Set((0..<10).map { "T\($0)" })))
    }

    @Test func `only cases that may be looked at count`() {
        let solutions = Solutions(DeskOfTests.cases, CaseIndex(DeskOfTests.texts))
        let found = solutions.recommend(for: question, at: DeskOfTests.end, count: 3) { $0 < 6 }
        #expect(!found.isEmpty && Set(found.flatMap(\.cases)).isSubset(of: Set((0..<6).map { "T\($0)" })))
        #expect(solutions.recommend(for: question, at: DeskOfTests.end, count: 3) { _ in false }.isEmpty)
    }

    @Test func `nothing is recommended where no case is similar`() {
        var index = CaseIndex()
        for text in DeskOfTests.texts { index.add(text) }
        let solutions = Solutions(DeskOfTests.cases, index)
        let other = CaseText(title: "Zygote quark", body: "Xylophone bivouac")
        #expect(solutions.recommend(for: other, at: DeskOfTests.end, count: 3).isEmpty)
        #expect(solutions.recommend(for: CaseText(), at: DeskOfTests.end, count: 3).isEmpty)
        #expect(Solutions([], CaseIndex()).recommend(for: question, at: DeskOfTests.end, count: 3).isEmpty)
    }

    @Test func `solutions that forbid what others ask for are others`() {
        let upgrade: RedactedText = "Upgrade the print server to the newest release."
        let never: RedactedText = "Never upgrade: go back to the previous release of the print server."
        let said = (0..<12).map { (note: $0 % 2 == 0 ? upgrade : never, isReopened: false) }
        let found = solutions(said).recommend(for: question, at: DeskOfTests.day(90), count: 2)
        #expect(Set(found.map(\.sentences)) == [[upgrade], [never]])
        #expect(found.allSatisfy { $0.probability > 0.3 && $0.cases.count == 6 })
    }

    @Test func `only what a clause begins with forbidding parts texts`() {
        func parts(_ texts: RedactedText...) -> [Int] {
            Prohibition.parting([Int](repeating: 0, count: texts.count), texts)
        }
        #expect(
            parts("Restart it.", "Please do not restart it.", "Restart it twice.", "Never restart it.") == [0, 1, 0, 1])
        #expect(parts("It would never restart, so install it again.", "Restart it.") == [0, 0])
        #expect(parts("Do not use the old key, use the new key.", "Use the new key.") == [0, 0])
        #expect(
            Prohibition.parting([0, 1, 0, 1], ["Restart", "Restart", "Don't restart", "Never restart"]) == [0, 1, 2, 3])
        #expect(Prohibition.parting([], []).isEmpty)
    }
}
