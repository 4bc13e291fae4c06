import Testing

@testable import Simulation

struct PatternTests {
    private var words: Words {
        var words = Words()
        words[.object] = "order list"
        words[.person] = "Ana Zerkai"
        return words
    }

    @Test func `slots are filled and other braces stay`() {
        var draw = Draw(seed: 1)
        #expect(Pattern("the {object} of {nobody}, {").filled(words, &draw) == "the order list of {nobody}, {")
    }

    @Test func `every alternative is drawn, nested ones too`() {
        var draw = Draw(seed: 2)
        let pattern: Pattern = "[a|b [c|{object}]|] end"
        let seen = Set((0..<200).map { _ in pattern.filled(words, &draw) })
        #expect(seen == ["a end", "b c end", "b order list end", " end"])
    }

    @Test func `words remember who was named since they were last asked`() {
        var draw = Draw(seed: 3)
        var words = words
        #expect(Pattern("{object} {person}").filled(noting: &words, &draw) == "order list Ana Zerkai")
        #expect(words.takeIdentities() == ["Ana Zerkai"])
        #expect(words.takeIdentities() == [])
    }

    @Test func `no form of words is left with a mark of its grammar`() {
        var draw = Draw(seed: 4)
        var words = Words()
        for slot in Slot.allCases { words[slot] = "word" }
        var forms: [Pattern] = Triggers.all
        for mode in FailureMode.all {
            forms += mode.subjects + mode.complaints
            forms += mode.errors + mode.causes
            forms += [mode.german, mode.spanish]
        }
        let steps = [
            Remedy.allCases.map(\.forms), SolutionSteps.supporting, SolutionSteps.upgrade, SolutionSteps.attempts,
        ]
        for step in steps.joined() { forms += step }
        let phrases = [
            CustomerPhrases.details, CustomerPhrases.openings, CustomerPhrases.identifying, CustomerPhrases.errors,
            CustomerPhrases.thanks, AgentPhrases.openings, AgentPhrases.closings, OneOffPhrases.qualifiers,
        ]
        forms += phrases.joined()
        for topic in OneOffPhrases.topics { forms += topic.questions + topic.answers }
        for exchange in AgentPhrases.exchanges { forms += [exchange.question] + exchange.answers }
        #expect(Remedy.allCases.allSatisfy { !$0.forms.isEmpty })
        for form in forms {
            for _ in 0..<5 {
                let text = form.filled(words, &draw)
                #expect(!text.contains { "[]{}|".contains($0) }, "\(text)")
            }
        }
    }

    @Test func `typing errors come at their rate and leave other alphabets alone`() {
        var draw = Draw(seed: 5)
        let text = "ein Überblick über Größe 12345, żółć 日本"
        #expect(Prose.mistyped(text, rate: 0, &draw) == text)
        let long = String(repeating: "something simple ", count: 200)
        #expect(Prose.mistyped(long, rate: 0.5, &draw) != long)
        for _ in 0..<50 {
            let broken = Prose.mistyped(text, rate: 2, &draw)
            #expect(broken.contains("日本") && broken.contains("żółć") && broken.contains("12345"))
        }
    }

    @Test func `plurals are those of the head`() {
        #expect(NounSynonyms.plural(of: "order summary") == "order summaries")
        #expect(NounSynonyms.plural(of: "list of orders") == "lists of orders")
        #expect(NounSynonyms.plural(of: "pay display") == "pay displays")
        #expect(NounSynonyms.plural(of: "quiz") == "quizzes")
        #expect(NounSynonyms.plural(of: "box") == "boxes")
    }
}
