import Foundation
import Records
import Simulation
import Statistics
import Testing

/// Simulated desks as their files are read back.
enum SimulatedDesks {
    struct Key: Hashable, CustomTestStringConvertible {
        var scenario: ImpactScenario
        var grade: ImpactGrade

        var testDescription: String { "\(scenario.rawValue) \(grade.rawValue)" }
    }

    /// The easy grade of all scenarios is driven from outside; here are those whose easy grade is of another kind.
    static let keys =
        ImpactScenario.allCases.map { Key(scenario: $0, grade: .hard) }
        + [Key(scenario: .missingIds, grade: .easy), Key(scenario: .clockSkew, grade: .easy)]

    static func read(_ desk: SimulatedImpact) throws(RecordError) -> ReadDesk {
        let folder = DeskFolder(files: desk.files.map { RecordFile(path: $0.name, bytes: Array($0.contents.utf8)) })
        let context = try folder.customers().context
        var generator = SplitMix64(seed: 1)
        let redactor = Redactor(keyedBy: &generator)
        let tickets = try folder.tickets(context, redactor: redactor).tickets
        let truth = try ImpactTruth(
            json: RecordFile(path: "truth.json", bytes: Array((desk.files.last?.contents ?? "").utf8)))
        let lines = desk.files[0].contents.split(separator: "\n")
        return ReadDesk(desk: desk, context: context, tickets: tickets, truth: truth, lines: lines)
    }
}

/// A simulated desk as its files are read back.
struct ReadDesk {
    let desk: SimulatedImpact
    let context: CustomerContext
    let tickets: [Ticket]
    let truth: ImpactTruth
    let lines: [Substring]

    /// The nanoseconds of a member of a line, as a number or a text.
    func seconds(_ name: String, _ line: Int) -> Double? {
        guard let key = lines[line].range(of: "\"\(name)\":") else { return nil }
        let digits = lines[line][key.upperBound...].drop { $0 == "\"" }.prefix { $0.isNumber }
        return Double(digits).map { $0 / 1e9 }
    }
}
