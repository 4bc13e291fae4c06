public import Records
internal import Statistics

/// Questions that no support desk can answer.
public struct NonsenseQuestions: Sendable {
    private static let count = 100
    private static let words = 3...12
    private static let household = """
        apple apron attic barley basil bread brook broom butter candle carrot cedar chestnut chimney cinnamon clover cradle cricket \
        daffodil dough dumpling elbow fiddle fireplace flour garlic goat goose gravel hammock harvest hazel hedge honey jam kettle lamb lantern \
        lavender leek maple marble meadow melody milk mitten mustard nettle oak orchard oven owl parsley pebble picnic pillow plum porridge \
        potter pumpkin quilt rabbit radish rain raspberry robin rosemary saddle sausage sheep shovel sparrow spoon stew stork strawberry swan \
        tulip turnip umbrella vinegar violin walnut weaver whistle willow wool yeast the a of with my and for near under
        """.split(separator: " ").map(String.init)

    /// Of words that nobody has made.
    public let madeUp: [RedactedText]
    /// Of words of house and garden.
    public let household: [RedactedText]

    /// Draws a hundred questions of each kind.
    ///
    /// - Parameters:
    ///   - redactor: Redacts them, as it does others.
    ///   - seed: Draws the words.
    public init(redactor: Redactor, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func question(_ word: (inout SplitMix64) -> String) -> RedactedText {
            let words = (0..<Int.random(in: Self.words, using: &generator)).map { _ in word(&generator) }
            return redactor.redact(RawText(words.joined(separator: " ")))
        }
        madeUp = (0..<Self.count).map { _ in
            question { generator in
                (0..<Int.random(in: 2...4, using: &generator)).map { _ in
                    String("bcdfghjklmnpqrstvwxz".randomElement(using: &generator) ?? "z")
                        + String("aeiou".randomElement(using: &generator) ?? "u")
                }.joined()
            }
        }
        household = (0..<Self.count).map { _ in
            question { Self.household.randomElement(using: &$0) ?? "" }
        }
    }
}
