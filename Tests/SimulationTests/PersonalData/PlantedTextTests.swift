import Records
import Simulation
import Testing

/// Planted values: where they say they are, the same for a seed, and hidden.
struct PlantedTextTests {
    private static let carrier = Array("the first line of a log\nand a second one, with words\n\n".utf8)

    @Test func `values stand where the plants say`() {
        let text = PlantedText(items: 2_000, in: Self.carrier, seed: 7)
        #expect(text.plants.count == 2_000)
        #expect(text.plants.allSatisfy { String(decoding: text.bytes[$0.range], as: UTF8.self) == $0.item.value })
        let kept = text.plants.count { !$0.item.mustBeHidden }
        #expect(400...600 ~= kept)
        #expect(Set(text.plants.map(\.item.family)).count > 40)
    }

    @Test func `a seed gives one text`() {
        let text = PlantedText(items: 50, in: Self.carrier, seed: 7)
        #expect(PlantedText(items: 50, in: Self.carrier, seed: 7).bytes == text.bytes)
        #expect(PlantedText(items: 50, in: Self.carrier, seed: 8).bytes != text.bytes)
        #expect(PlantedText(items: 3, in: [0x0A], seed: 1).plants.count == 3)
    }

    @Test(arguments: [1, 2, 3])
    func `nothing leaks in plain words`(seed: UInt64) throws {
        var rules = RedactionRules()
        rules.contacts = PlantedItem.contacts.map { .init(person: $0.person, company: $0.company) }
        let redactor = try #require(Redactor(key: Array(repeating: 9, count: 16), rules: rules))
        let text = PlantedText(items: 4_000, in: Self.carrier, seed: seed)
        let accuracy = PlantedAccuracy(of: redactor, on: text, carrier: Self.carrier)
        #expect(accuracy.leaks.filter { $0.value.wrong > 0 } == [:])
        #expect(accuracy.nearMisses.filter { $0.value.wrong > 0 } == [:])
        #expect(accuracy.carrierFindings == [:] && accuracy.falseFindingsPerMB == 0)
        // And nothing of the values is in the text that comes out.
        let redacted = redactor.redact(RawText(bytes: text.bytes)).string
        let values = text.plants.filter { $0.item.mustBeHidden && $0.item.value.utf8.count > 9 }.map(\.item.value)
        #expect(values.allSatisfy { !redacted.contains($0) })
    }
}
