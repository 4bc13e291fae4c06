import Statistics
import Testing

@testable import Simulation

struct HabitsTests {
    @Test(arguments: IdentifierStyle.allCases)
    func `ids of one style are different from each other`(style: IdentifierStyle) {
        for seed in 1...5 {
            var draw = Draw(seed: UInt64(seed))
            let names = (0..<150).map { _ in CompanyNames.company(&draw) } + ["Same & Co.", "Same Co"]
            let ids = style.ids(for: names, &draw)
            #expect(ids.count == names.count)
            #expect(Set(ids).count == ids.count)
            #expect(ids.allSatisfy { !$0.isEmpty })
        }
    }

    @Test func `seeds give products of many kinds`() {
        let worlds = (1...30).map { seed -> ImpactWorld in
            var draw = Draw(seed: UInt64(seed))
            return ImpactWorld(scenario: .storm, grade: .hard, &draw)
        }
        #expect(Set(worlds.map { $0.product.trade.nouns[0] }).count >= 6)
        #expect(Set(worlds.map { $0.accounts[0].id.count }).count >= 5)
        #expect(Set(worlds.flatMap { $0.product.services.compactMap(\.naming.key) }).count >= 15)
        #expect(Set(worlds.flatMap { $0.product.services.map(\.naming.phrase) }).count >= 20)
        #expect(Set(worlds.map(\.habits.resource.host)).count >= 4)
        #expect(Set(worlds.map(\.habits.isTimeText)).count == 2)
        #expect(Set(worlds.map(\.start)).count >= 25)
    }

    @Test func `braces that are no slot stay`() {
        let pieces = Statement.pieces("{\"event\":\"{entity} took {ms} ms\",\"n\":{few}} {unknown}")
        let texts = pieces.compactMap { piece -> String? in
            if case .text(let words) = piece { return words }
            return nil
        }
        #expect(texts == ["{\"event\":\"", " took ", " ms\",\"n\":", "} {unknown}"])
        #expect(pieces.count == 7)
    }

    @Test func `the words of forms are whole words`() {
        var draw = Draw(seed: 4)
        let world = ImpactWorld(scenario: .storm, grade: .easy, &draw)
        for forms in [
            Phrases.received, Phrases.step, Phrases.finished, Phrases.error, Phrases.warning, Phrases.mistake,
            Phrases.machinery,
            Phrases.trouble,
        ] {
            for form in forms {
                let statement = world.product.forge.statement([form], 9, 0, "open", "file", &draw)
                for case .text(let words) in statement.pieces {
                    let letters = words.split { !$0.isLetter }
                    #expect(
                        !letters.contains { ["V", "Vd", "N", "R", "X", "C", "A", "S", "P"].contains($0) }, "\(form)")
                }
            }
        }
    }

    @Test func `the largest tenth of accounts has 30 to 70 percent of the requests, and nights are quiet`() {
        var draw = Draw(seed: 9)
        for _ in 1...6 {
            let world = ImpactWorld(scenario: .slowRamp, grade: .hard, &draw)
            let requests = Rhythm.requests(of: world, &draw)
            let counts = world.accounts.indices.map { index in requests.count { $0.account == index } }.sorted(by: >)
            let share = Double(counts.prefix(counts.count / 10).reduce(0, +)) / Double(requests.count)
            #expect((0.3...0.7).contains(share))
            let expected = Double(world.size.requestsPerDay * world.size.days)
            #expect(abs(Double(requests.count) / expected - 1) < 0.05)
            let hours = (0..<24).map { hour in
                requests.count { Int(($0.time - world.start) / 3_600) % 24 == hour }
            }
            #expect(Double(hours.max() ?? 0) > 3 * Double(hours.min() ?? 0))
        }
    }

    @Test func `JSON text escapes what JSON escapes`() {
        var json = JSONText()
        json.open()
        json.member("a\"b", "line\n\tnext \\ end")
        json.open("inner")
        json.member("list", ["x", "\u{1}y"])
        json.close()
        json.member("n", json: "4")
        json.close()
        json.endLine()
        #expect(
            json.text == "{\"a\\\"b\":\"line\\n\\tnext \\\\ end\",\"inner\":{\"list\":[\"x\",\"\\u0001y\"]},\"n\":4}\n")
    }
}
