import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// What a forecast says of a ticket.
struct ResolutionTimeForecastTests {
    private let model: ResolutionTimeModel
    private let forecasts: [ResolutionTimeForecast]

    init() throws {
        model = try SharedTraining.training.model
        forecasts = model.forecasts(of: SharedTraining.table.rows(Array(0..<40)))
    }

    private func forecast(_ distribution: DurationDistribution) -> ResolutionTimeForecast {
        ResolutionTimeForecast(
            id: "", openedAt: 0, distribution: distribution, deskDistribution: distribution, clock: .even,
            median: distribution.quantile(0.5), reference: model.reference, features: [], featureHours: [], missing: [])
    }

    @Test func `Every ticket is answered in its place with its identifier`() {
        #expect(forecasts.map(\.id) == (0..<40).map { "T\($0)" })
        #expect(forecasts.allSatisfy { $0.missing.isEmpty })
        #expect(model.forecasts(of: TicketTable()).isEmpty)
    }

    @Test func `A ticket is answered as if it were the only one`() {
        let alone = model.forecasts(of: SharedTraining.table.rows([17]))
        #expect(alone.map(\.distribution) == [forecasts[17].distribution])
        #expect(alone.map(\.contributions) == [forecasts[17].contributions])
    }

    @Test func `A pause moves the answer to later by its length`() throws {
        let forecast = forecasts[3]
        let opened = forecast.openedAt
        #expect(forecast.distribution(pauses: []) == forecast.distribution)
        // A week is long enough for the clock of the desk to be the same again.
        let week = 7.0 * 24
        let paused = forecast.distribution(pauses: [opened...(opened + week * 3_600)])
        #expect(abs(paused.survival(atHours: week) - 1) < 1e-6)
        let age = 10.0
        let resumed = forecast.distribution(pauses: [(opened + age * 3_600)...(opened + (age + week) * 3_600)])
        // Each interval keeps a least hazard of 1e-9, and the pause spans a few.
        #expect(abs(resumed.survival(atHours: age) - resumed.survival(atHours: age + week)) < 1e-7)
        #expect(abs(resumed.survival(atHours: age) - forecast.distribution.survival(atHours: age)) < 0.02)
        // What remains after a pause that has just ended is what remained before it.
        let before = forecast.distribution.quantile(0.5, afterHours: age) - age
        let after = resumed.quantile(0.5, afterHours: age + week) - age - week
        #expect(abs(after - before) < 0.25 * before)
    }

    @Test func `An urgent ticket is predicted shorter than the same ticket of low priority`() {
        var table = SharedTraining.table.rows([5, 5])
        table.categorical[0] = CategoricalColumn(name: "priority", values: ["urgent", "low"])
        let pair = model.forecasts(of: table)
        // The truth is a factor of e^1.6, about 5.
        #expect(pair[1].predictedHours > 2.5 * pair[0].predictedHours)
        #expect(pair[1].relativeEffort > pair[0].relativeEffort)
        let priorities = pair.compactMap { $0.contributions.first { $0.feature == "priority" }?.hours }
        #expect(priorities.count == 2)
        #expect(priorities[0] < 0 && priorities[1] > 0)
    }

