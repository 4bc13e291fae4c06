import Glibc
import Incidents
import Records
import Statistics
import Testing

struct FixCandidateTests {
    private func ticket(_ id: String, hour: Int, account: String, _ text: String, hours: Double?) -> Ticket {
        var generator = SplitMix64(seed: 1)
        let opened = Double(CountsOfTests.monday + hour) * 3_600
        return Ticket(
            id: id, openedAt: Instant(seconds: opened), resolvedAt: hours.map { Instant(seconds: opened + $0 * 3_600) },
            account: account,
            subject: Redactor(keyedBy: &generator).redact(RawText(text)))
    }

    /// Two failures that hit as many accounts, of which one makes them write.
    private func desk(
        values: [Double?] = [nil, nil, nil, nil], hours: Double? = 10
    ) -> (CountTable, [Ticket], CustomerDirectory) {
        var counts = CountsOfTests()
        var tickets: [Ticket] = []
        for (number, account) in ["a", "b", "c", "d"].enumerated() {
            for hour in 0..<168 { counts.add(nil, hour, 20, account: account) }
            for hour in 60..<66 { counts.add("ledger export refused", hour, 3, account: account, version: "2.0") }
            for hour in 120..<126 { counts.add("thumbnail cache missed", hour, 30, account: account, version: "2.0") }
            tickets.append(
                ticket("T\(number)", hour: 63, account: account, "the export of our ledger is refused", hours: hours))
            tickets.append(ticket("U\(number)", hour: -500, account: account, "please change our address", hours: nil))
        }
        let accounts = zip(["a", "b", "c", "d"], values).map { Account(id: $0, annualValue: $1) }
        return (counts.table, tickets, CustomerDirectory(CustomerContext(accounts: accounts)))
    }

    @Test func `what makes customers write comes first, with the tickets and the hours`() throws {
        let (table, tickets, directory) = desk()
        let candidates = FixCandidate.all(table, tickets: tickets, directory: directory)
        let first = try #require(candidates.first)
        #expect(first.template == "ledger export refused")
        #expect(first.accounts == 4 && first.lines == 72 && first.versions == ["2.0"])
        #expect(Set(first.likelyTickets) == ["T0", "T1", "T2", "T3"])
        #expect(first.tickets > 3 && first.tickets <= 4)
        // Four tickets of ten hours came in the week that is known.
        #expect(abs(first.hoursPerWeek / 40 - 1) < 0.2)
        #expect(first.interval.contains(40))
        #expect(candidates.count == 2 && candidates[1].hoursPerWeek < first.hoursPerWeek / 2)
        #expect(try #require(first.probabilityAboveNext) > 0.7)
        #expect(candidates[1].probabilityAboveNext == nil)
    }

    @Test func `what ended in the middle of the week is not expected to go on`() throws {
        var counts = CountsOfTests()
        var tickets: [Ticket] = []
        for account in ["a", "b", "c", "d"] {
            for hour in 0..<504 { counts.add(nil, hour, 20, account: account) }
            for day in 7..<21 {
                counts.add("ledger export refused", 24 * day + 10, 3, account: account)
                if day < 16 { counts.add("thumbnail cache missed", 24 * day + 10, 3, account: account) }
            }
            for (name, text) in [("T", "the export of our ledger is refused"), ("U", "thumbnail missed in the cache")] {
                tickets.append(ticket(name + account, hour: 24 * 10 + 12, account: account, text, hours: 10))
            }
        }
        let directory = CustomerDirectory(CustomerContext(accounts: ["a", "b", "c", "d"].map { Account(id: $0) }))
        let candidates = FixCandidate.all(counts.table, tickets: tickets, directory: directory)
        #expect(candidates.map(\.template) == ["ledger export refused", "thumbnail cache missed"])
        #expect(candidates[1].hoursPerWeek < candidates[0].hoursPerWeek / 3)
        let hours = candidates.map { Int($0.lastLine.seconds / 3_600) - CountsOfTests.monday }
        #expect(hours == [491, 371])
    }

