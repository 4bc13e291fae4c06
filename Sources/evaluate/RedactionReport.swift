import Commands
import Records
import Simulation
import Statistics

/// What is printed about a redactor.
struct RedactionReport {
    var labelled: [(name: String, measured: LabelledRedaction)] = []
    var planted: [(carrier: String, accuracy: PlantedAccuracy)] = []

    private struct Document: Encodable {
        struct Row: Encodable {
            var labelled, found, exact: Int
            var recall, recallLow, characterRecall, precision: Double?
            var f1: Double
        }
        struct Planted: Encodable {
            var planted, leaked, leakedCharacters, nearMisses, nearMissesHidden: Int
            var leaks, hidden: [String: PlantedAccuracy.Family]
            var carrierFindings: [String: Int]
            var falseFindingsPerMB: Double
        }
        var recall, recallLow, precision, falseFindingsPerMB: Double?
        var byType: [String: Row]
        var hiddenCharacters: [String: Double]
        var strayFindingsPerMB: Double?
        var planted: Planted?
    }

    /// One object, with the sums over all data sets and the first carrier.
    func json() throws -> String {
        let accuracies = labelled.map(\.measured.accuracy)
        var types: [String: SpanAccuracy.OfType] = [:]
        var total = SpanAccuracy.OfType()
        for accuracy in accuracies {
            total.add(accuracy.total)
            for (type, measures) in accuracy.byType { types[type, default: SpanAccuracy.OfType()].add(measures) }
        }
        let megabytes = labelled.reduce(0) { $0 + $1.measured.megabytes }
        let strays = megabytes == 0 ? nil : Double(accuracies.reduce(0) { $0 + $1.strays }) / megabytes
        let plants = planted.first?.accuracy
        let document = Document(
            recall: Self.number(total.recall), recallLow: Self.number(total.recallLow),
            precision: Self.number(total.precision),
            falseFindingsPerMB: plants?.falseFindingsPerMB ?? strays,
            byType: types.mapValues { row in
                Document.Row(
                    labelled: row.labelled, found: row.found, exact: row.exact, recall: Self.number(row.recall),
                    recallLow: Self.number(row.recallLow), characterRecall: Self.number(row.characterRecall),
                    precision: Self.number(row.precision), f1: row.f1)
            },
            hiddenCharacters: accuracies.first?.hidden ?? [:], strayFindingsPerMB: strays,
            planted: plants.map { accuracy in
                Document.Planted(
                    planted: Self.sum(accuracy.leaks, \.planted), leaked: Self.sum(accuracy.leaks, \.wrong),
                    leakedCharacters: Self.sum(accuracy.leaks, \.wrongCharacters),
                    nearMisses: Self.sum(accuracy.nearMisses, \.planted),
                    nearMissesHidden: Self.sum(accuracy.nearMisses, \.wrong), leaks: accuracy.leaks,
                    hidden: accuracy.nearMisses,
                    carrierFindings: accuracy.carrierFindings, falseFindingsPerMB: accuracy.falseFindingsPerMB)
            })
        return try document.jsonLine
    }

    /// The same as tables.
    var text: String {
        var text = ""
        for (name, measured) in labelled {
            text += "\(name): \(measured.texts) texts, \(Self.fixed(measured.megabytes)) MB\n"
            text += "type".leftAligned(in: 20) + "labelled  found  exact  recall   low95  charrec   precis      F1\n"
            let rows = measured.accuracy.byType.sorted { $0.key < $1.key } + [("all", measured.accuracy.total)]
            for (type, row) in rows {
                text +=
                    type.leftAligned(in: 20) + String(row.labelled).rightAligned(in: 8)
                    + String(row.found).rightAligned(in: 7)
                text +=
                    String(row.exact).rightAligned(in: 7) + Self.fixed(row.recall).rightAligned(in: 8)
                    + Self.fixed(row.recallLow).rightAligned(in: 8)
                text +=
                    Self.fixed(row.characterRecall).rightAligned(in: 9) + Self.fixed(row.precision).rightAligned(in: 9)
                    + Self.fixed(row.f1).rightAligned(in: 8) + "\n"
            }
            let hidden = measured.accuracy.hidden.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.fixed($0.value))" }
            text += "characters hidden by a finding of any kind: \(hidden.joined(separator: ", "))\n"
            text += "findings that touch no label: \(measured.accuracy.strays)\n"
        }
        for (carrier, accuracy) in planted {
            text += "planted into \(carrier)\n"
            text += "family".leftAligned(in: 26) + "planted  leaked  characters\n"
            for (family, row) in accuracy.leaks.sorted(by: { $0.key < $1.key }) + [("all", Self.total(accuracy.leaks))]
            {
                text +=
                    family.leftAligned(in: 26) + String(row.planted).rightAligned(in: 7)
                    + String(row.wrong).rightAligned(in: 8)
                    + String(row.wrongCharacters).rightAligned(in: 12) + "\n"
            }
            text += "near-miss".leftAligned(in: 26) + "planted  hidden  characters\n"
            for (family, row) in accuracy.nearMisses.sorted(by: { $0.key < $1.key }) + [
                ("all", Self.total(accuracy.nearMisses))
            ] {
                text +=
                    family.leftAligned(in: 26) + String(row.planted).rightAligned(in: 7)
                    + String(row.wrong).rightAligned(in: 8)
                    + String(row.wrongCharacters).rightAligned(in: 12) + "\n"
            }
            let kinds = accuracy.carrierFindings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            text +=
                "findings in the \(Self.fixed(accuracy.carrierMegabytes)) MB alone: \(kinds.joined(separator: ", "))\n"
            text += "of these not evident by their form: \(Self.fixed(accuracy.falseFindingsPerMB)) per MB\n"
        }
        return text
    }

    private static func total(_ families: [String: PlantedAccuracy.Family]) -> PlantedAccuracy.Family {
        var total = PlantedAccuracy.Family()
        total.planted = sum(families, \.planted)
        total.wrong = sum(families, \.wrong)
        total.wrongCharacters = sum(families, \.wrongCharacters)
        return total
    }

    private static func sum(_ families: [String: PlantedAccuracy.Family], _ key: KeyPath<PlantedAccuracy.Family, Int>)
        -> Int
    {
        families.values.reduce(0) { $0 + $1[keyPath: key] }
    }

    private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }

    private static func fixed(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let thousandths = String(Int((value * 1_000).rounded()))
        let digits = String(repeating: "0", count: max(0, 4 - thousandths.count)) + thousandths
        return "\(digits.dropLast(3)).\(digits.suffix(3))"
    }
}
