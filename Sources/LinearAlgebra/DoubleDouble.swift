/// A number kept as the unevaluated sum of two doubles, which gives about 32 digits.
///
/// Only what the residuals of ``LeastSquares`` need: error-free sum and product (Knuth's two-sum, and the product by fused
/// multiply-add; Dekker, *A floating-point technique for extending the available precision*, 1971).
struct DoubleDouble: Sendable, Equatable {
    var high: Double
    var low: Double

    @inline(__always)
    init(_ value: Double) {
        high = value
        low = 0
    }

    /// The value rounded to double.
    @inline(__always)
    var rounded: Double { high + low }

    /// Adds a double; the error is of the order of 2⁻¹⁰⁵ of the sum.
    @inline(__always)
    static func += (left: inout DoubleDouble, right: Double) {
        let (sum, error) = twoSum(left.high, right)
        left.renormalize(sum, left.low + error)
    }

    /// Adds `a · b`, computed without rounding.
    @inline(__always)
    mutating func addProduct(_ a: Double, _ b: Double) {
        let product = a * b
        let productError = (-product).addingProduct(a, b)
        let (sum, error) = DoubleDouble.twoSum(high, product)
        renormalize(sum, low + (error + productError))
    }

    /// The product with a double; the error is of the order of 2⁻¹⁰⁴ of the product.
    @inline(__always)
    static func * (left: DoubleDouble, right: Double) -> DoubleDouble {
        let product = left.high * right
        var result = DoubleDouble(product)
        result.renormalize(product, (-product).addingProduct(left.high, right) + left.low * right)
        return result
    }

    @inline(__always)
    private mutating func renormalize(_ sum: Double, _ rest: Double) {
        high = sum + rest
        low = rest - (high - sum)
    }

    @inline(__always)
    private static func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
        let sum = a + b
        let part = sum - a
        return (sum, (a - (sum - part)) + (b - part))
    }
}
