import Glibc
import LinearAlgebra
import Records
import Statistics
import Testing

@testable import Models

/// What stands for the parts that a ticket lacks.
struct MissingPatternTests {
    /// Three parts: the second contributes twice what the first does, and the last goes with neither.
    private func parts(weights: [Double] = [1, 1, 1]) -> MissingParts {
        MissingParts(
            covariance: Matrix(rows: 3, columns: 3, elements: [1, 2, 0, 2, 4, 0, 0, 0, 1]),
            means: [[0.5, 3, -1], [0, -1.5, 2]], slopes: [[1, 1, 1], [-0.5, -0.5, -2]], weights: weights,
            // The location, and one predictor of the hazard; one column a part.
            predictors: [[1, 1, 1], [-0.5, -0.5, -2]], partOfColumn: [0, 1, 2])
    }

    private func completion(
        without missing: [Int], _ parts: MissingParts, columns: [Int32], values: [Double]
    ) throws -> TicketCompletion {
        var patterns = MissingPatterns(of: parts)
        let completion = patterns.completion(ofTicketWithout: missing, indices: columns, values: values)
        return try #require(completion)
    }

    private func mean(_ lanes: Frailty.Lanes) -> Double { (Frailty.shares * lanes).sum() }

    private func variance(_ lanes: Frailty.Lanes) -> Double {
        let centred = lanes - mean(lanes)
        return (Frailty.shares * centred * centred).sum()
    }

    @Test func `a ticket that lacks nothing needs no completion`() {
        var patterns = MissingPatterns(of: parts())
        let completion = patterns.completion(ofTicketWithout: [], indices: [0, 1, 2] as [Int32], values: [1.0, 1, 1])
        #expect(completion?.parts == nil)
    }

    @Test func `a part that nothing tells of stands at its mean with its whole variance`() throws {
        let completion = try completion(without: [2], parts(), columns: [0, 1], values: [1.5, 5])
        #expect(completion.parts == [2])
        #expect(abs(completion.shifts[0][0] + 1) < 1e-9 && abs(completion.shifts[1][0] - 2) < 1e-9)
        let shifts = completion.frailty.shifts
        #expect(abs(mean(shifts[0]) + 1) < 1e-9 && abs(mean(shifts[1]) - 2) < 1e-9)
        // The contribution has a variance of 1; the hazard moves twice as far, the other way.
        #expect(abs(variance(shifts[0]) - 1) < 1e-9 && abs(variance(shifts[1]) - 4) < 1e-9)
        #expect(zip(shifts[0].indices, shifts[1].indices).allSatisfy { (shifts[0][$0] + 1) * (shifts[1][$1] - 2) <= 0 })
    }

    @Test func `a part that another one tells stands where that says and leaves nothing open`() throws {
        // The first part is one above its mean, so the second is two above its own.
        let completion = try completion(without: [1], parts(), columns: [0, 2], values: [1.5, -2])
        #expect(abs(completion.shifts[0][0] - 5) < 0.01)
        #expect(abs(completion.shifts[1][0] + 2.5) < 0.01)
        #expect(variance(completion.frailty.shifts[0]) < 1e-4)
    }

    @Test func `parts that are missing together leave open what they contribute together`() throws {
        let completion = try completion(without: [0, 1], parts(), columns: [2], values: [0])
        #expect(abs(mean(completion.frailty.shifts[0]) - 3.5) < 1e-9)
        #expect(abs(variance(completion.frailty.shifts[0]) - 9) < 1e-9)
    }

    @Test func `a predictor moves by what it tells of the location`() throws {
        let completion = try completion(without: [0, 1, 2], parts(), columns: [], values: [])
        // The sum of the parts has a variance of 10 and covariances of 3, 6 and 1 with them; -0.5 * 3 - 0.5 * 6 - 2 * 1 = -6.5.
        #expect(abs(variance(completion.frailty.shifts[0]) - 10) < 1e-6)
        #expect(abs(variance(completion.frailty.shifts[1]) - 10 * 0.65 * 0.65) < 1e-6)
    }

    @Test func `the steps are those of a normal distribution`() throws {
        let shifts = try completion(without: [2], parts(), columns: [], values: []).frailty.shifts[0] + 1
        #expect(shifts.indices.dropFirst().allSatisfy { shifts[$0 - 1] < shifts[$0] })
        // The lowest 5 % of a standard normal distribution have the mean -2.0627, the next 5 % the mean -1.4473.
        #expect(abs(shifts[0] / shifts[1] - 2.0627 / 1.4473) < 1e-3)
        #expect(abs(shifts[0] + shifts[7]) < 1e-9)
    }

    @Test func `what the training has met without a part is left to the models`() throws {
        // The third column holds what the models say of a ticket without the part.
        let completion = try completion(
            without: [2], parts(weights: [1, 1, 0]), columns: [0, 1, 2], values: [0.5, 3, 0.25])
        #expect(abs(mean(completion.frailty.shifts[0])) < 1e-9)
        let half = try self.completion(
            without: [2], parts(weights: [1, 1, 0.5]), columns: [0, 1, 2], values: [0.5, 3, 0.25])
        #expect(abs(mean(half.frailty.shifts[0]) - 0.5 * (-1 - 0.25)) < 1e-9)
    }
}

/// Forecasts of tickets that lack what decides.
struct IncompleteTicketTests {
    @Test func `A ticket without what decides may take as long as any, and as long as all on average`() throws {
        var table = GeneratedDesk().table
        let users = try #require(table.numericColumn(named: "users")?.values)
        for row in 0..<table.count { table.hours[row] = 10 * exp((users[row] - 25) / 8 + 0.2 * Double(row % 5 - 2)) }
        let day = ResolutionTimeTraining.lastDay(of: table)
        let model = try ResolutionTimeTraining.small(table, knownOn: day).model
        var tickets = table.rows(Array(100..<130))
        tickets.numeric[0].values = tickets.numeric[0].values.map { _ in .nan }
        let forecasts = model.forecasts(of: tickets)
        // Four of five tickets take between a twelfth of ten hours and twelve times as long.
        for forecast in forecasts {
            let (lower, upper) = forecast.distribution.interval(0.8)
            #expect(upper > 6 * lower)
        }
        let typical = exp(forecasts.reduce(0) { $0 + log($1.predictedHours) } / Double(forecasts.count))
        #expect(typical > 4 && typical < 25)
    }
}
