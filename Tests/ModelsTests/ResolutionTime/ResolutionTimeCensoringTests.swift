import Glibc
import Models
import Records
import Statistics
import Testing

/// What a ticket teaches that is still open.
struct ResolutionTimeCensoringTests {
    /// The mean of ln(median) that a training gives the uncensored tickets.
    private func level(of training: TicketTable, on tickets: TicketTable) throws -> Double {
        let day = GeneratedDesk().day(of: 360) + 100
        let forecasts = try ResolutionTimeTraining.small(training, knownOn: day).model.forecasts(of: tickets)
        return forecasts.reduce(0) { $0 + log($1.predictedHours) } / Double(forecasts.count)
    }

    @Test func `A ticket that is still open makes predictions longer than a ticket resolved at its age or left out`()
        throws
    {
        let truth = GeneratedDesk(count: 300).table
        // Every ticket was looked at for the last time at an age between two hours and two days, whatever its duration.
        var generator = SplitMix64(seed: 11)
        var censored = truth
        for row in 0..<truth.count {
            let limit = 2 * exp(log(24) * generator.uniform())
            guard truth.hours[row] > limit else { continue }
            censored.hours[row] = limit
            censored.resolved[row] = false
        }
        var closedAtAge = censored
        closedAtAge.resolved = [Bool](repeating: true, count: truth.count)
        let dropped = censored.rows((0..<truth.count).filter { censored.resolved[$0] })
        #expect((100..<200).contains(dropped.count))

        let fresh = truth.rows(Array(250..<300))
        let right = try level(of: censored, on: fresh)
        let asResolved = try level(of: closedAtAge, on: fresh)
        let asNothing = try level(of: dropped, on: fresh)
        let best = try level(of: truth, on: fresh)
        #expect(right > asResolved + 0.2)
        #expect(right > asNothing)
        #expect(abs(right - best) < abs(asResolved - best))
        #expect(abs(right - best) < abs(asNothing - best))
    }

    @Test func `Where one ticket in ten is never closed, those that outlive all others are not awaited`() throws {
        let desk = GeneratedDesk()
        var table = desk.table
        for row in stride(from: 0, to: table.count, by: 10) {
            table.resolved[row] = false
            table.hours[row] = .nan
        }
        let model = try ResolutionTimeTraining.small(table, knownOn: desk.day(of: 360)).model
        let forecasts = model.forecasts(of: table.rows(Array(0..<30)))
        func mean(_ probability: (ResolutionTimeForecast) -> Double) -> Double {
            forecasts.reduce(0) { $0 + probability($1) } / Double(forecasts.count)
        }
        #expect((0.04...0.2).contains(mean { $0.distribution.survival(atHours: 1_000) }))
        for age in [500.0, 1_000] {
            #expect(mean { $0.remaining(afterHours: age).breachProbability(deadline: age + 168) } > 0.8)
        }
    }

