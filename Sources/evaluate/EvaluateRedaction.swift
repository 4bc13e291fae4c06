import ArgumentParser
import Commands
import Glibc
import Records
import Simulation
import Statistics

/// Measures the redactor against labelled texts and planted values.
struct EvaluateRedaction: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redaction",
        abstract: "Measure the redactor against labelled texts and planted values.",
        discussion: """
            Labelled texts are data sets of kind spans; without --dataset, all those below datasets/ are measured. Values are planted into \
            the carrier that --carrier or the data set names, and the findings in the carrier alone are counted. The tenant's \
            contacts are those that are planted.
            """)

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Flag(help: "Measure planted values only.")
    var planted = false

    @Option(help: ArgumentHelp("A text to plant values into.", valueName: "file"))
    var carrier: String?

    @Option(help: ArgumentHelp("How many values to plant.", valueName: "n"))
    var items = 20_000

    @Option(help: ArgumentHelp("The seed of the values.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Write what was found as CSV: text_index, entity_type, start, end in characters.", valueName: "file"))
    var spansCSV: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard 1...10_000_000 ~= items else { throw ValidationError("--items must be from 1 to 10000000") }
        if planted, carrier == nil, dataset == nil { throw ValidationError("--planted needs --carrier or --dataset") }
        if planted, spansCSV != nil {
            throw ValidationError("--spans-csv needs labelled texts, so it does not go with --planted")
        }
    }

    func run() throws {
        try program.run {
            var report = RedactionReport()
            var carriers = carrier.map { [$0] } ?? []
            for (descriptor, path) in try descriptors() {
                func folders(_ name: String) -> DatasetFolders {
                    DatasetFolders(of: name, descriptor: path, environment: DatasetFolders.processEnvironment)
                }
                if carrier == nil, let name = descriptor.carrier,
                    let path = try? folders(descriptor.carrierSet ?? descriptor.name).path(of: name)
                {
                    carriers.append(path)
                }
                if planted { continue }
                var texts: [SpanText] = []
                for file in descriptor.files {
                    texts += try SpanText.read(RecordFile(reading: folders(descriptor.name).path(of: file)))
                }
                let measured = LabelledRedaction(of: redactor(contacts: []), on: texts, types: descriptor.types)
                report.labelled.append((descriptor.name, measured))
            }
            if let spansCSV { try program.write(report.labelled.map(\.measured.spansCSV).first ?? "", to: spansCSV) }
            let contacts = PlantedItem.contacts.map { RedactionRules.Contact(person: $0.person, company: $0.company) }
            for path in carriers {
                let text = try RecordFile(reading: path).bytes
                guard !text.isEmpty else { throw RecordError.emptyFile(file: path) }
                let plants = PlantedText(items: items, in: text, seed: seed)
                report.planted.append(
                    (path, PlantedAccuracy(of: redactor(contacts: contacts), on: plants, carrier: text)))
            }
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    /// The key does not matter here, as tokens are not compared.
    private func redactor(contacts: [RedactionRules.Contact]) -> Redactor {
        var rules = RedactionRules()
        rules.contacts = contacts
        var generator = SplitMix64(seed: 0)
        return Redactor(rules: rules, keyedBy: &generator)
    }

    /// The descriptors with their paths.
    private func descriptors() throws -> [(SpanDescriptor, String)] {
        if dataset == nil, carrier != nil, planted { return [] }
        let paths =
            dataset.map { [DatasetFolders.descriptor(at: $0)] }
            ?? DatasetFolders.folders(in: "datasets").map { "datasets/\($0)/dataset.json" }.filter(RecordFile.exists)
        let found: [(SpanDescriptor, String)] = try paths.compactMap { path in
            guard let descriptor = try SpanDescriptor(json: RecordFile(reading: path)) else {
                if dataset == nil { return nil }
                throw program.failure("\(path): key \"kind\": not \(SpanDescriptor.kind)", EX_DATAERR)
            }
            return (descriptor, path)
        }
        guard !found.isEmpty else {
            throw program.failure("no data set of kind \(SpanDescriptor.kind) below datasets/", EX_NOINPUT)
        }
        return found
    }
}
