import Statistics
import Testing

struct ConformalCalibrationTests {
    let calibration = ConformalCalibration([(score: 1, count: 6), (score: 3, count: 2), (score: 2, count: 1)])

    @Test(arguments: [(0.5, 1.0), (1, 1), (1.5, 0.4), (2, 0.4), (3, 0.3), (3.1, 0.1)])
    func `a p-value is the share that scores as high, the case itself counted`(score: Double, expected: Double) {
        #expect(abs(calibration.pValue(score) - expected) < 1e-12)
    }

    @Test func `rounding in a sum makes no other p-value`() {
        #expect(calibration.pValue(3.0000000001) == calibration.pValue(3))
        #expect(ConformalCalibration([(score: 1e6, count: 1)]).pValue(1e6 * (1 + 1e-12)) == 1)
    }

    @Test(arguments: [0.1, 0.29, 0.3, 0.4, 0.99])
    func `the threshold of a rate is the least score with such a p-value`(rate: Double) {
        let threshold = calibration.threshold(rate: rate)
        #expect(calibration.pValue(threshold) <= rate)
        #expect(calibration.pValue(threshold - 1e-6) > rate)
    }

    @Test func `no score has a p-value below one in n plus one`() {
        #expect(calibration.threshold(rate: 0.09) == .infinity)
        #expect(calibration.threshold(rate: 1) == -.infinity)
        #expect(ConformalCalibration([]).pValue(5) == 1)
    }

    @Test func `exchangeable cases get p-values that keep their promise`() {
        var generator = SplitMix64(seed: 11)
        var below = 0
        for _ in 0..<4_000 {
            let draws = (0..<50).map { _ in Double(Int.random(in: 0..<40, using: &generator)) }
            let calibration = ConformalCalibration(draws.dropFirst().map { (score: $0, count: 1) })
            if calibration.pValue(draws[0]) <= 0.1 { below += 1 }
        }
        // Ties make fewer, never more: at most 400 expected, and 5 standard deviations of 19.
        #expect(below <= 495)
        #expect(below >= 200)
    }
}
