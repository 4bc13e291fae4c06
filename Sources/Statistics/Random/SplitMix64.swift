/// A small seeded generator of 64-bit words: the same seed gives the same sequence on every machine.
///
/// Passes BigCrush and has a period of 2^64. It is not for secrets.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// doi:10.1145/2660193.2660195, with the output mix of Stafford's variant 13.
public struct SplitMix64: RandomNumberGenerator, Sendable, Equatable {
    private var state: UInt64

    /// Starts the sequence that belongs to `seed`; every value is a good seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next word, uniform over all 64-bit values.
    ///
    /// O(1).
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
