import Features
import FoundationEssentials
import Glibc
import Records
import Statistics
import Testing

struct DeskStateTests {
    private static let hour = 3_600.0
    private static let day = 86_400.0

    /// Five tickets: the second takes no time, the third opens in the same second as it, the fourth is never resolved.
    private static let five = TicketTable(
        ids: ["1", "2", "3", "4", "5"], openedAt: [0, 2, 2, 30, 31].map { 1e9 + $0 * hour },
        hours: [1, 0, 40, .nan, 5],
        resolved: [true, true, true, false, true],
        categorical: [
            CategoricalColumn(name: "customer", values: ["ada", "bob", "ada", "bob", "ada"]),
            CategoricalColumn(name: "group", values: ["net", "net", "", "desk", "net"]),
            CategoricalColumn(name: "assignee", values: ["", "kim", "kim", "", "kim"]),
        ])

    private func features(_ table: TicketTable) -> [[Double]] {
        var state = DeskState()
        return TicketContext(replaying: table, from: &state).desk
    }

    private func feature(_ name: String, of features: [[Double]]) throws -> [Double] {
        let position = try #require(DeskState.featureNames.firstIndex(of: name))
        return features.map { $0[position] }
    }

    @Test(arguments: [
        // Before the third ticket the first has been resolved for an hour, and the second in this second.
        ("open tickets", [0, 0, 0, 1, 2]), ("arrivals in 24 h", [0, 1, 2, 0, 1]),
        ("arrivals in 7 days", [0, 1, 2, 3, 4]),
        ("resolutions in 24 h", [0, 1, 2, 0, 0]), ("open tickets of the group", [0, 0, 0, 0, 0]),
        ("open tickets of the assignee", [0, 0, 0, 0, 1]), ("open tickets of the customer", [0, 0, 0, 0, 1]),
        ("earlier tickets of the customer", [0, 0, 1, 1, 2]),
    ])
    func `counts by hand`(name: String, counts: [Double]) throws {
        #expect(try feature(name, of: features(Self.five)) == counts.map { log1p($0) })
    }

    @Test func `levels by hand`() throws {
        let features = features(Self.five)
        #expect(features.allSatisfy { $0.count == DeskState.featureNames.count })
        // The prior 2.5 counts once; the first ticket adds ln 2, the second ln 1, each fading by 1 / 100.
        let one = (log(2) + 2.5) / 2
        let two = (0.99 * log(2) + 2.5) / 2.99
        let level = try feature("recent resolution time", of: features)
        #expect(zip(level, [2.5, one, two, two, two]).allSatisfy { abs($0 - $1) < 1e-12 })
        // The customer of the first and third ticket resolved one in an hour; five pseudo tickets draw to the desk's level.
        let customer = try feature("recent resolution time of the customer", of: features)
        let ada = (log(2) + 5 * two) / 6 - two
        let bob = 5 * two / 6 - two
        #expect(zip(customer, [0, 0, ada, bob, ada]).allSatisfy { abs($0 - $1) < 1e-12 })
        let assignee = try feature("recent resolution time of the assignee", of: features)
        #expect(zip(assignee, [0, 0, bob, 0, bob]).allSatisfy { abs($0 - $1) < 1e-12 })
        let group = try feature("recent resolution time of the group", of: features)
        let net = (0.98 * log(2) + 5 * two) / 6.98 - two
        #expect(zip(group, [0, (log(2) + 5 * one) / 6 - one, 0, 0, net]).allSatisfy { abs($0 - $1) < 1e-12 })
        let since = try feature("time since the customer's last ticket", of: features)
        let expected = [log1p(365), log1p(365), log1p(2 / 24.0), log1p(28 / 24.0), log1p(29 / 24.0)]
        #expect(zip(since, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func `windows are left after a day and after a week`() throws {
        let member = DeskState.Membership(customer: "ada", group: "net", assignee: "kim")
        var state = DeskState()
        for day in 0..<20 {
            state.advance(to: Double(day) * Self.day)
            state.open(member)
            state.close(member, hours: 0)
        }
        func counts(at time: Double) -> [Double] {
            state.advance(to: time)
            let features = state.features(for: member, at: time)
            return [features[1], features[2], features[3]].map { expm1($0).rounded() }
        }
        // The window's far end belongs to it.
        #expect(counts(at: 19 * Self.day) == [2, 8, 2])
        #expect(counts(at: 19 * Self.day + 1) == [1, 7, 1])
        #expect(counts(at: 20 * Self.day + 1) == [0, 6, 0])
        #expect(counts(at: 3 * Self.day) == [0, 6, 0], "a time before the present is ignored")
        #expect(counts(at: 40 * Self.day) == [0, 0, 0])
    }

