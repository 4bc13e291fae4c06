import Statistics
import Testing

@Suite struct CalibrationErrorTests {
    @Test func `the distances of the bins are weighted by what is in them`() {
        // 0.1...0.2: mean 0.15, none of two true. 0.9...1: mean 0.95, one of two true.
        let error = CalibrationError.expected([(0.12, false), (0.18, false), (0.92, true), (0.98, false)])
        #expect(abs(error - (0.15 * 2 + 0.45 * 2) / 4) < 1e-12)
    }

    @Test func `certainty that comes true has no error, and 1 is in the last bin`() {
        #expect(CalibrationError.expected([(1, true), (0, false), (1, true)]) == 0)
        #expect(CalibrationError.expected([(1, false)]) == 1)
        #expect(CalibrationError.expected([]) == 0)
    }

    @Test func `with one bin only the mean counts`() {
        #expect(abs(CalibrationError.expected([(0.2, true), (0.8, false)], bins: 1)) < 1e-12)
    }
}
