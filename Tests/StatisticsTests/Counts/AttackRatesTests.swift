import Foundation
import Statistics
import Testing

struct AttackRatesTests {
    private func fit(_ subjects: [AttackRates.Subject], groups: Int = 1, seen: Double = 0.5) -> AttackRates {
        AttackRates(subjects, groups: groups, clumping: 3, groupless: 0.3, seen: seen)
    }

    private func probability(_ rates: AttackRates, _ index: Int) -> Double {
        1 / (1 + exp(-rates.logPriorOdds[index] - rates.logLikelihoodRatios[index]))
    }

    private func subject(_ count: Double, activity: Double?, group: Int? = 0) -> AttackRates.Subject {
        AttackRates.Subject(count: count, background: 0.05, activity: activity, group: group)
    }

    @Test func `who has no count is hit when all others of the group are and nobody sees what it does`() {
        let rates = fit((0..<20).map { _ in subject(12, activity: 100) } + [subject(0, activity: nil)])
        #expect(probability(rates, 20) > 0.9)
        #expect(rates.rates[0] > 0.9)
    }

    @Test func `who has no count and is seen to be active is not hit`() {
        let rates = fit((0..<20).map { _ in subject(12, activity: 100) } + [subject(0, activity: 100)])
        #expect(probability(rates, 20) < probability(rates, 0))
        let mixed = fit(
            (0..<10).map { _ in subject(50, activity: 100) } + (0..<10).map { _ in subject(0, activity: 100) })
        #expect(probability(mixed, 15) < 0.1)
        #expect(probability(mixed, 5) > 0.99)
        #expect(abs(mixed.rates[0] - 0.5) < 0.1)
    }

    @Test func `where all is seen who has no count is not hit`() {
        let subjects =
            (0..<20).map { _ in subject(3, activity: 10) } + [subject(0, activity: 10), subject(0, activity: nil)]
        let half = fit(subjects)
        let all = fit(subjects, seen: 1)
        #expect(probability(half, 20) > 0.1)
        #expect(probability(all, 20) < 0.001)
        #expect(probability(all, 21) < 0.001)
        #expect(probability(all, 0) > 0.95)
    }

    @Test func `a single subject of a group leaves the others alone`() {
        let rates = fit([subject(40, activity: 100)] + (0..<20).map { _ in subject(0, activity: 100) })
        #expect(probability(rates, 0) > 0.95)
        #expect((1...20).allSatisfy { probability(rates, $0) < 0.02 })
    }

    @Test func `groups have rates of their own`() {
        let rates = fit(
            (0..<10).map { _ in subject(10, activity: 50) } + (0..<10).map { _ in subject(0, activity: 50, group: 1) },
            groups: 2)
        #expect(rates.rates[0] > 0.9)
        #expect(rates.rates[1] < 0.1)
    }

    @Test func `a count that the background explains says little`() {
        let usual = AttackRates.Subject(count: 3, background: 3, activity: 10, group: nil)
        let rates = fit([usual] + (0..<5).map { _ in subject(200, activity: 10, group: nil) }, groups: 0)
        #expect(rates.logLikelihoodRatios[0] < 0)
        #expect(rates.logLikelihoodRatios[1] > 5)
        #expect(abs(rates.logPriorOdds[0] - log(0.3 / 0.7)) < 1e-12)
    }

    @Test func `nobody is hit where nothing was counted`() {
        let rates = fit((0..<5).map { _ in subject(0, activity: 10) })
        #expect(rates.logLikelihoodRatios.allSatisfy { $0 <= 0 && $0.isFinite })
    }

    @Test func `where nothing is seen no count speaks against anybody`() {
        let rates = fit((1...10).map { subject(0, activity: Double($0) * 6) }, seen: 0)
        #expect(abs(rates.rates[0] - 0.5) < 0.01)
        #expect((0..<10).allSatisfy { abs(probability(rates, $0) - 0.5) < 0.01 })
    }

    @Test func `what else is known of some tells of the group where nothing is seen`() {
        func rate(_ other: Double) -> Double {
            let subjects = (0..<10).map {
                AttackRates.Subject(count: 0, background: 0.05, activity: 10, group: 0, other: $0 < 5 ? other : 0)
            }
            return fit(subjects, seen: 0).rates[0]
        }
        #expect(abs(rate(0) - 0.5) < 0.01)
        #expect(rate(3) > 0.6)
        #expect(rate(-3) < 0.4)
    }

    @Test func `a rate lies between its bounds, in the middle where nothing else is known`() {
        func rate(_ bounds: ClosedRange<Double>, other: Double = 0) -> Double {
            let subjects = (0..<10).map { _ in
                AttackRates.Subject(count: 0, background: 0.05, activity: 10, group: 0, other: other)
            }
            return AttackRates(subjects, groups: 1, clumping: 3, groupless: 0.3, seen: 0, bounds: [bounds]).rates[0]
        }
        #expect(abs(rate(0.2...0.4) - 0.3) < 0.01)
        #expect(abs(rate(0.6...1) - 0.8) < 0.01)
        #expect(rate(0.2...0.4, other: 9) > 0.35 && rate(0.2...0.4, other: 9) <= 0.4)
        #expect(rate(0.2...0.4, other: -9) < 0.25 && rate(0.2...0.4, other: -9) >= 0.2)
        #expect(abs(rate(1...1) - 1) < 0.001)
    }

    /// Sixty subjects, of which every other one is hit, from the model itself; a background of 2 whose variance is 3 times its mean is geometric.
    private func drawn(intensity: Double, _ generator: inout SplitMix64) -> [AttackRates.Subject] {
        (0..<60).map { index in
            let activity = Double.random(in: 4..<40, using: &generator)
            let mean = 2 + (index % 2 == 0 ? intensity * activity : 0)
            let count = generator.negativeBinomial(mean: mean, size: 1)
            return AttackRates.Subject(count: Double(count), background: 2, activity: activity, group: 0)
        }
    }

    @Test(arguments: [0.5, 2])
    func `the ascent never falls and finds what was simulated`(intensity: Double) {
        var generator = SplitMix64(seed: 5)
        let fits = (0..<60).map { _ in fit(drawn(intensity: intensity, &generator), seen: 1) }
        for fit in fits {
            #expect(zip(fit.logPosteriors, fit.logPosteriors.dropFirst()).allSatisfy { $1 > $0 - 1e-9 })
        }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        #expect(abs(log(median(fits.map(\.intensity)) / intensity)) < log(1.25))
        #expect(abs(median(fits.map { $0.rates[0] }) - 0.5) < 0.08)
    }
}
