import Glibc
import Testing

@testable import Statistics

struct VectorExponentialTests {
    private func exponential(_ x: Double) -> Double { VectorExponential.exponential(SIMD8(repeating: x))[3] }

    @Test func `values by hand`() {
        #expect(exponential(0) == 1)
        #expect(exponential(-0.0) == 1)
        #expect(abs(exponential(1) - 2.718_281_828_459_045) <= 4.5e-16)
        #expect(exponential(-.infinity) < 4e-308 && exponential(-1e300) == exponential(-708))
    }

    @Test(arguments: [51, 52, 53] as [UInt64])
    func `the relative error is below 3e-16 of the exact value's neighbour`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100_000 {
            let x = [1, 30, 708][Int(generator.next() % 3)] * (2 * generator.uniform() - 1)
            // The C library is right to less than one unit in the last place, 2.3e-16.
            #expect(abs(exponential(x) / exp(x) - 1) <= 5e-16, "\(x)")
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 45])
    func `a list of any length has the exponentials of its negatives`(count: Int) {
        let x = (0..<count).map { Double($0) * 1.7 - 3 }
        let result = [Double](unsafeUninitializedCapacity: count) { target, filled in
            x.withUnsafeBufferPointer {
                VectorExponential.ofNegatives($0, into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
            }
            filled = count
        }
        #expect(zip(result, x).allSatisfy { abs($0 / exp(-$1) - 1) <= 5e-16 })
    }
}
