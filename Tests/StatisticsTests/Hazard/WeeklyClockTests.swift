import Glibc
import Statistics
import Testing

struct WeeklyClockTests {
    /// Monday 5 January 1970, 0 h.
    private static let monday = 4.0 * 86_400

    /// Two hours' worth of work an hour from Monday to Friday 8–18 h, and almost none at other times.
    private static let office = (0..<168).map { $0 / 24 < 5 && (8..<18).contains($0 % 24) ? 2.0 : 1e-3 }

    private func time(_ day: Int, _ hour: Double) -> Double { Self.monday + Double(day) * 86_400 + hour * 3_600 }

    @Test func `a week has its hours whatever the speeds`() throws {
        let clock = try WeeklyClock(rates: Self.office)
        for start in [0.0, 1e9, time(2, 9.5), -3e8] {
            #expect(abs(clock.hours(from: start, to: start + 7 * 86_400) - 168) < 1e-6)
        }
        #expect(abs(clock.rates.reduce(0, +) - 168) < 1e-9)
    }

    @Test func `hours by hand`() throws {
        // 84 hours of speed 1 and 84 of speed 3, in turn: scaled to 0.5 and 1.5.
        let clock = try WeeklyClock(rates: (0..<168).map { $0 % 2 == 0 ? 1 : 3 })
        #expect(abs(clock.hours(from: time(0, 0), to: time(0, 1)) - 0.5) < 1e-9)
        #expect(abs(clock.hours(from: time(0, 0.5), to: time(0, 2.5)) - 2) < 1e-9)
        #expect(abs(clock.hours(from: time(0, 2.5), to: time(0, 0.5)) + 2) < 1e-9)
        #expect(abs(clock.time(2, after: time(0, 0.5)) - time(0, 2.5)) < 1e-3)
    }

    @Test func `the even clock is the one on the wall`() {
        #expect(abs(WeeklyClock.even.hours(from: 1e9, to: 1e9 + 12_345) - 12_345 / 3_600) < 1e-9)
        #expect(WeeklyClock(fitting: []) == .even)
    }

    @Test(arguments: [0.01, 1, 17, 100, 3_000], [0, 1e9, 1.7e9 + 12_345])
    func `a time so many hours later is so many hours away`(hours: Double, start: Double) throws {
        let clock = try WeeklyClock(rates: Self.office)
        #expect(abs(clock.hours(from: start, to: clock.time(hours, after: start)) - hours) < 1e-5)
    }

    @Test func `speeds that are none are refused`() {
        for rates in [[], [Double](repeating: 0, count: 168), [Double](repeating: .nan, count: 168)] {
            #expect(throws: HazardError.invalidParameter("rates")) { try WeeklyClock(rates: rates) }
        }
    }