    @Test func `At a cut later tickets are gone and later resolutions have not happened`() {
        let start = 20_000.0 * 86_400
        let table = TicketTable(
            ids: ["resolved", "resolved at the cut", "resolved later", "left open before", "left open after", "later"],
            openedAt: [0, 24, 36, 12, 12, 48].map { start + $0 * 3_600 },
            hours: [10, 24, 30, 5, 100, 1], resolved: [true, true, true, false, false, true],
            categorical: [
                CategoricalColumn(name: "group", values: ["a", "b", "a", "b", "a", "c"])
            ])
        let known = ResolutionTimeTraining.known(table, on: 20_002)
        #expect(
            known.ids == ["resolved", "resolved at the cut", "resolved later", "left open before", "left open after"])
        #expect(known.hours == [10, 24, 12, 5, 36])
        #expect(known.resolved == [true, true, false, false, false])
        #expect(known.categorical[0].codes == [0, 1, 0, 1, 0])
    }

    @Test func `At the default cut the ticket that closes last is closed`() {
        for second in 0..<200 {
            let table = TicketTable(
                ids: ["a", "b"], openedAt: [1.7e9, 1.7e9 + 7 * Double(second)], hours: [0.1, 1 + Double(second) / 7],
                resolved: [true, true])
            let known = ResolutionTimeTraining.known(table, on: ResolutionTimeTraining.lastDay(of: table))
            #expect(known.resolved == [true, true])
            #expect(known.hours == table.hours)
        }
    }

    @Test func `The default cut is the last moment of which a ticket knows`() {
        let table = TicketTable(
            ids: ["a", "b", "c"], openedAt: [86_400, 2 * 86_400, 3 * 86_400], hours: [96, 12, .nan],
            resolved: [false, true, false])
        #expect(ResolutionTimeTraining.lastDay(of: table) == 5)
        #expect(
            ResolutionTimeTraining.lastDay(of: table.rows([1, 2])) == 3.0.nextUp, "the ticket that opens last is known")
        #expect(ResolutionTimeTraining.lastDay(of: TicketTable()) == 0)
    }

    @Test func `A few tickets that close years after the others do not move the default cut`() {
        var table = GeneratedDesk(count: 200).table
        table.hours = [Double](repeating: 24, count: 200)
        let day = ResolutionTimeTraining.lastDay(of: table)
        #expect(day == (table.openedAt[197] + 86_400) / 86_400, "two of two hundred come after it")
        table.hours[3] = 24 * 700
        table.hours[60] = 24 * 900
        #expect(ResolutionTimeTraining.lastDay(of: table) == (table.openedAt[199] + 86_400) / 86_400)
        let known = ResolutionTimeTraining.known(table, on: ResolutionTimeTraining.lastDay(of: table))
        #expect(known.count == 200)
        #expect((0..<200).filter { !known.resolved[$0] } == [3, 60])
        table.openedAt[199] += 86_400 * 90
        #expect(
            ResolutionTimeTraining.lastDay(of: table) >= table.openedAt[199] / 86_400,
            "while tickets open, the desk goes on")
    }

    @Test func `Nothing that happens after the cut changes a weight`() throws {
        let desk = GeneratedDesk(count: 240)
        let table = desk.table
        let day = desk.day(of: 180)
        var other = table
        for row in 0..<table.count {
            let openedDay = table.openedAt[row] / 86_400
            if openedDay >= day {
                other.hours[row] = 1_000
                other.categorical[0].codes[row] = 0
                other.numeric[0].values[row] = 1e6
                other.text[0].values[row] = "words of another kind entirely"
            } else if openedDay + table.hours[row] / 24 > day {
                other.hours[row] = table.hours[row] * 3 + 50
                other.resolved[row] = row.isMultiple(of: 2)
            }
        }
        #expect(other.hours[..<180] != table.hours[..<180])
        let one = try ResolutionTimeTraining.small(table, knownOn: day).model
        let two = try ResolutionTimeTraining.small(other, knownOn: day).model
        #expect(one.fits.map(\.coefficients) == two.fits.map(\.coefficients))
        #expect(one.fits.map(\.logBaselines) == two.fits.map(\.logBaselines))
        #expect(one.precisions == two.precisions)
        #expect(one.reference == two.reference)
        let fresh = table.rows(Array(200..<210))
        #expect(one.forecasts(of: fresh).map(\.distribution) == two.forecasts(of: fresh).map(\.distribution))
    }

    @Test func `The table as known at the cut teaches the same as the whole table`() throws {
        let desk = GeneratedDesk(count: 240)
        let table = desk.table
        let day = desk.day(of: 180)
        let whole = try ResolutionTimeTraining.small(table, knownOn: day)
        let known = try ResolutionTimeTraining.small(ResolutionTimeTraining.known(table, on: day), knownOn: day)
        #expect(whole.warmUp.map(\.row) == known.warmUp.map(\.row))
        let fresh = table.rows(Array(200..<210))
        for (one, two) in zip(whole.model.forecasts(of: fresh), known.model.forecasts(of: fresh)) {
            #expect(abs(one.predictedHours / two.predictedHours - 1) < 1e-9)
        }
    }
}
