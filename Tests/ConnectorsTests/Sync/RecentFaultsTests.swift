import Records
import Testing

@testable import Connectors

@Suite("What is told of faults that go on")
struct RecentFaultsTests {
    private var faults = RecentFaults()

    private mutating func isNew(_ fault: String, atHours hours: Double) -> Bool {
        faults.isNew(fault, at: Instant(seconds: 3_600 * hours))
    }

    @Test mutating func `a fault is new once as long as it goes on, and when another one has come`() {
        #expect(isNew("a", atHours: 0))
        for hours in 1...9 { #expect(!isNew("a", atHours: Double(hours))) }
        #expect(isNew("b", atHours: 9))
        #expect(!isNew("a", atHours: 10))
    }

    @Test mutating func `a fault that was over is new when it comes back`() {
        #expect(isNew("a", atHours: 0))
        #expect(isNew("a", atHours: 3))
    }

    @Test mutating func `of very many faults the oldest are forgotten`() {
        for number in 0...100 { #expect(isNew("\(number)", atHours: 1e-3 * Double(number))) }
        #expect(!isNew("100", atHours: 1))
        #expect(isNew("0", atHours: 1))
    }
}