    @Test func `the office hours of a desk are found`() throws {
        let truth = try WeeklyClock(rates: Self.office)
        var generator = SplitMix64(seed: 5)
        let stays = (0..<4_000).map { _ in
            let start = Self.monday + 500 * 86_400 * generator.uniform()
            let end = truth.time(-20 * log(generator.uniform()), after: start)
            let limit = start + 60 * 86_400
            return WeeklyClock.Stay(start: start, end: min(end, limit), isEvent: end <= limit)
        }
        let clock = WeeklyClock(fitting: stays)
        for cell in 0..<168 {
            let (day, hour) = (cell / 24, cell % 24)
            // The hours next to an edge are smoothed over it.
            if day < 5 && (9..<17).contains(hour) { #expect(clock.rates[cell] > 2) }
            if day > 4 && hour > 1 && hour < 22 { #expect(clock.rates[cell] < 0.5) }
            if day < 5 && (hour < 6 || hour > 20) { #expect(clock.rates[cell] < 0.5) }
        }
    }

    @Test func `a desk that never sleeps has a nearly even clock`() {
        var generator = SplitMix64(seed: 6)
        let stays = (0..<4_000).map { _ in
            let start = Self.monday + 500 * 86_400 * generator.uniform()
            return WeeklyClock.Stay(start: start, end: start - 40 * 3_600 * log(generator.uniform()), isEvent: true)
        }
        #expect(WeeklyClock(fitting: stays).rates.allSatisfy { abs($0 - 1) < 0.5 })
    }

    @Test func `stays that make no sense do no harm`() {
        let stays = [
            WeeklyClock.Stay(start: 10, end: 5, isEvent: true), WeeklyClock.Stay(start: 0, end: 1e12, isEvent: true),
            WeeklyClock.Stay(start: 0, end: 0, isEvent: false),
        ]
        #expect(WeeklyClock(fitting: stays).rates.allSatisfy { $0 > 0 && $0.isFinite })
    }
}

struct SubjectClockTests {
    private static let monday = 4.0 * 86_400
    private static let office = (0..<168).map { $0 / 24 < 5 && (8..<18).contains($0 % 24) ? 1.0 : 1e-6 }

    private func clock(pauses: [ClosedRange<Double>] = []) throws -> SubjectClock {
        SubjectClock(try WeeklyClock(rates: Self.office), from: Self.monday + 9 * 3_600, pauses: pauses)
    }

    @Test func `pauses in any order, overlapping, early and late, stop the clock once`() throws {
        let hour = 3_600.0
        let nine = Self.monday + 9 * hour
        let pauses = [
            (nine + 3 * hour)...(nine + 4 * hour), (nine - 5 * hour)...(nine + hour), nine...(nine + 0.5 * hour),
            (nine + 3.5 * hour)...(nine + 4 * hour), (nine - 9 * hour)...(nine - 8 * hour),
        ]
        let (paused, free) = try (clock(pauses: pauses), clock())
        let rate = free.hours(atAge: 1)
        for (age, hours) in [(0.0, 0.0), (0.7, 0), (1, 0), (2, 1), (3, 2), (3.7, 2), (4, 2), (5, 3)] {
            #expect(abs(paused.hours(atAge: age) - rate * hours) < 1e-4)
        }
        for age in [1.5, 2.5, 4.5, 30, 200] {
            #expect(abs(paused.age(atHours: paused.hours(atAge: age)) - age) < 1e-3)
        }
    }

    @Test func `ages are refined where a clock stands still, by hand`() throws {
        let pause = (10 * 3_600.0)...(110 * 3_600.0)
        let subject = SubjectClock(.even, from: 0, pauses: [pause])
        let grid = try subject.grid(refining: AgeGrid(boundaries: [0, 4, 40]))
        // 40 h on the wall lie in the pause, 40 h of the clock are reached at 140 h; the width of the last interval is ln(41 / 5).
        #expect(largestDifference(grid.boundaries, [0, 4, 10, 110, 140, 41 * 41 / 5.0 - 1 + 100]) < 1e-9)
        let own = DurationDistribution(grid: try AgeGrid(boundaries: [0, 4, 40]), hazards: [0.5, 1])
        let wall = own.onTheWall(subject, grid: grid)
        for age in grid.boundaries {
            #expect(abs(wall.survival(atHours: age) - own.survival(atHours: subject.hours(atAge: age))) < 1e-8)
        }
    }

    @Test func `a clock shows something at any time`() throws {
        let week = try WeeklyClock(rates: Self.office)
        for time in [1e15, 1e20, 1e300, -1e300] { #expect(week.hours(from: 0, to: time).isFinite) }
    }

    @Test func `a distribution is the same at the same place of the clock`() throws {
        let grid = try AgeGrid(boundaries: [0, 4, 40, 400])
        let own = DurationDistribution(grid: grid, hazards: [0.5, 1, 2])
        let subject = try clock()
        let wall = own.onTheWall(subject, grid: try AgeGrid(boundaries: [0, 1, 3, 9, 15, 23, 24, 33, 100, 1_000]))
        for age in wall.grid.boundaries.dropLast() {
            let there = own.cumulativeHazard(atLogAge: log1p(subject.hours(atAge: age)))
            #expect(abs(wall.cumulativeHazard(atLogAge: log1p(age)) - there) < 1e-6)
        }
        // Between 18 h and 9 h nobody works: nothing is resolved from age 9 to age 24 of a ticket opened at 9 h.
        #expect(wall.survival(atHours: 9) - wall.survival(atHours: 23) < 1e-3)
        let even = own.onTheWall(SubjectClock(.even, from: 0), grid: grid)
        #expect(largestDifference(even.cumulativeHazards, own.cumulativeHazards) < 1e-9)
    }
}
