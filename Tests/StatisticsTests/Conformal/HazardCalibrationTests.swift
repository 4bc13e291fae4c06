import FoundationEssentials
import Glibc
import Statistics
import Testing

struct HazardCalibrationTests {
    private static let probe = [0.02, 0.1, 0.5, 1, 2, 4]

    private func calibration(strength: Double = 10, groupStrength: Double = 10) -> HazardCalibration {
        HazardCalibration(halfLife: 30, groupHalfLife: 60, strength: strength, groupStrength: groupStrength)
    }

    @Test func `what has seen nothing changes nothing`() {
        let corrected = calibration().correct(Self.probe, group: "network", day: 7)
        #expect(largestDifference(corrected, Self.probe) < 1e-12)
    }

    @Test func `the correction after one event by hand`() {
        var calibration = calibration(strength: 1)
        calibration.learn(0...0.04, event: true, group: "", day: 3)
        // The cells end at -ln 0.95, -ln 0.9 …; the event counts 1, 1/2 and 1/4 in the first three.
        let ends = [0.95, 0.9, 0.85].map { -log($0) }
        let rates = [2 / 1.04, 1.5 / 1.02, 1.25 / 1.01]
        let expected = [
            0.01 * rates[0], ends[0] * rates[0], ends[0] * rates[0] + (ends[1] - ends[0]) * rates[1],
            ends[0] * rates[0] + (ends[1] - ends[0]) * rates[1] + (ends[2] - ends[1]) * rates[2] + 1,
        ]
        let corrected = calibration.correct([0.01, ends[0], ends[1], ends[2] + 1], group: "", day: 3)
        #expect(largestDifference(corrected, expected) < 1e-12)
    }

    @Test func `a range over several cells is exposure in each and an event in the last`() {
        var whole = calibration()
        whole.learn(0.02...0.3, event: true, group: "", day: 3)
        var parts = calibration()
        parts.learn(0.02...0.1, event: false, group: "", day: 3)
        parts.learn(0.1...0.3, event: true, group: "", day: 3)
        let (one, two) = (whole.correct(Self.probe, group: "", day: 4), parts.correct(Self.probe, group: "", day: 4))
        #expect(largestDifference(one, two) < 1e-12)
        #expect(largestDifference(one, Self.probe) > 0.01)
    }

    @Test func `a group's record is measured against the corrected hazard from its first subject on`() {
        var calibration = calibration(strength: 1, groupStrength: 1)
        calibration.learn(0...0.04, event: true, group: "", day: 3)
        calibration.learn(0...0.05, event: false, group: "network", day: 3)
        let overall = (1 + 1) / (0.04 + 0.05 + 1)
        let own = 1 / (0.05 * (2 / 1.04) + 1)
        #expect(
            largestDifference(calibration.correct([0.01], group: "network", day: 3), [0.01 * overall * own]) < 1e-12)
        #expect(largestDifference(calibration.correct([0.01], group: "", day: 3), [0.01 * overall]) < 1e-12)
    }

    /// Learns `count` subjects over 60 days whose event has the given rate on the predicted scale; a third is censored.
    private func learn(
        _ calibration: inout HazardCalibration, count: Int, rate: Double, group: String,
        using generator: inout SplitMix64
    ) {
        for subject in 0..<count {
            let event = generator.exponential(rate: rate)
            let limit = generator.exponential(rate: rate / 2)
            calibration.learn(
                0...min(event, limit), event: event <= limit, group: group, day: 60 * Double(subject) / Double(count))
        }
    }

    @Test func `a calibrated record is left alone`() {
        var generator = SplitMix64(seed: 41)
        var calibration = calibration()
        learn(&calibration, count: 20_000, rate: 1, group: "", using: &generator)
        let corrected = calibration.correct([0.1, 0.5, 1, 2], group: "", day: 60)
        #expect(zip(corrected, [0.1, 0.5, 1, 2]).allSatisfy { abs($0 / $1 - 1) < 0.05 })
    }

    @Test(arguments: [2, 0.5])
    func `a factor of two is corrected`(rate: Double) {
        var generator = SplitMix64(seed: 42)
        var calibration = calibration()
        learn(&calibration, count: 20_000, rate: rate, group: "", using: &generator)
        let corrected = calibration.correct([0.1, 0.5, 1, 2], group: "", day: 60)
        #expect(zip(corrected, [0.1, 0.5, 1, 2]).allSatisfy { abs($0 / ($1 * rate) - 1) < 0.1 })
    }

    @Test func `each group has a correction of its own`() {
        var generator = SplitMix64(seed: 43)
        var calibration = calibration()
        for _ in 0..<10 {
            learn(&calibration, count: 500, rate: 2, group: "quick", using: &generator)
            learn(&calibration, count: 500, rate: 0.5, group: "slow", using: &generator)
        }
        for (group, rate) in [("quick", 2.0), ("slow", 0.5)] {
            let corrected = calibration.correct([0.2, 1], group: group, day: 60)
            #expect(zip(corrected, [0.2, 1]).allSatisfy { abs($0 / ($1 * rate) - 1) < 0.15 }, "\(group)")
        }
    }

    @Test(arguments: [44, 45, 46] as [UInt64])
    func `the correction ascends`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var calibration = calibration(strength: 0.1)
        learn(&calibration, count: 30, rate: 3, group: "network", using: &generator)
        let corrected = calibration.correct((0...200).map { Double($0) / 40 }, group: "network", day: 61)
        #expect(corrected[0] == 0)
        #expect(zip(corrected, corrected.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `the distribution of a row has the corrected hazards`() throws {
        var calibration = calibration(strength: 1)
        calibration.learn(0...0.04, event: true, group: "", day: 3)
        let grid = try AgeGrid(boundaries: [0, 2, 9])
        let distribution = calibration.distribution(grid: grid, hazards: [0.03, 1.2], group: "", day: 4)
        let corrected = calibration.correct([0.03, 1.23], group: "", day: 4)
        #expect(largestDifference(distribution.cumulativeHazards, [0] + corrected) < 1e-12)
        #expect(distribution.grid == grid)
    }

    @Test func `a calibration stays the same through JSON`() throws {
        var generator = SplitMix64(seed: 47)
        var calibration = calibration()
        let empty = try JSONDecoder().decode(HazardCalibration.self, from: JSONEncoder().encode(calibration))
        #expect(largestDifference(empty.correct(Self.probe, group: "", day: 1), Self.probe) < 1e-12)
        learn(&calibration, count: 50, rate: 2, group: "network", using: &generator)
        let copy = try JSONDecoder().decode(HazardCalibration.self, from: JSONEncoder().encode(calibration))
        #expect(
            copy.correct(Self.probe, group: "network", day: 61)
                == calibration.correct(Self.probe, group: "network", day: 61))
    }
}
