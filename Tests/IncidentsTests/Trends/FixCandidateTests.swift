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
    private func desk(values: [Double?] = [nil, nil, nil, nil]) -> (CountTable, [Ticket], CustomerDirectory) {
        var counts = CountsOfTests()
        var tickets: [Ticket] = []
        for (number, account) in ["a", "b", "c", "d"].enumerated() {
            for hour in 0..<168 { counts.add(nil, hour, 20, account: account) }
            for hour in 60..<66 { counts.add("ledger export refused", hour, 3, account: account, version: "2.0") }
            for hour in 120..<126 { counts.add("thumbnail cache missed", hour, 30, account: account, version: "2.0") }
            tickets.append(
                ticket("T\(number)", hour: 63, account: account, "the export of our ledger is refused", hours: 10))
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
        #expect(first.hoursPerWeek > 20 && first.hoursPerWeek < 60)
        #expect(first.interval.contains(first.hoursPerWeek))
        #expect(candidates.count == 2 && candidates[1].hoursPerWeek < first.hoursPerWeek / 2)
        #expect(try #require(first.probabilityAboveNext) > 0.7)
        #expect(candidates[1].probabilityAboveNext == nil)
    }

    @Test func `two failures that are alike are hardly told apart`() throws {
        var counts = CountsOfTests()
        for hour in 0..<168 {
            for account in ["a", "b", "c", "d"] { counts.add(nil, hour, 20, account: account) }
            if hour % 20 == 0 { for name in ["one", "two"] { counts.add("failure \(name)", hour, 2, account: "a") } }
        }
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "a")]))
        let candidates = FixCandidate.all(counts.table, tickets: [], directory: directory)
        #expect(candidates.count == 2)
        #expect(abs(try #require(candidates.first?.probabilityAboveNext) - 0.5) < 0.05)
    }

    @Test func `contracts weigh`() throws {
        let (table, tickets, directory) = desk(values: [9_000, 9_000, 9_000, 9_000])
        let first = try #require(FixCandidate.all(table, tickets: tickets, directory: directory).first)
        #expect(first.annualValue == 36_000)
        #expect(abs(first.weightedHoursPerWeek - first.hoursPerWeek) < 1e-9)
    }

    @Test func `nothing counted and accounts that are not known give no candidate that counts`() {
        let directory = CustomerDirectory(CustomerContext())
        #expect(FixCandidate.all(CountTable(), tickets: [], directory: directory).isEmpty)
        let (table, _, _) = desk()
        let candidates = FixCandidate.all(table, tickets: [], directory: directory)
        #expect(candidates.allSatisfy { $0.tickets == 0 && $0.annualValue == 0 })
    }
}
