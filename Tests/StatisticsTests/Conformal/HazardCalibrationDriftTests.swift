import Glibc
import Statistics
import Testing

/// Intervals on a stream whose rate moves by a factor of nine, with a third of the subjects lost from sight.
struct HazardCalibrationDriftTests {
    private struct Subject {
        var opened: Double
        var duration: Double
        var limit: Double
        var group: String
        var seen = 0.0
    }

    private struct Tally {
        var covered = 0
        var uncorrected = 0
        var count = 0
    }

    /// Opens 40 subjects a day, predicted with cumulative hazard 2 a day; teaches every quarter of a day what is then known.
    private func stream(
        seed: UInt64, rate: (_ day: Double, _ group: String) -> Double
    ) -> [String: Tally] {
        var generator = SplitMix64(seed: seed)
        var calibration = HazardCalibration(halfLife: 5, groupHalfLife: 10, strength: 5, groupStrength: 5)
        var open: [Subject] = []
        var tallies: [String: Tally] = [:]
        for step in 0..<800 {
            let now = Double(step) / 4
            var kept: [Subject] = []
            for var subject in open {
                let end = min(subject.duration, subject.limit)
                let age = min(end, now - subject.opened)
                let event = age == end && subject.duration <= subject.limit
                calibration.learn(
                    2 * subject.seen...2 * age, event: event, group: subject.group, day: subject.opened + age)
                subject.seen = age
                if age < end { kept.append(subject) }
            }
            open = kept
            for position in 0..<10 {
                let group = position % 2 == 0 ? "network" : "desktop"
                let subject = Subject(
                    opened: now, duration: generator.exponential(rate: rate(now, group)),
                    limit: generator.exponential(rate: rate(now, group) / 2), group: group)
                open.append(subject)
                guard now >= 40 else { continue }
                let bounds = -log(0.9)...(-log(0.1))
                let corrected = calibration.correct([2 * subject.duration], group: group, day: now)
                tallies[group, default: Tally()].count += 1
                if bounds.contains(corrected[0]) { tallies[group, default: Tally()].covered += 1 }
                if bounds.contains(2 * subject.duration) { tallies[group, default: Tally()].uncorrected += 1 }
            }
        }
        return tallies
    }

    @Test(arguments: [51, 52, 53] as [UInt64])
    func `80 % intervals cover 76 to 84 % under drift and censoring, in each group`(seed: UInt64) {
        // The rate swings between 2/3 and 6 a day within 80 days; one group is half as fast again as the other.
        let tallies = stream(seed: seed) { day, group in
            2 * exp(log(3) * sin(2 * Double.pi * day / 160)) * (group == "network" ? 1.2 : 0.8)
        }
        #expect(tallies.count == 2)
        for (group, tally) in tallies {
            let share = Double(tally.covered) / Double(tally.count)
            #expect(share > 0.76 && share < 0.84, "\(group)")
            // The test can fail: without the correction the intervals do not hold.
            #expect(Double(tally.uncorrected) / Double(tally.count) < 0.74, "\(group)")
        }
    }
}
