import Glibc
import Records
import Simulation
import Testing

/// The margins of the realistic grade lie within what was measured on five real ticket logs.
struct DeskMarginTests {
    static let seeds: [UInt64] = [1, 2, 3, 4]

    private func desk(_ seed: UInt64) throws -> SimulatedDesk {
        try DeskScenario(grade: .realistic, ticketCount: 5_000).simulated(seed: seed)
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private func variance(_ values: [Double]) -> Double {
        let center = mean(values)
        return values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count - 1)
    }

    private func closedHours(_ desk: SimulatedDesk) -> [Double] {
        (0..<desk.tickets.count).filter { desk.tickets.resolved[$0] }.map { desk.tickets.hours[$0] }.sorted()
    }

    @Test(arguments: seeds)
    func `the share of the fast path is that of real desks`(seed: UInt64) throws {
        let shares = try desk(seed).truth.map(\.fastProbability)
        #expect((0.36...0.48).contains(mean(shares)))
        // A path that everybody takes with the same probability would have no spread.
        #expect(variance(shares).squareRoot() > 0.2)
    }

    @Test(arguments: seeds)
    func `the hours are spread as on real desks`(seed: UInt64) throws {
        let hours = closedHours(try desk(seed))
        func quantile(_ probability: Double) -> Double { hours[Int(probability * Double(hours.count))] }
        #expect((2.7...3.5).contains(variance(hours.map { log($0) }).squareRoot()))
        #expect((103...3_300).contains(mean(hours)))
        #expect((0.03...0.2).contains(quantile(0.05)))
        #expect((10...60).contains(quantile(0.5)))
        #expect((67...400).contains(quantile(0.75)))
        #expect((262...2_000).contains(quantile(0.9)))
        let short = Double(hours.count { $0 < 1 / 6.0 }) / Double(hours.count)
        #expect((0.048...0.206).contains(short))
    }

    @Test(arguments: seeds)
    func `a tenth of the customers has 37 to 65 percent of the tickets`(seed: UInt64) throws {
        let column = try #require(desk(seed).tickets.categoricalColumn(named: "customer"))
        var sizes = [Int](repeating: 0, count: column.levels.count)
        for code in column.codes { sizes[Int(code)] += 1 }
        let top = sizes.sorted(by: >).prefix(Int((Double(sizes.count) / 10).rounded())).reduce(0, +)
        #expect((0.37...0.65).contains(Double(top) / 5_000))
    }

    @Test(arguments: seeds)
    func `tickets come in office hours with a dip at noon, and few at the weekend`(seed: UInt64) throws {
        let times = try desk(seed).tickets.openedAt.map { Instant(seconds: $0).civilTime(in: .utc) }
        let office = times.count { $0.weekday < 5 && (8..<18).contains($0.hour) }
        #expect((0.75...0.91).contains(Double(office) / 5_000))
        #expect((0.02...0.08).contains(Double(times.count { $0.weekday >= 5 }) / 5_000))
        let noon = times.count { $0.hour == 12 }
        #expect(noon < times.count { $0.hour == 11 } * 2 / 3)
        #expect(noon < times.count { $0.hour == 14 } * 4 / 5)
    }

    @Test(arguments: seeds)
    func `work is resolved in office hours as on office desks`(seed: UInt64) throws {
        let desk = try desk(seed)
        let ends = (0..<desk.tickets.count).filter { desk.tickets.resolved[$0] }.map {
            Instant(seconds: desk.tickets.openedAt[$0] + desk.tickets.hours[$0] * 3_600).civilTime(in: .utc)
        }
        let office = Double(ends.count { $0.weekday < 5 && (8..<18).contains($0.hour) }) / Double(ends.count)
        #expect((0.84...0.93).contains(office))
    }

    @Test(arguments: seeds)
    func `arrivals of a weekday are over-dispersed`(seed: UInt64) throws {
        var counts = [Double](repeating: 0, count: 280)
        let desk = try desk(seed)
        let start = try #require(Instant(iso8601: "2025-01-06T00:00:00Z")).seconds
        for time in desk.tickets.openedAt { counts[Int((time - start) / 86_400)] += 1 }
        // Mondays alone, so that the profile of the week counts for nothing: a Poisson desk would have a ratio of 1.
        let mondays = stride(from: 0, to: 280, by: 7).map { counts[$0] }
        #expect((1.3...8).contains(variance(mondays) / mean(mondays)))
        let weekdays = counts.indices.filter { $0 % 7 < 5 }.map { counts[$0] }
        #expect((1.12...259).contains(variance(weekdays) / mean(weekdays)))
    }

    @Test(arguments: seeds)
    func `few tickets are reopened, left open or unassigned`(seed: UInt64) throws {
        let desk = try desk(seed)
        let resolved = desk.tickets.resolved.count { $0 }
        #expect((0.011...0.048).contains(Double(desk.reopened.count { $0 }) / Double(resolved)))
        #expect((0.01...0.22).contains(1 - Double(resolved) / 5_000))
        let assignees = try #require(desk.tickets.categoricalColumn(named: "assignee"))
        #expect((0.06...0.1).contains(Double(assignees.codes.count { $0 == CategoricalColumn.missing }) / 5_000))
    }

    @Test(arguments: seeds)
    func `priority hardly tells how long a ticket takes, the assignee does`(seed: UInt64) throws {
        let desk = try desk(seed)
        let rows = (0..<desk.tickets.count).filter { desk.tickets.resolved[$0] }
        let logs = rows.map { log(desk.tickets.hours[$0]) }
        let total = variance(logs) * Double(logs.count - 1)
        func explained(by name: String) throws -> Double {
            let column = try #require(desk.tickets.categoricalColumn(named: name)).rows(rows)
            var groups: [Int32: [Double]] = [:]
            for (code, value) in zip(column.codes, logs) { groups[code, default: []].append(value) }
            let center = mean(logs)
            return groups.values.reduce(0) { $0 + Double($1.count) * (mean($1) - center) * (mean($1) - center) } / total
        }
        #expect(try explained(by: "priority") < 0.02)
        #expect(try explained(by: "assignee") > 0.08)
        #expect(try explained(by: "group") > 0.04)
        #expect(try explained(by: "category") > 0.03)
    }

    @Test(arguments: seeds)
    func `the level of the desk shifts once, in its last fifth`(seed: UInt64) throws {
        let desk = try desk(seed)
        let start = try #require(Instant(iso8601: "2025-01-06T00:00:00Z")).seconds
        let shift = start + 0.8 * 280 * 86_400
        // Tickets that take the slow path for sure, more or less.
        let slow = desk.truth.indices.filter { desk.truth[$0].fastProbability < 0.2 }
        let before = slow.filter { desk.tickets.openedAt[$0] < shift }.map { log(desk.truth[$0].medianHours) }
        let after = slow.filter { desk.tickets.openedAt[$0] >= shift }.map { log(desk.truth[$0].medianHours) }
        #expect(abs(mean(after) - mean(before) - log(2.5)) < 0.25)
    }
}
