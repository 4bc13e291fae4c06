/// A named part of a model's weights: an array of doubles with a shape.
///
/// Stored as `F64` in row-major order, the order of the safetensors layout and of NumPy. A scalar has the shape `[]`.
public struct Tensor: Sendable, Equatable {
    /// The extents, outermost first; none is negative.
    public var shape: [Int]
    /// The elements in row-major order; as many as the product of the extents.
    public var values: [Double]

    /// Creates a tensor.
    ///
    /// The caller sees to it that no extent is negative and that `values` has as many elements as the product of the
    /// extents; ``SafetensorsFile/encoded()`` stops the program otherwise.
    public init(shape: [Int], values: [Double]) {
        self.shape = shape
        self.values = values
    }

    /// The product of the extents, or nil when one is negative or the product overflows.
    var elementCount: Int? { Self.elementCount(of: shape) }

    /// The product of extents, or nil when one is negative or the product overflows.
    static func elementCount(of shape: [Int]) -> Int? {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else { return nil }
            count = product
        }
        return count
    }
}
