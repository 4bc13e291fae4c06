import ArgumentParser
import Commands
import Glibc
import Logs
import Records
import Statistics

/// Measures signatures against labelled log lines.
struct EvaluateSignatures: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signatures",
        abstract: "Measure the signatures of log lines against their labels.",
        discussion: """
            With --file and --labels, each line of the file is one message. With --dataset, the messages of the labels are \
            used, or the raw lines with --raw. Without either, all data sets of kind labelled-logs below datasets/ are \
            measured, and their mean is given.
            """)

    @Option(help: ArgumentHelp("The lines.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("CSV with the column EventTemplate, one row a line.", valueName: "file"))
    var labels: String?

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Flag(help: "Read the messages out of the raw lines of a data set, whose headers are not described to the reader.")
    var raw = false

    @Option(help: "Shuffle the lines with this seed first; the measures should not change.")
    var shuffle: UInt64?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if (file == nil) != (labels == nil) { throw ValidationError("--file and --labels belong together") }
        if file != nil, dataset != nil { throw ValidationError("give either --file and --labels or --dataset") }
    }

    func run() throws {
        try program.run {
            let measured = try measured()
            guard let mean = SignatureAccuracy(meanOf: measured.map(\.accuracy)) else {
                throw program.failure("no data set of kind \(LabelledLogDescriptor.kind) below datasets/", EX_NOINPUT)
            }
            if json {
                print(try mean.jsonLine)
            } else {
                print("                        grouping        template")
                print("set               accuracy     F1  accuracy     F1   lines distinct")
                for (name, accuracy) in measured { print(row(name, accuracy)) }
                if measured.count > 1 { print(row("mean", mean)) }
            }
        }
    }

    private func measured() throws -> [(name: String, accuracy: SignatureAccuracy)] {
        if let file, let labels {
            let templates = try CSVColumns.read(["EventTemplate"], of: RecordFile(reading: labels))[0]
            return [(file, try accuracy(of: lines(of: file), templates, file))]
        }
        if let dataset {
            let path = DatasetFolders.descriptor(at: dataset)
            guard let descriptor = try LabelledLogDescriptor(json: RecordFile(reading: path)) else {
                throw program.failure("\(path): key \"kind\": not \(LabelledLogDescriptor.kind)", EX_DATAERR)
            }
            return [(descriptor.name, try accuracy(descriptor, at: path))]
        }
        return try DatasetFolders.folders(in: "datasets").compactMap { name in
            let path = "datasets/\(name)/dataset.json"
            guard RecordFile.exists(at: path),
                let descriptor = try LabelledLogDescriptor(json: RecordFile(reading: path))
            else { return nil }
            return (descriptor.name, try accuracy(descriptor, at: path))
        }
    }

    private func accuracy(_ descriptor: LabelledLogDescriptor, at path: String) throws -> SignatureAccuracy {
        let folders = DatasetFolders(
            of: descriptor.name, descriptor: path, environment: DatasetFolders.processEnvironment)
        let columns = try CSVColumns.read(
            [descriptor.columns.message, descriptor.columns.template],
            of: RecordFile(reading: folders.path(of: descriptor.labels)))
        let messages = raw ? try messages(of: folders.path(of: descriptor.log)) : columns[0].map { Array($0.utf8) }
        return try accuracy(of: messages, columns[1], descriptor.log)
    }

    private func accuracy(of lines: [[UInt8]], _ labels: [String], _ file: String) throws -> SignatureAccuracy {
        guard lines.count == labels.count, !lines.isEmpty else {
            throw program.failure("\(file): \(lines.count) lines, but \(labels.count) labels", EX_DATAERR)
        }
        var order = Array(lines.indices)
        if let shuffle {
            var generator = SplitMix64(seed: shuffle)
            order.shuffle(using: &generator)
        }
        var miner = SignatureMiner()
        var shapes: [SignatureMiner.Shape] = []
        for index in order {
            let line = lines[index]
            shapes.append(miner.learn(line.span))
        }
        let set = miner.signatures()
        let found = shapes.map { shape in set.index(of: shape).map { set.signatures[$0].template } ?? "" }
        return SignatureAccuracy(found: found, labels: order.map { labels[$0] })
    }

    /// The message of each line of a raw log, as it is found where a log is read whose format nobody said.
    private func messages(of path: String) throws(RecordError) -> [[UInt8]] {
        var stream = LogStream(observedTime: 0)
        var batch = LogBatch()
        stream.read(try RecordFile(reading: path).bytes, into: &batch)
        stream.finish(into: &batch)
        return batch.records.flatMap { record in
            let message = batch.withMessage(record) { line in line.indices.map { line[$0] } }
            return [[UInt8]](repeating: message, count: Int(record.lines))
        }
    }

    private func lines(of path: String) throws(RecordError) -> [[UInt8]] {
        let file = try RecordFile(reading: path)
        var lines: [[UInt8]] = []
        var splitter = MessageLines()
        func keep(_ line: Span<UInt8>) {
            var bytes: [UInt8] = []
            for index in line.indices { bytes.append(line[index]) }
            lines.append(bytes)
        }
        file.bytes.withUnsafeBytes { splitter.feed($0, keep) }
        splitter.finish(keep)
        return lines
    }

    private func row(_ name: String, _ accuracy: SignatureAccuracy) -> String {
        func share(_ value: Double, _ width: Int) -> String {
            let thousandths = String(Int((value * 1_000).rounded()))
            let digits = String(repeating: "0", count: max(0, 4 - thousandths.count)) + thousandths
            return "\(digits.dropLast(3)).\(digits.suffix(3))".rightAligned(in: width)
        }
        let label = name.count > 16 ? "…" + name.suffix(15) : name
        return label + String(repeating: " ", count: 16 - label.count)
            + share(accuracy.groupingAccuracy, 10) + share(accuracy.groupingF1, 7)
            + share(accuracy.parsingAccuracy, 10) + share(accuracy.templateF1, 7)
            + String(accuracy.lines).rightAligned(in: 8) + String(accuracy.distinct).rightAligned(in: 9)
    }
}
