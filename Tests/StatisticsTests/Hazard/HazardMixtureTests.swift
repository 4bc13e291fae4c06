import FoundationEssentials
import Glibc
import Statistics
import Testing

struct HazardMixtureTests {
    /// Settings that the tests know, whatever the chosen ones are.
    private func settings(_ change: (inout HazardMixture.Settings) -> Void = { _ in }) -> HazardMixture.Settings {
        var settings = HazardMixture.Settings()
        settings.halfLives = [4, 12, 40]
        settings.strength = 4
        settings.weightHalfLife = 30
        settings.learningRate = 0.3
        settings.groupHalfLife = 40
        settings.groupStrength = 15
        change(&settings)
        return settings
    }

    @Test func `experts that agree and have learnt nothing are passed on`() {
        var mixture = HazardMixture(bands: [0..<2, 2..<3], baseModels: 2, settings: settings())
        let base = [0.3, 1.2, 0.01]
        #expect(largestDifference(mixture.predict(base: [base, base], group: "", day: 3), base) < 1e-12)
    }

    @Test func `weights after one exposure by hand`() {
        var mixture = HazardMixture(
            bands: [0..<1, 1..<2], baseModels: 2, settings: settings { $0.halfLives = [] })
        let base = [[0.5, 0.5], [1.0, 1.0]]
        let before = mixture.predict(base: base, group: "", day: 0)
        #expect(largestDifference(before, [Double](repeating: -log((exp(-0.5) + exp(-1)) / 2), count: 2)) < 1e-12)
        mixture.learn(
            HazardMixture.Exposure(interval: 0, part: 1, event: true, day: 0), base: base, mixture: before, group: "")
        // The losses are 0.5 + ln 2 and 1; the other band has learnt nothing.
        let weights = [exp(-0.3 * (0.5 + log(2))), exp(-0.3)]
        let survival = (weights[0] * exp(-0.5) + weights[1] * exp(-1)) / (weights[0] + weights[1])
        let after = mixture.predict(base: base, group: "", day: 0)
        #expect(largestDifference(after, [-log(survival), before[1]]) < 1e-12)
    }

    @Test func `losses fade with their half-life`() {
        var mixture = HazardMixture(bands: [0..<1], baseModels: 2, settings: settings { $0.halfLives = [] })
        let base = [[0.5], [1.0]]
        for day in [0, 30] as [Double] {
            mixture.learn(
                HazardMixture.Exposure(interval: 0, part: day == 0 ? 4 : 0, event: false, day: day), base: base,
                mixture: [0.7], group: "")
        }
        // Losses 2 and 4 have halved to 1 and 2.
        let weights = [exp(-0.3), exp(-0.6)]
        let survival = (weights[0] * exp(-0.5) + weights[1] * exp(-1)) / (weights[0] + weights[1])
        #expect(largestDifference(mixture.predict(base: base, group: "", day: 30), [-log(survival)]) < 1e-12)
    }

    @Test func `the ratio of an expert by hand`() {
        // One base model, one ratio of half-life 4 and prior 4, learning rate 0: both experts keep the weight a half.
        var mixture = HazardMixture(
            bands: [0..<1], baseModels: 1,
            settings: settings {
                $0.halfLives = [4]
                $0.learningRate = 0
            })
        mixture.learn(
            HazardMixture.Exposure(interval: 0, part: 1, event: true, day: 1), base: [[0.5]], mixture: [0.5], group: "")
        let ratio = (0.5 * 1 + 4) / (0.5 * 0.5 + 4)
        let survival = (exp(-0.5) + exp(-0.5 * ratio)) / 2
        #expect(largestDifference(mixture.predict(base: [[0.5]], group: "", day: 5), [-log(survival)]) < 1e-12)
    }

    @Test func `a group's ratio by hand, and other groups are left alone`() {
        var mixture = HazardMixture(
            bands: [0..<1, 1..<2], baseModels: 1, settings: settings { $0.halfLives = [] })
        mixture.learn(
            HazardMixture.Exposure(interval: 1, part: 1, event: false, day: 2), base: [[0.4, 0.6]],
            mixture: [0.4, 0.6], group: "network")
        let own = mixture.predict(base: [[0.4, 0.6]], group: "network", day: 2)
        #expect(largestDifference(own, [0.4, 0.6 * 15 / 15.6]) < 1e-12)
        for group in ["", "desktop"] {
            #expect(largestDifference(mixture.predict(base: [[0.4, 0.6]], group: group, day: 2), [0.4, 0.6]) < 1e-12)
        }
    }

