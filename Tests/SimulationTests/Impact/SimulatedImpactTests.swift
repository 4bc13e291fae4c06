import Foundation
import Records
import Simulation
import Statistics
import Testing

struct SimulatedImpactTests {
    @Test(arguments: SimulatedDesks.keys)
    func `a desk is read without a complaint, and its truth fits what it wrote`(key: SimulatedDesks.Key) throws {
        let read = try SimulatedDesks.read(SimulatedImpact(key.scenario, grade: key.grade, seed: 3))
        let truth = read.truth.incidents
        #expect(read.lines.count == read.desk.lineCount)
        #expect((5_000...300_000).contains(read.lines.count))
        #expect((1...6).contains(truth.count))
        #expect(truth.compactMap(\.rank).sorted() == Array(1...max(1, truth.count)))
        let accounts = Dictionary(uniqueKeysWithValues: read.context.accounts.map { ($0.id, $0) })
        let opened = Dictionary(uniqueKeysWithValues: read.tickets.map { ($0.id, $0.openedAt) })
        for incident in truth {
            #expect(!incident.accounts.isEmpty)
            #expect(incident.accounts.allSatisfy { accounts[$0] != nil })
            #expect(incident.firstLine == incident.lines.first)
            #expect(zip(incident.lines, incident.lines.dropFirst()).allSatisfy { $0 < $1 })
            #expect((incident.lines.last ?? 0) < read.lines.count)
            #expect(incident.lines.count >= incident.accounts.count)
            for ticket in incident.tickets {
                let time = try #require(opened[ticket])
                #expect(time > incident.start)
            }
        }
        let owners = truth.flatMap(\.tickets)
        #expect(Set(owners).count == owners.count)
        try checkScenario(key, read)
        try checkGrade(key, read)
    }

    private func checkScenario(_ key: SimulatedDesks.Key, _ read: ReadDesk) throws {
        let truth = read.truth.incidents
        let hurt = truth.reduce(0) { $0 + $1.accounts.count }
        let written = truth.reduce(0) { $0 + $1.tickets.count }
        switch key.scenario {
        case .misconfiguration: #expect(truth.allSatisfy { $0.accounts.count == 1 })
        case .silentSufferers: #expect(Double(written) < 0.25 * Double(hurt))
        case .storm:
            let usual = Double(read.lines.count) / 200
            let strongest = truth.map { Double($0.lines.count) / max(0.2, ($0.end.seconds - $0.start.seconds) / 3_600) }
                .max()
            #expect((strongest ?? 0) > 10 * usual)
        case .ticketFlood:
            let own = Set(truth.flatMap(\.tickets))
            let subjects = read.tickets.filter { !own.contains($0.id) }.map(\.subject)
            let largest = Dictionary(grouping: subjects, by: \.self).values.map(\.count).max() ?? 0
            #expect(largest >= 8)
        case .regionalRegression:
            for incident in truth where key.grade == .easy {
                #expect(
                    read.context.releases.contains {
                        (0...1_800).contains(incident.start.seconds - $0.deployedAt.seconds)
                            || $0.deployedAt < incident.start
                    })
            }
        case .clockSkew:
            let wrong = try stride(from: 0, to: read.lines.count, by: 7).filter { line in
                let shown = try #require(read.seconds("timeUnixNano", line))
                let observed = try #require(read.seconds("observedTimeUnixNano", line))
                return abs(shown - observed) > 200
            }
            #expect(Double(wrong.count * 7) > 0.05 * Double(read.lines.count))
        default: break
        }
    }

    private func checkGrade(_ key: SimulatedDesks.Key, _ read: ReadDesk) throws {
        let anonymous = Double(read.desk.anonymousLineCount) / Double(read.lines.count)
        if key.grade == .hard {
            // A storm's lines are of one component, which names or does not.
            if key.scenario != .storm { #expect((0.3...0.75).contains(anonymous), "\(anonymous)") }
            return
        }
        if key.scenario == .missingIds {
            #expect((0.3...0.75).contains(anonymous), "\(anonymous)")
            return
        }
        if key.scenario != .storm { #expect(anonymous < 0.3, "\(anonymous)") }
        for incident in read.truth.incidents {
            let text = incident.lines.map { read.lines[$0] }.joined(separator: "\n")
            let named = incident.accounts.filter { text.contains($0) }
            #expect(Double(named.count) >= 0.6 * Double(incident.accounts.count))
        }
    }

    @Test func `the same seed gives the same bytes, and another seed, grade or scenario others`() {
        let desk = SimulatedImpact(.storm, grade: .easy, seed: 11)
        #expect(SimulatedImpact(.storm, grade: .easy, seed: 11).files == desk.files)
        #expect(SimulatedImpact(.storm, grade: .easy, seed: 12).files[0] != desk.files[0])
        #expect(SimulatedImpact(.novelError, grade: .easy, seed: 11).files[1] != desk.files[1])
        #expect(
            desk.files.map(\.name) == [
                "logs.ndjson", "organizations.ndjson", "accounts.ndjson", "deployments.ndjson", "contacts.ndjson",
                "aliases.ndjson", "topology.ndjson", "releases.ndjson", "tickets.ndjson", "truth.json",
            ])
    }
}
