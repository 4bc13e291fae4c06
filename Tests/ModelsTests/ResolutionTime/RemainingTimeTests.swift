import Records
import Statistics
import Testing

@testable import Models

/// What remains of an open ticket, on the wall and in business hours.
struct RemainingTimeTests {
    private let model: ResolutionTimeModel
    private let office: BusinessCalendar

    init() throws {
        model = try SharedTraining.training.model
        let day = [OpeningHours(opens: 9 * 60, closes: 13 * 60), OpeningHours(opens: 14 * 60, closes: 18 * 60)]
        let holiday = try #require(CivilDate(year: 2024, month: 5, day: 1))
        office = try BusinessCalendar(
            week: [day, day, day, day, day, [], []], holidays: [holiday], zone: ZoneRules(identifier: "Europe/Rome"))
    }

    private func forecast(openedAt: String) throws -> ResolutionTimeForecast {
        var table = SharedTraining.table.rows([5])
        table.openedAt = [try #require(Instant(iso8601: openedAt)).seconds]
        return try #require(model.forecasts(of: table).first)
    }

    @Test(arguments: [0.0, 3, 40, 1e5])
    func `Without a pause it is the distribution given the age`(age: Double) throws {
        let forecast = try forecast(openedAt: "2024-05-06T07:00Z")
        let remaining = forecast.remaining(afterHours: age)
        #expect(remaining.predictedHours == forecast.distribution.quantile(0.5, afterHours: age) - age)
        let (lower, upper) = remaining.interval(0.8)
        #expect(abs(lower - forecast.distribution.quantile(0.1, afterHours: age) + age) <= 1e-9 * upper)
        #expect(abs(upper - forecast.distribution.quantile(0.9, afterHours: age) + age) <= 1e-9 * upper)
        #expect(forecast.remaining(afterHours: age, pausedHours: 0).interval(0.8) == (lower, upper))
    }

    @Test(arguments: [1.0, 24, 168, 1e5])
    func `A ticket that was paused all its age has all its time ahead`(age: Double) throws {
        let forecast = try forecast(openedAt: "2024-05-06T07:00Z")
        let remaining = forecast.remaining(afterHours: age, pausedHours: age)
        // The clock of this desk runs almost evenly.
        #expect(abs(remaining.predictedHours / forecast.predictedHours - 1) < 0.25)
        #expect(remaining.breachProbability(deadline: age) == 1)
        let later = remaining.breachProbability(deadline: age + forecast.predictedHours)
        #expect(abs(later - 0.5) < 0.15)
    }

    @Test(arguments: [1.0, 30, 400, 5_000, 1e6])
    func `A pause of a moment changes next to nothing at any age`(age: Double) throws {
        let forecast = try forecast(openedAt: "2024-05-06T07:00Z")
        let remaining = forecast.remaining(afterHours: age)
        for pause in [1e-9, 1e-4] {
            let paused = forecast.remaining(afterHours: age, pausedHours: pause)
            #expect(abs(paused.predictedHours / remaining.predictedHours - 1) < 0.05)
        }
    }

    @Test func `No age is too great`() throws {
        let forecast = try forecast(openedAt: "2024-05-06T07:00Z")
        for age in [1e9, 1e17, 1e300, 1e308] {
            let remaining = forecast.remaining(afterHours: age, pausedHours: age / 3)
            #expect(remaining.predictedHours > 0)
            #expect(remaining.businessHours(in: remaining.predictedHours, on: office).isFinite)
            #expect(remaining.deadline(businessHours: 1e9, on: office) == nil)
        }
    }

    // 6 May 2024 is a Monday; in Rome it is two hours later than in UTC, one before 31 March.
    @Test(arguments: [
        ("2024-05-06T07:00Z", 0.0, 0.0, 8.0, "2024-05-06T16:00:00Z"),
        ("2024-05-11T10:00Z", 0, 0, 1, "2024-05-13T08:00:00Z"),
        ("2024-04-30T15:00Z", 0, 0, 2, "2024-05-02T08:00:00Z"),
        ("2024-03-29T15:00Z", 0, 0, 4, "2024-04-01T09:00:00Z"),
        // Paused from 12 h to 15 h on the wall: two business hours.
        ("2024-05-06T07:00Z", 6, 3, 8, "2024-05-07T09:00:00Z"),
        ("2024-05-06T07:00Z", 6, 3, 3, "2024-05-06T10:00:00Z"),
        // Paused through the weekend: no business hour.
        ("2024-05-10T15:00Z", 64, 63, 2, "2024-05-13T08:00:00Z"),
    ])
    func `The deadline in business hours`(
        openedAt: String, age: Double, paused: Double, hours: Double, deadline: String
    ) throws {
        let remaining = try forecast(openedAt: openedAt).remaining(afterHours: age, pausedHours: paused)
        let found = try #require(remaining.deadline(businessHours: hours, on: office))
        #expect(found.iso8601 == deadline)
        let opened = try #require(Instant(iso8601: openedAt))
        let onTheWall = (found.seconds - opened.seconds) / 3_600
        #expect(remaining.breachProbability(at: found) == remaining.breachProbability(deadline: onTheWall))
        #expect((remaining.breachProbability(at: found) == 1) == (onTheWall <= age))
    }

    @Test(arguments: [
        (50.0, 48.0, 4.0, 52.0), (50, 48, 2, 2), (50, 48, 1, 1), (50, 0, 60, 60), (50, 50, 0, 0), (50, 50, 1, 51),
    ])
    func `A deadline that a pause came before moves by the pause`(
        age: Double, paused: Double, hours: Double, deadline: Double
    ) throws {
        let remaining = try forecast(openedAt: "2024-05-06T07:00Z").remaining(afterHours: age, pausedHours: paused)
        #expect(remaining.deadline(hours: hours) == deadline)
    }

    @Test func `Business hours are counted from now`() throws {
        let remaining = try forecast(openedAt: "2024-05-06T07:00Z").remaining(afterHours: 3)
        // Now it is Monday noon in Rome.
        let hours = [0.0, 1, 2, 3, 6, 24, 168].map { remaining.businessHours(in: $0, on: office) }
        #expect(hours == [0, 1, 1, 2, 5, 8, 40])
    }

    @Test func `A pause outside of the age is refused`() async {
        await #expect(processExitsWith: .failure) {
            let model = try SharedTraining.training.model
            _ = model.forecasts(of: SharedTraining.table.rows([0]))[0].remaining(afterHours: 1, pausedHours: 2)
        }
    }
}
