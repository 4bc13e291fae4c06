/// The hyper-parameters of issue groups.
public struct IssueGroupSettings: Sendable, Equatable, Codable {
    /// The neighbours of a case that are looked at, 1 to 1000.
    public var neighbours = 10
    /// The least likeness of a neighbour, 0 to 1.
    public var leastLikeness = 0.4
    /// How often places are drawn together, 0 to 100.
    public var steps = 2
    /// The directions of the latent space in which groups are told apart, 1 to 1000.
    public var dimensions = 100
    /// The least mean cosine between the drawn places of two groups that become one, -1 to 1.
    public var leastCosine = 0.6

    /// The settings that the models come with.
    public init() {}

    /// Whether all values are in their ranges.
    var isSound: Bool {
        1...1_000 ~= neighbours && 0...1 ~= leastLikeness && 0...100 ~= steps && 1...1_000 ~= dimensions
            && -1...1 ~= leastCosine
    }
}
