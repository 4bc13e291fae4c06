import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// The contributions that an answer names.
struct LeadingContributionTests {
    private func forecast(_ hours: [Double]) throws -> ResolutionTimeForecast {
        let grid = try AgeGrid(boundaries: [0, 1, 10])
        let distribution = DurationDistribution(grid: grid, hazards: [1, 1])
        return ResolutionTimeForecast(
            id: "", openedAt: 0, distribution: distribution, deskDistribution: distribution, clock: .even, median: 1,
            reference: ResolutionTimeModel.Reference(meanLogHours: 0, tierBounds: [1, 2, 3], longHours: 5),
            features: hours.indices.map { "f\($0)" }, featureHours: hours, missing: [])
    }

    private func named(_ hours: [Double], _ count: Int) throws -> [String: Double] {
        let parts = try forecast(hours).leadingContributions(count)
        return Dictionary(uniqueKeysWithValues: parts.map { ($0.feature, $0.hours) })
    }

    @Test func `the largest are named and the rest is summed, by hand`() throws {
        let parts = try forecast([1, -5, 0.25, 3, 0, -2]).leadingContributions(3)
        #expect(parts.map(\.feature) == ["f1", "f3", "f5", "other"])
        #expect(parts.map(\.hours) == [-5, 3, -2, 1.25])
    }

    @Test func `what rounds to zero is not named`() throws {
        #expect(try named([0, 1e-7, 2, -4e-7], 10) == ["f2": 2])
        #expect(try named([0, 0], 10).isEmpty)
        #expect(try named([2, 1, -1], 1) == ["f0": 2])
    }

    @Test func `all are named where there are few`() throws {
        #expect(try named([1, 2], 2) == ["f0": 1, "f1": 2])
    }

    @Test(arguments: [1, 2, 10, 40, 41, 100])
    func `the parts sum to the whole and none left out is larger`(count: Int) throws {
        var generator = SplitMix64(seed: 71)
        let hours = (0..<40).map { _ in 10 * (generator.uniform() - 0.5) }
        let parts = try forecast(hours).leadingContributions(count)
        #expect(abs(parts.reduce(0) { $0 + $1.hours } - hours.reduce(0, +)) < 1e-9)
        let leading = parts.filter { $0.feature != "other" }.map { abs($0.hours) }
        #expect(leading == Array(hours.map { abs($0) }.sorted(by: >).prefix(count)))
    }
}
