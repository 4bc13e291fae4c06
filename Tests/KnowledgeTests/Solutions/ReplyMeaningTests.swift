import Records
import Testing

@testable import Knowledge

struct ReplyMeaningTests {
    private func reply(_ text: RedactedText, goesOn: Bool) -> ReplyMeaning.Reply {
        ReplyMeaning.Reply(said: [text], goesOn: goesOn, isLate: true)
    }

    /// What one more reply means, whatever its own case came to.
    private func lasting(_ text: RedactedText, after replies: [ReplyMeaning.Reply]) -> Double {
        let (ended, goneOn) = (reply(text, goesOn: false), reply(text, goesOn: true))
        let lasting = ReplyMeaning(replies + [ended]).lasting(ended)
        #expect(lasting == ReplyMeaning(replies + [goneOn]).lasting(goneOn))
        return lasting
    }

    @Test func `what a reply means is learnt in any language`() {
        let replies = (0..<6).flatMap { _ in
            [reply("Het probleem is terug.", goesOn: true), reply("Bedankt, geen probleem meer.", goesOn: false)]
        }
        #expect(lasting("Sinds vandaag is het terug", after: replies) < -0.9)
        #expect(lasting("Geen fouten meer", after: replies) > 0.9)
        // In 6 and 0 replies of either kind where 3 are expected: the odds are (1 / 4) / (7 / 4) = 1 / 7.
        #expect(abs(lasting("terug", after: replies) + 0.75) < 1e-12)
        // What is in both kinds, and what was never said before, tells nothing.
        #expect(lasting("probleem", after: replies) == 0 && lasting("fouten", after: replies) == 0)
        #expect(lasting("", after: replies) == 0)
    }

    @Test func `replies of one kind teach nothing`() {
        for goesOn in [true, false] {
            let replies = (0..<9).map { _ in reply("Thanks, no more problems.", goesOn: goesOn) }
            #expect(lasting("Thanks, no more problems.", after: replies) == 0)
        }
        #expect(lasting("Thanks", after: []) == 0)
    }

    @Test func `a reply to what resolved a case ends it, and one to something else does not`() throws {
        let restart: RedactedText = "Restart the spooler and install the printer driver again."
        let cable: RedactedText = "Plug the network cable into another socket of the switch."
        let (no, yes): (RedactedText, RedactedText) = (
            "The pages stay empty with that.", "Wonderful, that printed all documents correctly."
        )
        func replies(_ messages: [Interaction], isReopened: Bool = false) -> [[RedactedText]: Bool] {
            let one = DeskOfTests.supportCase("1", note: restart, messages: messages, isReopened: isReopened)
            let words = CaseWords(one)
            let phrases = StockPhrases([one], [words], CaseIndex([CaseText(one)]))
            guard let solution = ToldSolution(of: one, words, phrases) else { return [:] }
            let found = ToldSolution.replies(in: one, words, to: solution, phrases)
            return Dictionary(uniqueKeysWithValues: found.map { ($0.said, $0.goesOn) })
        }
        func agent(_ hours: Double, _ text: RedactedText) -> Interaction {
            DeskOfTests.message(.agent, hours: hours, text)
        }
        func customer(_ hours: Double, _ text: RedactedText) -> Interaction {
            DeskOfTests.message(.customer, hours: hours, text)
        }
        #expect(
            replies([
                customer(1, "Can anybody help us with the printer?"), agent(2, cable), customer(3, no),
                agent(4, restart), customer(5, yes),
            ]) == [[no]: true, [yes]: false])
        // What is said between the solution and more that was told may be either.
        #expect(replies([agent(1, restart), customer(2, no), agent(3, cable)]).isEmpty)
        // The case is resolved after 24 hours.
        #expect(replies([customer(25, no)]) == [[no]: false])
        #expect(replies([customer(25, no)], isReopened: true) == [[no]: true])
        #expect(
            replies([customer(25, no), agent(26, cable), customer(27, yes)]) == [[no]: true, [yes]: false])
    }
}
