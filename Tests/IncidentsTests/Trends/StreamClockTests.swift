import Incidents
import Records
import Testing

struct StreamClockTests {
    private func time(after seconds: [Double]) -> Double? {
        var clock = StreamClock()
        for second in seconds { clock.take(second) }
        return clock.now?.seconds
    }

    @Test func `the time is that of the lines`() {
        #expect(time(after: []) == nil)
        #expect(time(after: [7]) == 7)
        #expect(time(after: [1, 2, 3, 4, 5, 6, 7]) == 5)
    }

    @Test func `two lines of a clock that jumps move nothing, and the time never goes back`() {
        #expect(time(after: [10, 11, 12, 13, 14, 9_000, 9_001]) == 14)
        #expect(time(after: [10, 11, 12, 13, 14, -9_000, 15, 16]) == 14)
        #expect(time(after: [10, 11, 12, 1, 2, 3, 4, 5]) == 11)
    }
}