    @Test func `Contributions sum to the difference from the median of a typical ticket`() {
        let sources = [
            "calendar", "desk state", "users", "subject", "priority", "group", "customer", "group and priority",
        ]
        for forecast in forecasts {
            #expect(forecast.contributions.map(\.feature) == sources)
        }
        // What is left of each median without its contributions is one number: the median of the typical ticket.
        let rests = forecasts.map { $0.predictedHours - $0.contributions.reduce(0) { $0 + $1.hours } }
        let typical = rests[0]
        #expect(rests.allSatisfy { abs($0 - typical) <= 1e-6 * typical })
        #expect(
            forecasts.contains { $0.predictedHours < typical } && forecasts.contains { $0.predictedHours > typical })
        #expect(Set(forecasts.map(\.predictedHours)).count == 40)
    }

    @Test func `Unknown words and absent columns are named and the ticket is forecast`() {
        let table = TicketTable(
            ids: ["odd"], openedAt: [SharedTraining.table.openedAt[100]], hours: [.nan], resolved: [false],
            categorical: [
                CategoricalColumn(name: "priority", values: ["whenever"]),
                CategoricalColumn(name: "group", values: [""]),
                CategoricalColumn(name: "never heard of", values: ["x"]),
            ])
        let odd = model.forecasts(of: table)
        #expect(
            odd.map(\.missing) == [
                [
                    "users: missing", "subject: missing", "priority: unknown level", "group: missing",
                    "customer: missing",
                ]
            ])
        #expect(odd.allSatisfy { $0.predictedHours > 1 && $0.predictedHours < 100 })
    }

    @Test func `The probability of a breach falls with the deadline and is one behind it`() {
        for forecast in forecasts.prefix(10) {
            for age in [0.0, 3, 40] {
                let deadlines = [0.5, 2, 3, 5, 20, 41, 80, 400, 5_000]
                let probabilities = deadlines.map {
                    forecast.remaining(afterHours: age).breachProbability(deadline: $0)
                }
                for (deadline, probability) in zip(deadlines, probabilities) {
                    guard deadline > age else {
                        #expect(probability == 1)
                        continue
                    }
                    let ratio =
                        forecast.distribution.survival(atHours: deadline)
                        / forecast.distribution.survival(atHours: age)
                    #expect(abs(probability - ratio) <= 1e-12)
                    #expect(probability > 0 && probability < 1)
                }
                let ahead = zip(deadlines, probabilities).filter { $0.0 > age }.map(\.1)
                #expect(zip(ahead, ahead.dropFirst()).allSatisfy { $0 > $1 })
            }
            #expect(forecast.remaining().breachProbability(deadline: -1) == 1)
        }
    }

    @Test func `What remains of a ticket of some age is later than its age`() {
        for forecast in forecasts.prefix(10) {
            for age in [0.0, 1, 30, 900, 1e6] {
                let quantiles = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9].map {
                    forecast.distribution.quantile($0, afterHours: age)
                }
                #expect(quantiles[0] > age)
                #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
                let interval = forecast.distribution.interval(0.8, afterHours: age)
                #expect(interval.lower == quantiles[1] || abs(interval.lower / quantiles[1] - 1) < 1e-12)
                #expect(interval.upper == quantiles[5] || abs(interval.upper / quantiles[5] - 1) < 1e-12)
            }
            #expect(forecast.distribution.interval(0).lower == forecast.predictedHours)
        }
    }

    @Test func `Tiers divide the predictions of the training window by fifty, thirty, fifteen and five percent`() throws
    {
        let tiers = try SharedTraining.training.warmUp.map { forecast($0.distribution).tier }
        let shares = ResolutionTimeForecast.Tier.allCases.map { tier in
            Double(tiers.count { $0 == tier }) / Double(tiers.count)
        }
        #expect(tiers.count == 180)
        for (share, wanted) in zip(shares, [0.5, 0.3, 0.15, 0.05]) { #expect(abs(share - wanted) < 0.011) }
    }

    /// Exponential on the clock of ln(1 + hours), with mean `mean` there.
    private func distribution(mean: Double) throws -> DurationDistribution {
        let grid = try AgeGrid(boundaries: [0, expm1(200), expm1(201)])
        return DurationDistribution(grid: grid, hazards: [200 / mean, 1 / mean])
    }

    @Test func `Priority never falls with the impact or with the tier`() throws {
        let bounds = model.reference.tierBounds
        let means = [bounds[0] / 2, (bounds[0] + bounds[1]) / 2, (bounds[1] + bounds[2]) / 2, bounds[2] + 0.5]
        let tickets = try means.map { forecast(try distribution(mean: $0)) }
        #expect(tickets.map(\.tier) == ResolutionTimeForecast.Tier.allCases)
        let impacts = [0, 0.2, 0.3333, 0.3334, 0.5, 0.6666, 0.6667, 0.9, 1]
        let matrix = tickets.map { ticket in impacts.map { ticket.priority(impact: $0) } }
        for row in matrix { #expect(zip(row, row.dropFirst()).allSatisfy { $0 >= $1 }) }
        for (easier, harder) in zip(matrix, matrix.dropFirst()) {
            #expect(zip(easier, harder).allSatisfy { $0 >= $1 })
        }
        #expect(matrix[0] == [4, 4, 4, 3, 3, 3, 2, 2, 2])
        #expect(matrix[3] == [2, 2, 2, 2, 2, 2, 1, 1, 1])
    }

    @Test func `Effort is a ratio of geometric means and expertise follows the chance of a long ticket`() throws {
        let mean = model.reference.meanLogHours
        let twice = forecast(try distribution(mean: mean + log(2)))
        #expect(abs(twice.relativeEffort - 2) < 1e-9)
        // The chance to outlive the long hours is e^(-ln(1 + long) / mean): solved for a chance on each side of a third and of 60 %.
        let long = log1p(model.reference.longHours)
        let expertise = try [0.33, 0.34, 0.59, 0.61].map { chance in
            forecast(try distribution(mean: -long / log(chance))).expertise
        }
        #expect(expertise == [.generalist, .specialist, .specialist, .expert])
    }
}
