import Commands
import Glibc
import Records
import Statistics

/// A data set of texts of which it is known which belong together.
struct LabelledTexts {
    /// What it holds.
    enum Content {
        /// Tickets, and the group of each: tickets that links join, however indirectly, are one.
        case duplicates([Ticket], groups: [Int])
        case intents(train: [IntentDescriptor.Question], test: [IntentDescriptor.Question])
    }

    /// The name.
    var name: String
    /// What it holds.
    var content: Content

    /// The data set at a path, or all below `datasets/` whose files are there.
    static func all(at dataset: String?) throws -> [LabelledTexts] {
        if let dataset {
            let path = DatasetFolders.descriptor(at: dataset)
            if let set = try read(path) { return [set] }
            throw program.failure("\(path): key \"kind\": neither duplicates nor intents", EX_DATAERR)
        }
        var sets: [LabelledTexts] = []
        for name in DatasetFolders.folders(in: "datasets") {
            let path = "datasets/\(name)/dataset.json"
            guard RecordFile.exists(at: path) else { continue }
            do throws(RecordError) {
                if let set = try read(path) { sets.append(set) }
            } catch .missingFile(let file, _) {
                program.report("\(name) is passed over, as \(file) is not there")
            }
        }
        guard !sets.isEmpty else {
            throw program.failure("no data set of kind duplicates or intents below datasets/ is there", EX_NOINPUT)
        }
        return sets
    }

    private static func read(_ path: String) throws(RecordError) -> LabelledTexts? {
        let file = try RecordFile(reading: path)
        // The key does not matter here, as tokens are not compared.
        var generator = SplitMix64(seed: 0)
        let redactor = Redactor(rules: RedactionRules(), keyedBy: &generator)
        func open(_ descriptor: String, _ name: String) throws(RecordError) -> RecordFile {
            let folders = DatasetFolders(
                of: descriptor, descriptor: path, environment: DatasetFolders.processEnvironment)
            return try RecordFile(reading: folders.path(of: name))
        }
        if let descriptor = try DuplicateDescriptor(json: file) {
            let read = try descriptor.tickets(redactor: redactor) { name throws(RecordError) in
                try open(descriptor.name, name)
            }
            if let first = read.setAside.first {
                program.report("\(read.setAside.count) rows are passed over, the first of them: \(first.fault)")
            }
            if read.repeats.isEmpty {
                program.report("\(path): none of its \(read.links) links leads from one ticket to another")
            }
            var sets = DisjointSets(count: read.tickets.count)
            for (ticket, other) in read.repeats { sets.join(ticket, other) }
            return LabelledTexts(
                name: descriptor.name, content: .duplicates(read.tickets, groups: sets.labels))
        }
        if let descriptor = try IntentDescriptor(json: file) {
            let train = try descriptor.questions(
                in: open(descriptor.name, descriptor.files.train), redactor: redactor)
            let test = try descriptor.questions(in: open(descriptor.name, descriptor.files.test), redactor: redactor)
            return LabelledTexts(name: descriptor.name, content: .intents(train: train, test: test))
        }
        return nil
    }
}
