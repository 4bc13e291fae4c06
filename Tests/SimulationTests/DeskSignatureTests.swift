import Glibc
import Records
import Simulation
import Testing

struct DeskSignatureTests {
    @Test func `an easy desk has no logs`() throws {
        let desk = try DeskScenario(grade: .easy, ticketCount: 500).simulated(seed: 1)
        #expect(desk.signatures.isEmpty)
        #expect(
            desk.files(named: "desk", origin: "a test").map(\.name) == ["dataset.json", "tickets.csv", "truth.csv"])
    }

    @Test func `observations are in order of time, with known customers and valid severities and counts`() throws {
        let desk = try DeskScenario(grade: .realistic, ticketCount: 2_000).simulated(seed: 1)
        #expect(desk.signatures.count > 500)
        #expect(desk.signatures.map(\.time) == desk.signatures.map(\.time).sorted())
        for seen in desk.signatures {
            #expect(seen.signature.count == 16 && seen.signature.allSatisfy(\.isHexDigit))
            #expect(seen.customer.hasPrefix("customer-"))
            #expect((seen.severityNumber == 13 || seen.severityNumber == 17) && seen.count >= 1)
        }
        let customers = try #require(desk.tickets.categoricalColumn(named: "customer")).levels
        let known = desk.signatures.count { customers.contains($0.customer) }
        #expect(Double(known) > 0.9 * Double(desk.signatures.count))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `tickets that follow an error in the customer's logs take much longer`(seed: UInt64) throws {
        let desk = try DeskScenario(grade: .realistic, ticketCount: 4_000).simulated(seed: seed)
        let customers = try #require(desk.tickets.categoricalColumn(named: "customer"))
        let errors = Dictionary(grouping: desk.signatures.filter { $0.severityNumber >= 17 }, by: \.customer)
        var logs = (seen: [Double](), unseen: [Double]())
        for row in 0..<desk.tickets.count {
            let opened = desk.tickets.openedAt[row]
            let isSeen = errors[customers[row] ?? ""]?.contains { $0.time < opened && $0.time >= opened - 86_400 }
            if isSeen == true {
                logs.seen.append(log(desk.truth[row].medianHours))
            } else {
                logs.unseen.append(log(desk.truth[row].medianHours))
            }
        }
        #expect(logs.seen.count > 300)
        let seen = logs.seen.reduce(0, +) / Double(logs.seen.count)
        let unseen = logs.unseen.reduce(0, +) / Double(logs.unseen.count)
        #expect(seen - unseen > 0.7)
    }
}