    @Test func `two failures that are alike are hardly told apart`() throws {
        var counts = CountsOfTests()
        for hour in 0..<168 {
            for account in ["a", "b", "c", "d"] { counts.add(nil, hour, 20, account: account) }
            if hour % 20 == 0 { for name in ["one", "two"] { counts.add("failure \(name)", hour, 2, account: "a") } }
        }
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "a")]))
        let other = ticket("U", hour: -500, account: "a", "please change our address", hours: 5)
        let candidates = FixCandidate.all(counts.table, tickets: [other], directory: directory)
        #expect(candidates.count == 2)
        #expect(abs(try #require(candidates.first?.probabilityAboveNext) - 0.5) < 0.05)
    }

    // The logarithm is normal and the mean of the hours is what is told, so that the middle of the interval lies below it, and the order is told by the
    // middles.
    @Test func `intervals and chances are those of a log-normal with the mean that is told`() throws {
        let (table, tickets, directory) = desk()
        let candidates = FixCandidate.all(table, tickets: tickets, directory: directory)
        let logarithms = try candidates.map { candidate in
            let (low, high) = (log(candidate.interval.lowerBound), log(candidate.interval.upperBound))
            let deviation = (high - low) / 2 / Normal.standard.quantile(0.9)
            let mean = (low + high) / 2
            #expect(abs(mean - (log(candidate.hoursPerWeek) - deviation * deviation / 2)) < 1e-9)
            return try Normal(mean: mean, standardDeviation: deviation)
        }
        let distance = logarithms[0].mean - logarithms[1].mean
        let deviation = hypot(logarithms[0].standardDeviation, logarithms[1].standardDeviation)
        let chance = try #require(candidates[0].probabilityAboveNext)
        #expect(abs(chance - Normal.standard.cumulative(distance / deviation)) < 1e-9)
    }

    @Test func `contracts weigh`() throws {
        let (table, tickets, directory) = desk(values: [9_000, 9_000, 9_000, 9_000])
        let first = try #require(FixCandidate.all(table, tickets: tickets, directory: directory).first)
        #expect(first.annualValue == 36_000)
        #expect(abs(first.weightedHoursPerWeek - first.hoursPerWeek) < 1e-9)
    }

    @Test func `a contract that nobody wrote down is worth what others are`() throws {
        let (table, tickets, directory) = desk(values: [9_000, nil, nil, 0])
        let first = try #require(FixCandidate.all(table, tickets: tickets, directory: directory).first)
        #expect(first.annualValue == 9_000)
        #expect(abs(first.weightedHoursPerWeek - first.hoursPerWeek) < 1e-9)
    }

    @Test func `open tickets count for the hours that are to be expected of them`() throws {
        let (table, resolved, directory) = desk()
        let usual = try #require(FixCandidate.all(table, tickets: resolved, directory: directory).first)
        let (_, open, _) = desk(hours: nil)
        // They are 105 hours old, and no ticket of the desk that is older was resolved.
        let waiting = try #require(FixCandidate.all(table, tickets: open, directory: directory).first)
        #expect(waiting.template == "ledger export refused" && waiting.hoursPerWeek > 10.5 * usual.hoursPerWeek)
        let told = Dictionary(uniqueKeysWithValues: (0..<4).map { ("T\($0)", 200.0) })
        let predicted = try #require(
            FixCandidate.all(table, tickets: open, directory: directory, expectedHours: told).first)
        #expect(abs(predicted.hoursPerWeek / usual.hoursPerWeek - 20) < 0.01)
        // No model makes a ticket younger than it is.
        let past = Dictionary(uniqueKeysWithValues: (0..<4).map { ("T\($0)", 1.0) })
        let least = try #require(
            FixCandidate.all(table, tickets: open, directory: directory, expectedHours: past).first)
        #expect(abs(least.hoursPerWeek / usual.hoursPerWeek - 10.5) < 0.01)
    }

    // Of five tickets one took 20 hours, one 60, and three are open at 10, 40 and 80. Of those that are open at 40 hours half are resolved at 60, and
    // nothing is known beyond 80: 40 + 20 + 20 / 2.
    @Test func `what is to be expected of an open ticket is the area under the curve of all tickets`() throws {
        var counts = CountsOfTests()
        for hour in 0..<168 { counts.add(nil, hour, 20, account: "a") }
        for hour in 126..<128 { counts.add("ledger export refused", hour, 3, account: "a") }
        let tickets = [
            ticket("A", hour: -200, account: "b", "hello", hours: 20),
            ticket("B", hour: -200, account: "b", "hello", hours: 60),
            ticket("C", hour: 158, account: "b", "hello", hours: nil),
            ticket("D", hour: 88, account: "b", "hello", hours: nil),
            ticket("E", hour: 128, account: "a", "the export of our ledger is refused", hours: nil),
        ]
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "a"), Account(id: "b")]))
        let found = try #require(FixCandidate.all(counts.table, tickets: tickets, directory: directory).first)
        let told = try #require(
            FixCandidate.all(counts.table, tickets: tickets, directory: directory, expectedHours: ["E": 70]).first)
        #expect(found.tickets > 0.3 && abs(found.hoursPerWeek / told.hoursPerWeek - 1) < 1e-9)
    }

    @Test func `a failure that names no account hits all of its deployment`() throws {
        var counts = CountsOfTests()
        var tickets: [Ticket] = []
        for (number, account) in ["a", "b", "c", "d"].enumerated() {
            for hour in 0..<168 { counts.add(nil, hour, 20, account: account, deployment: "north") }
            tickets.append(
                ticket("T\(number)", hour: 63, account: account, "your database cluster lost its quorum", hours: 10))
            tickets.append(ticket("U\(number)", hour: -500, account: account, "please change our address", hours: 5))
        }
        for hour in 60..<66 { counts.add("database cluster lost quorum", hour, 20, deployment: "north") }
        for hour in 60..<66 { counts.add("clock is late", hour, 20, deployment: "unknown") }
        let directory = CustomerDirectory(
            CustomerContext(
                accounts: ["a", "b", "c", "d"].map { Account(id: $0) },
                deployments: [Deployment(id: "north", accounts: ["a", "b", "c", "d"])]))
        let found = FixCandidate.all(counts.table, tickets: tickets, directory: directory)
        #expect(found.map(\.template) == ["database cluster lost quorum"])
        let first = try #require(found.first)
        #expect(first.accounts == 4 && first.lines == 120)
        #expect(first.tickets > 3 && Set(first.likelyTickets) == ["T0", "T1", "T2", "T3"])
    }

    /// Failures that hit accounts for 8 weeks, so many times a week each, and make them write with a chance; the hours a week that each truly costs.
    ///
    /// Where nobody says what for, tickets have no word of it.
    private func simulated(seed: UInt64, says: Bool = true) -> (candidates: [FixCandidate], truth: [String: Double]) {
        var generator = SplitMix64(seed: seed)
        var counts = CountsOfTests()
        let names = (0..<30).map { "a\($0)" }
        for hour in 0..<8 * 168 { counts.add(nil, hour, 20, account: names[hour % 30]) }
        var tickets: [Ticket] = []
        var truth: [String: Double] = [:]
        let failures = [
            ("ledger export refused", 3.0, 0.5, 8.0), ("thumbnail cache missed", 12, 0.1, 20),
            ("quorum of replicas lost", 6, 0.3, 12), ("mail queue stuck", 20, 0.05, 10),
            ("invoice number taken", 10, 0.25, 6),
        ]
        for (name, hits, chance, mean) in failures {
            truth[name] = hits * chance * mean
            for _ in 0..<generator.poisson(mean: 8 * hits) {
                let (hour, account) = (Int(generator.uniform() * 8 * 168), names[Int(generator.uniform() * 30)])
                counts.add(name, hour, 1 + generator.poisson(mean: 1), account: account)
                guard generator.uniform() < chance else { continue }
                let hours = generator.logNormal(logMean: log(mean) - 0.245, logStandardDeviation: 0.7)
                tickets.append(
                    ticket(
                        "T\(tickets.count)", hour: hour + 1 + Int(generator.uniform() * 4), account: account,
                        says ? "we see: \(name)" : "please help us", hours: hours))
            }
        }
        for _ in 0..<80 {
            tickets.append(
                ticket(
                    "T\(tickets.count)", hour: Int(generator.uniform() * 8 * 168),
                    account: names[Int(generator.uniform() * 30)], "please change our address", hours: 5))
        }
        let directory = CustomerDirectory(CustomerContext(accounts: names.map { Account(id: $0) }))
        return (FixCandidate.all(counts.table, tickets: tickets, directory: directory), truth)
    }

    @Test(arguments: [true, false]) func `intervals hold what fixes truly save, and the order is as sure as it says`(
        says: Bool
    ) throws {
        var (held, all, said, right, pairs) = (0, 0, 0.0, 0.0, 0.0)
        var (told, cost) = (0.0, 0.0)
        for seed in 0..<24 {
            let (candidates, truth) = simulated(seed: UInt64(seed), says: says)
            // One that hit nobody in the last seven days comes again all the same.
            #expect(candidates.count == 5)
            for (place, candidate) in candidates.enumerated() {
                let hours = try #require(truth[candidate.template])
                all += 1
                told += candidate.hoursPerWeek
                cost += hours
                if candidate.interval.contains(hours) { held += 1 }
                guard let probability = candidate.probabilityAboveNext else { continue }
                said += probability
                if hours >= truth[candidates[place + 1].template] ?? .infinity { right += 1 }
                pairs += 1
            }
        }
        #expect((0.7...0.88).contains(Double(held) / Double(all)))
        #expect(abs(said - right) / pairs < 0.1)
        // The hours of all together are neither lost nor made up.
        #expect(abs(told / cost - 1) < 0.2)
    }

    @Test func `without counts, or without a ticket of a known account, there is no candidate`() {
        let (table, tickets, directory) = desk()
        #expect(FixCandidate.all(CountTable(), tickets: tickets, directory: directory).isEmpty)
        #expect(FixCandidate.all(table, tickets: [], directory: directory).isEmpty)
        let nobody = CustomerDirectory(CustomerContext())
        #expect(FixCandidate.all(table, tickets: tickets, directory: nobody).isEmpty)
    }
}
