import Statistics
import Testing

/// How different the shares of categories are in two samples.
struct CategoryShiftTests {
    @Test("two shares worked by hand: (30, 20) and (20, 30) give 4 with one degree of freedom")
    func byHand() throws {
        let shift = try #require(CategoryShift(["a": 30, "b": 20], ["a": 20, "b": 30]))
        #expect(abs(shift.distance - 0.2) < 1e-12)
        // erfc(sqrt(4 / 2)), the tail of the square of a standard normal value.
        #expect(abs(shift.pValue - 0.045500263896358) < 1e-9)
    }

    @Test("equal shares do not differ, whatever the sizes")
    func equal() throws {
        let shift = try #require(CategoryShift(["a": 10, "b": 30], ["a": 100, "b": 300]))
        #expect(shift.distance == 0 && shift.pValue == 1)
    }

    @Test("rare categories are taken together, so that a hundred single values are no evidence")
    func poolsRare() throws {
        let before = Dictionary(uniqueKeysWithValues: (0..<100).map { ("b\($0)", 1) })
        let after = Dictionary(uniqueKeysWithValues: (0..<100).map { ("a\($0)", 1) })
        let shift = try #require(CategoryShift(before, after))
        #expect(abs(shift.distance - 1) < 1e-9 && shift.pValue == 1)
    }

    @Test("an empty sample cannot be compared")
    func empty() {
        #expect(CategoryShift([String: Int](), ["a": 1]) == nil)
    }
}
