import Statistics
import Testing

@Suite struct CalibrationErrorTests {
    private func error(_ predictions: [(Double, Bool)], bins: Int = 10) -> CalibrationError {
        var error = CalibrationError(bins: bins)
        for (probability, isTrue) in predictions { error.add(probability, isTrue: isTrue) }
        return error
    }

    @Test func `the distances of the bins are weighted by what is in them`() {
        // 0.1...0.2: mean 0.15, none of two true. 0.9...1: mean 0.95, one of two true.
        let error = error([(0.12, false), (0.18, false), (0.92, true), (0.98, false)])
        #expect(abs(error.value - (0.15 * 2 + 0.45 * 2) / 4) < 1e-12)
    }

    @Test func `certainty that comes true has no error, and 1 is in the last bin`() {
        #expect(error([(1, true), (0, false), (1, true)]).value == 0)
        #expect(error([(1, false)]).value == 1)
        #expect(error([]).value == 0)
    }

    @Test func `with one bin only the mean counts`() {
        #expect(abs(error([(0.2, true), (0.8, false)], bins: 1).value) < 1e-12)
    }

    @Test func `errors of parts merge into that of the whole`() {
        var merged = error([(0.12, false), (0.92, true)])
        merged.merge(error([(0.18, true), (0.98, false), (0.55, true)]))
        #expect(merged == error([(0.12, false), (0.92, true), (0.18, true), (0.98, false), (0.55, true)]))
        #expect(merged.count == 5)
    }
}