    @Test func `an open ticket of long ago stays open and a closing too many does not count below zero`() {
        let member = DeskState.Membership(customer: "ada", group: "", assignee: "")
        var state = DeskState()
        state.advance(to: 0)
        state.open(member)
        state.advance(to: 1e9)
        #expect(state.features(for: member, at: 1e9)[0] == log(2))
        state.close(member, hours: 1e9 / 3_600)
        state.close(member, hours: -4)
        #expect(state.features(for: member, at: 1e9)[0] == 0)
        #expect(state.features(for: member, at: 1e9)[9] == 0)
    }

    @Test func `a new desk has finite features`() {
        let nobody = DeskState.Membership(customer: "", group: "", assignee: "")
        let features = DeskState().features(for: nobody, at: 0)
        #expect(features.allSatisfy { $0.isFinite })
    }

    private func random(_ seed: UInt64, count: Int = 120) -> TicketTable {
        var generator = SplitMix64(seed: seed)
        func names(_ prefix: String, _ kinds: Int) -> [String] {
            (0..<count).map { _ in
                let kind = Int.random(in: 0...kinds, using: &generator)
                return kind == 0 ? "" : "\(prefix)\(kind)"
            }
        }
        let columns = [("customer", 6), ("group", 3), ("assignee", 5)].map {
            CategoricalColumn(name: $0.0, values: names($0.0, $0.1))
        }
        // Whole hours, so that openings and closings often fall into the same second.
        let opened = (0..<count).map { _ in 3_600 * Double(Int.random(in: 0...400, using: &generator)) }.sorted()
        return TicketTable(
            ids: (0..<count).map { "\($0)" }, openedAt: opened,
            hours: (0..<count).map { _ in Double(Int.random(in: 0...60, using: &generator)) },
            resolved: (0..<count).map { _ in Int.random(in: 0..<5, using: &generator) > 0 }, categorical: columns)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what happens after a ticket has opened does not change its features`(seed: UInt64) throws {
        let table = random(seed)
        let features = features(table)
        var generator = SplitMix64(seed: seed &+ 1_000)
        let row = Int.random(in: 10..<table.count - 1, using: &generator)
        let now = table.openedAt[row]
        var changed = table
        for other in 0..<table.count {
            let isClosedByNow = table.resolved[other] && table.openedAt[other] + table.hours[other] * 3_600 <= now
            if other >= row || !isClosedByNow {
                let age = other < row ? (now - table.openedAt[other]) / 3_600 : 0
                changed.hours[other] = age + 1 + Double(Int.random(in: 0...90, using: &generator))
                changed.resolved[other] = Bool.random(using: &generator)
            }
            if other > row {
                changed.openedAt[other] += 7_200
                for column in 0..<3 {
                    changed.categorical[column].codes[other] = Int32.random(in: -1...2, using: &generator)
                }
            }
        }
        let after = self.features(changed)
        #expect(Array(after[...row]) == Array(features[...row]))
        #expect(after != features)
        #expect(self.features(table.rows(Array(0...row))) == Array(features[...row]))
    }

    @Test(arguments: [31, 32, 33] as [UInt64])
    func `counts agree with a count over the whole table`(seed: UInt64) throws {
        let table = random(seed)
        let features = features(table)
        for row in 0..<table.count {
            let now = table.openedAt[row]
            let closed = (0..<row).filter {
                table.resolved[$0] && table.openedAt[$0] + table.hours[$0] * 3_600 <= now
            }
            let recent = closed.filter { table.openedAt[$0] + table.hours[$0] * 3_600 >= now - Self.day }
            #expect(features[row][0] == log1p(Double(row - closed.count)))
            for (feature, window) in [(1, 1.0), (2, 7)] {
                let arrivals = (0..<row).count { table.openedAt[$0] >= now - window * Self.day }
                #expect(features[row][feature] == log1p(Double(arrivals)))
            }
            #expect(features[row][3] == log1p(Double(recent.count)))
        }
    }

    @Test func `a state that went through JSON goes on as before`() throws {
        let table = random(40)
        var state = DeskState()
        _ = TicketContext(replaying: table.rows(Array(0..<60)), from: &state)
        var copy = try JSONDecoder().decode(DeskState.self, from: JSONEncoder().encode(state))
        let rest = table.rows(Array(60..<table.count))
        #expect(TicketContext(replaying: rest, from: &copy).desk == TicketContext(replaying: rest, from: &state).desk)
        _ = try JSONEncoder().encode(DeskState())
    }

    @Test func `a state whose names and numbers disagree is refused`() {
        var state = DeskState()
        _ = TicketContext(replaying: Self.five, from: &state)
        var numbers = state.numbers.mapValues(\.values)
        #expect(state.numbers["members"]?.shape == [1 + 2 + 1 + 2, 5])
        #expect(DeskState(names: state.names, numbers: numbers) != nil)
        for name in ["members", "arrivals", "resolutions", "now"] {
            let whole = numbers.removeValue(forKey: name)
            #expect(DeskState(names: state.names, numbers: numbers) == nil)
            numbers[name] = whole
        }
        numbers["members"]?.append(0)
        #expect(DeskState(names: state.names, numbers: numbers) == nil)
        numbers["members"]?.removeLast()
        numbers["members"]?[5] = 0.5
        #expect(DeskState(names: state.names, numbers: numbers) == nil, "half a ticket")
    }

    @Test func `a ticket whose opening is unknown does not disturb the others`() {
        var table = random(41)
        let features = features(table)
        table.ids.append("unknown")
        table.openedAt.append(.nan)
        table.hours.append(3)
        table.resolved.append(true)
        for column in 0..<3 { table.categorical[column].codes.append(-1) }
        let more = self.features(table)
        #expect(Array(more.dropLast()) == features)
        #expect(more[table.count - 1].allSatisfy { $0.isFinite })
    }

    @Test func `a time that nothing is known of is like the same time of the last week that is known`() throws {
        let member = DeskState.Membership(customer: "ada", group: "net", assignee: "kim")
        var state = DeskState()
        // On day d of each week d + 1 tickets open and one is closed, at noon.
        for day in 0..<21 {
            state.advance(to: (Double(day) + 0.5) * Self.day)
            for _ in 0...(day % 7) { state.open(member) }
            state.close(member, hours: 5)
        }
        let known = state.features(for: member, at: 20.5 * Self.day)
        for weeks in 0..<60 {
            for day in 0..<7 {
                let later = state.features(for: member, at: (21.75 + Double(7 * weeks + day)) * Self.day)
                var expected = known
                expected[1] = log1p(Double(day + 1))
                expected[3] = log1p(1)
                #expect(later == expected)
            }
        }
        #expect(known[2] == log1p(35), "the days 14 to 20 and the noon of day 13")
        var moved = state
        moved.advance(to: 60 * Self.day)
        #expect(moved.features(for: member, at: 60 * Self.day)[1] == 0, "here it is known that nobody has written")
    }

    @Test func `a state ends with the last opening and knows the closings before it`() {
        var state = DeskState()
        _ = TicketContext(replaying: Self.five, from: &state)
        let nobody = DeskState.Membership(customer: "", group: "", assignee: "")
        #expect(expm1(state.features(for: nobody, at: 1e9 + 100 * Self.hour)[0]).rounded() == 3)
    }

    @Test func `who has never written counts as silent for a year at any time`() throws {
        let position = try #require(DeskState.featureNames.firstIndex(of: "time since the customer's last ticket"))
        let nobody = DeskState.Membership(customer: "", group: "", assignee: "")
        #expect(DeskState().features(for: nobody, at: 1e9)[position] == log1p(365))
    }

    @Test func `the organization stands in for the customer`() {
        let table = TicketTable(
            ids: ["1"], openedAt: [0], hours: [1], resolved: [true],
            categorical: [CategoricalColumn(name: "organization", values: ["acme"])])
        #expect(Memberships(table)[0].customer == "acme")
        #expect(Memberships(table)[0].group.isEmpty && Memberships(table)[0].assignee.isEmpty)
    }
}
