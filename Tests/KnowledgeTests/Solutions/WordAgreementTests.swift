import Records
import Testing

@testable import Knowledge

struct WordAgreementTests {
    private func parts(_ texts: [RedactedText], _ said: [RedactedText], groups: [Int]? = nil) -> [Int] {
        let index = CaseIndex(said.map { CaseText(body: $0) })
        return WordAgreement.parting(groups ?? texts.map { _ in 0 }, texts, index)
    }

    private let grey: [RedactedText] = [
        "The export button is grey in the report view.", "I cannot press export in the report view.",
        "Export in reports is disabled since the update.",
    ]

    @Test func `remedies in other words are others, and the same in another order is one`() {
        #expect(
            parts(
                [
                    "Clear the browser storage and reload the page.",
                    "Assign the exporter role to that user in administration.",
                    "Reload the page after clearing the storage of the browser.",
                ], grey) == [0, 1, 0])
    }

    @Test func `words that customers say of their issues join no remedies`() {
        // Of seven words each of the first two has three in common, which are in what everybody says.
        let texts: [RedactedText] = [
            "Den Druckdienst neu starten und den Treiber tauschen.",
            "Den Index neu aufbauen und die Statistik aktualisieren.",
            "Treiber tauschen und anschließend den Druckdienst neu starten.",
        ]
        let said: [RedactedText] = [
            "Den Beleg neu erfasst und gedruckt.", "Neu angemeldet und den Beleg gesucht.",
            "Den Rechner und den Drucker neu gestartet.",
        ]
        #expect(parts(texts, said) == [0, 1, 0])
    }

    @Test func `texts that agree with a third one are one, and those of other groups are not`() {
        let texts: [RedactedText] = [
            "Empty cache cookies", "Cookies history", "Empty cache reload", "Reload frame history",
        ]
        #expect(parts(texts, grey) == [0, 0, 0, 0])
        #expect(parts(texts, grey, groups: [1, 0, 1, 0]) == [0, 1, 0, 1])
        #expect(parts([texts[0], texts[3]], grey) == [0, 1])
        #expect(parts([], grey).isEmpty)
    }

    @Test func `two remedies of a desk with one issue are two solutions`() {
        let texts: [RedactedText] = [
            "Clear the browser storage and reload the page.",
            "Assign the exporter role to that user in administration.",
        ]
        let cases = (0..<12).map { number in
            DeskOfTests.supportCase(
                "\(number)", day: Double(number), title: "Export button greyed out", body: grey[number % 3],
                note: texts[number % 2])
        }
        let ofCase = Solutions(cases, CaseIndex(cases.map(CaseText.init))).ofCase
        #expect(Set(ofCase).count == 2 && !ofCase.contains(nil))
        #expect(ofCase.indices.allSatisfy { ofCase[$0] == ofCase[$0 % 2] })
    }
}