    /// Teaches `perDay` subjects a day whose hazard is `truth` times the right base model's.
    private func teach(
        _ mixture: inout HazardMixture, days: Range<Int>, truth: Double, wrong: Double = 1, perDay: Int = 20,
        using generator: inout SplitMix64
    ) {
        let base = [[0.1, 0.1], [0.1 * wrong, 0.1 * wrong]]
        for day in days {
            for subject in 0..<perDay {
                let time = Double(day) + Double(subject) / Double(perDay)
                let prediction = mixture.predict(base: base, group: "", day: time)
                for interval in 0..<2 {
                    let lived = generator.exponential(rate: 0.1 * truth)
                    mixture.learn(
                        HazardMixture.Exposure(
                            interval: interval, part: min(1, lived), event: lived <= 1, day: time),
                        base: base, mixture: prediction, group: "")
                    if lived <= 1 { break }
                }
            }
        }
    }

    @Test(arguments: [0.2, 4])
    func `the weights go to the better base model`(wrong: Double) {
        var generator = SplitMix64(seed: 31)
        var mixture = HazardMixture(bands: [0..<1, 1..<2], baseModels: 2, settings: settings { $0.halfLives = [] })
        teach(&mixture, days: 0..<60, truth: 1, wrong: wrong, using: &generator)
        let predicted = mixture.predict(base: [[0.1, 0.1], [0.1 * wrong, 0.1 * wrong]], group: "", day: 60)
        #expect(predicted.allSatisfy { abs($0 - 0.1) < 0.002 })
    }

    @Test(arguments: [9, 1 / 9.0])
    func `a change by a factor of nine is followed within a few half-lives`(factor: Double) {
        var generator = SplitMix64(seed: 32)
        var mixture = HazardMixture(bands: [0..<1, 1..<2], baseModels: 2, settings: settings())
        teach(&mixture, days: 0..<50, truth: 1, perDay: 80, using: &generator)
        let base = [[0.1, 0.1], [0.1, 0.1]]
        let steady = mixture.predict(base: base, group: "", day: 50)
        #expect(steady.allSatisfy { $0 > 0.08 && $0 < 0.125 })
        teach(&mixture, days: 50..<74, truth: factor, perDay: 80, using: &generator)
        let followed = mixture.predict(base: base, group: "", day: 74)
        #expect(followed.allSatisfy { $0 / (0.1 * factor) > 2 / 3.0 && $0 / (0.1 * factor) < 1.5 })
    }

    @Test func `a base model's weight is the sum of its experts'`() {
        var mixture = HazardMixture(bands: [0..<1, 1..<2], baseModels: 2, settings: settings { $0.halfLives = [4] })
        #expect(mixture.baseWeights == [[0.5, 0.5], [0.5, 0.5]])
        let base = [[0.5, 0.5], [1.0, 1.0]]
        mixture.learn(
            HazardMixture.Exposure(interval: 1, part: 1, event: true, day: 0), base: base, mixture: base[0], group: "")
        // Both experts of a model said the same; the losses are 0.5 + ln 2 and 1.
        let (right, wrong) = (exp(-0.3), exp(-0.3 * (0.5 + log(2))))
        #expect(mixture.baseWeights[0] == [0.5, 0.5])
        #expect(largestDifference(mixture.baseWeights[1], [wrong / (right + wrong), right / (right + wrong)]) < 1e-12)
    }

    @Test(arguments: [(3, 2, 2, true), (4, 2, 2, false), (3, 1, 2, false), (3, 2, 1, false)])
    func `a mixture fits its own shape alone`(intervals: Int, bands: Int, baseModels: Int, fits: Bool) {
        let mixture = HazardMixture(bands: [0..<2, 2..<3], baseModels: 2, settings: settings())
        #expect(mixture.fits(intervals: intervals, bands: bands, baseModels: baseModels) == fits)
    }

    @Test func `a mixture stays the same through JSON`() throws {
        var generator = SplitMix64(seed: 33)
        var mixture = HazardMixture(bands: [0..<1, 1..<2], baseModels: 2, settings: settings())
        var copy = try JSONDecoder().decode(HazardMixture.self, from: JSONEncoder().encode(mixture))
        teach(&mixture, days: 0..<3, truth: 2, using: &generator)
        var again = SplitMix64(seed: 33)
        teach(&copy, days: 0..<3, truth: 2, using: &again)
        var restored = try JSONDecoder().decode(HazardMixture.self, from: JSONEncoder().encode(mixture))
        let base = [[0.1, 0.3], [0.2, 0.4]]
        let predicted = mixture.predict(base: base, group: "", day: 4)
        #expect(copy.predict(base: base, group: "", day: 4) == predicted)
        #expect(restored.predict(base: base, group: "", day: 4) == predicted)
    }
}
