/// The exponential of eight numbers at once.
///
/// The argument is split into a whole number `k` of ln 2 and a rest of at most ln 2 / 2 (W. Cody and W. Waite, "Software Manual for
/// the Elementary Functions", 1980), whose exponential is its Taylor polynomial of degree 13; `2^k` is made from the bits of the
/// exponent. The relative error is below 3e-16.
enum VectorExponential {
    /// Eight numbers.
    typealias Lanes = SIMD8<Double>

    /// 1.5 · 2⁵²: adding it rounds to a whole number, which then stands in the lowest bits.
    private static let rounding = 6_755_399_441_055_744.0
    private static let binaryLogarithm = 1.442_695_040_888_963_4
    /// ln 2 in two parts, the first with so few bits that its products with `k` are exact.
    private static let (upperHalf, lowerHalf) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10)

    /// `exp(x)` in each lane.
    ///
    /// - Parameter x: Numbers of at most 709; below −708 the result is that of −708, less than 4e-308.
    @inline(__always)
    static func exponential(_ x: Lanes) -> Lanes {
        let bounded = x.replacing(with: -708, where: x .< -708)
        let shifted = bounded * binaryLogarithm + rounding
        let whole = shifted - rounding
        let rest = (bounded - whole * upperHalf) - whole * lowerHalf
        var sum = Lanes(repeating: 1 / 6_227_020_800.0)
        sum = sum * rest + 1 / 479_001_600.0
        sum = sum * rest + 1 / 39_916_800.0
        sum = sum * rest + 1 / 3_628_800.0
        sum = sum * rest + 1 / 362_880.0
        sum = sum * rest + 1 / 40_320.0
        sum = sum * rest + 1 / 5_040.0
        sum = sum * rest + 1 / 720.0
        sum = sum * rest + 1 / 120.0
        sum = sum * rest + 1 / 24.0
        sum = sum * rest + 1 / 6.0
        sum = sum * rest + 0.5
        sum = (sum * rest) * rest + rest + 1
        let bits = SIMD8<Int64>(truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD8<UInt64>.self))
        let exponent = (bits &- 0x4338_0000_0000_0000 &+ 1_023) &<< 52
        return sum * unsafeBitCast(exponent, to: Lanes.self)
    }
}

extension VectorExponential {
    /// `exp(−x)` of the first numbers of a list, the others being 1.
    ///
    /// - Parameters:
    ///   - x: Numbers of at least −709.
    ///   - result: As many numbers as `x`.
    static func ofNegatives(
        _ x: UnsafeBufferPointer<Double>, into result: UnsafeMutableBufferPointer<Double>
    ) {
        precondition(x.count == result.count, "one exponential a number")
        var start = 0
        while start < x.count {
            let count = min(8, x.count - start)
            var lanes = Lanes()
            for lane in 0..<count { lanes[lane] = -x[start + lane] }
            lanes = exponential(lanes)
            for lane in 0..<count { result[start + lane] = lanes[lane] }
            start += count
        }
    }
}
