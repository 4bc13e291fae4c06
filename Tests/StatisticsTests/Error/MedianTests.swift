import Statistics
import Testing

struct MedianTests {
    @Test func `the middle one, of an even number the mean of both, of none nothing`() {
        #expect([3.0, 1, 2].median == 2)
        #expect([4.0, 1, 3, 2].median == 2.5)
        #expect([7.0].median == 7)
        #expect(([] as [Double]).median == nil)
    }

    @Test func `the upper one is always one of them`() {
        #expect([3.0, 1, 2].upperMedian == 2 && [4, 1, 3, 2].upperMedian == 3 && [7].upperMedian == 7)
        #expect(([] as [Int]).upperMedian == nil)
    }

    @Test func `means, of none nothing`() {
        #expect([3.0, 1, 2].mean == 2 && ([] as [Double]).mean == nil)
    }
}
