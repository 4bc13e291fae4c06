/// A vector near another.
public struct Neighbour: Sendable, Hashable, Comparable {
    /// Its number.
    public var number: Int32
    /// The inner product of the two, the cosine of their angle.
    public var product: Float

    /// Creates a neighbour.
    public init(number: Int32, product: Float) {
        self.number = number
        self.product = product
    }

    /// The nearer one first, of two as near the one with the lower number.
    public static func < (left: Neighbour, right: Neighbour) -> Bool {
        (-left.product, left.number) < (-right.product, right.number)
    }
}
