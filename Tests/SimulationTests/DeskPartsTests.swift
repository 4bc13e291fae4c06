import Glibc
import Records
import Statistics
import Testing

@testable import Simulation

struct DeskPartsTests {
    private func seconds(_ text: String) throws -> Double { try #require(Instant(iso8601: text)).seconds }

    // 2025-01-06 is a Monday. Off duty, 0.04 hours of work are done in an hour.
    @Test(arguments: [
        ("2025-01-06 09:00:00", 2.0, 2.0),
        ("2025-01-06 11:30:00", 1.0, 1.5),
        ("2025-01-06 12:30:00", 0.25, 0.5),
        ("2025-01-06 17:30:00", 0.9, 10.5),
        ("2025-01-06 17:00:00", 2.56, 16.0),
        ("2025-01-10 17:00:00", 4.48, 64.0),
        ("2025-01-08 10:15:00", 52.22, 168.0),
        ("2025-01-08 10:15:00", 52.22 * 3, 504.0),
        ("2025-01-08 10:15:00", 0.0, 0.0),
        ("2025-01-12 23:00:00", 0.36 + 1, 10.0),
    ])
    func `work on the office clock takes the hours worked out by hand`(
        opened: String, work: Double, hours: Double
    ) throws {
        let found = try DeskClock.office.wallHours(forWork: work, from: seconds(opened))
        #expect(abs(found - hours) < 1e-9)
    }

    @Test func `on the wall clock work is time`() throws {
        for work in [0.001, 1.5, 167.9, 168, 5_000] {
            let found = try DeskClock.wall.wallHours(forWork: work, from: seconds("2025-03-01 13:37:11"))
            #expect(abs(found - work) < 1e-9)
        }
    }

    @Test func `more work never takes less time`() throws {
        let opened = try seconds("2025-02-14 16:20:00")
        let hours = (0..<2_000).map { DeskClock.office.wallHours(forWork: Double($0) * 0.05, from: opened) }
        #expect(zip(hours, hours.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `difficulties have mean 0 and standard deviation 1 under their weights`() {
        var generator = SplitMix64(seed: 2)
        let weights = [5.0, 1, 3, 0.5, 8]
        let values = Difficulties(weights: weights, using: &generator).values
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / 17.5
        let square = zip(values, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / 17.5
        #expect(abs(mean) < 1e-12 && abs(square - 1) < 1e-12)
    }

    @Test func `the median of a mixture of equal halves lies midway between its paths`() {
        let mixture = ResolutionMixture(fastProbability: 0.5, fastLogMedian: log(0.5), slowLogMedian: log(50), sigma: 1)
        #expect(abs(mixture.median - 5) < 1e-12)
    }

    @Test func `a mixture without a fast path has the median of the slow one`() {
        let mixture = ResolutionMixture(fastProbability: 0, fastLogMedian: 9, slowLogMedian: log(24), sigma: 0.2)
        #expect(abs(mixture.median - 24) < 1e-12)
    }

    @Test(arguments: [0.1, 0.45, 0.8])
    func `half of the draws of a mixture lie below its median`(probability: Double) {
        let mixture = ResolutionMixture(
            fastProbability: probability, fastLogMedian: log(0.4), slowLogMedian: log(30), sigma: 1.2)
        var generator = SplitMix64(seed: 9)
        let median = mixture.median
        let below = (0..<20_000).count { _ in mixture.draw(using: &generator) < median }
        #expect(abs(Double(below) / 20_000 - 0.5) < 0.015)
    }

    @Test(arguments: [
        (0.0, 1, "0.0"), (1.25, 1, "1.3"), (0.00004, 4, "0.0000"), (0.00005, 4, "0.0001"), (12.0007, 4, "12.0007"),
        (99.99996, 4, "100.0000"), (8_070, 3, "8070.000"),
    ])
    func `decimals are written in full`(value: Double, places: Int, text: String) {
        #expect(decimal(value, places: places) == text)
    }

    @Test func `a subject has words of the problem and no character that CSV would quote`() {
        var generator = SplitMix64(seed: 6)
        let category = Vocabulary.categories[0]
        let problems = Problem.problems(of: category, using: &generator)
        #expect(problems.map(\.object) == category.objects)
        #expect(problems.allSatisfy { Set($0.symptoms).count == 2 })
        for problem in problems {
            let subjects = (0..<200).map { _ in problem.subject(category: category.name, using: &generator) }
            let telling = subjects.count { $0.contains(problem.object) }
            #expect(telling > 170 && telling < 200)
            #expect(subjects.allSatisfy { !$0.contains { ",\"\n".contains($0) } })
        }
    }
}
