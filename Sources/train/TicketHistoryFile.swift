import Commands
import Glibc
import Knowledge
import Logs
import Models
import Records
import Storage

/// Past tickets with what people decided about them, as a desk, a store or a data set holds them.
struct TicketHistoryFile {
    /// The name of the source.
    var name: String
    /// The SHA-256 of what was read, by name.
    var dataSHA256: [String: String] = [:]
    /// The cases in the order in which they were opened.
    var cases: [SupportCase]
    /// What people said of pairs of tickets.
    var decisions: [GroupDecision] = []
    /// The group of each ticket as it was found before.
    var memberships: [String: String] = [:]
    /// The newest versions of the articles.
    var articles: [Article] = []

    /// Reads the folder of a desk.
    init(desk folder: DeskFolder, _ context: CustomerContext, redactor: Redactor) throws(RecordError) {
        name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
        cases = try SupportCase.all(of: folder, context, redactor: redactor).cases
        for file in ["tickets", "interactions", "accounts", "deployments", "releases"] {
            for suffix in [".ndjson", ".csv"] where RecordFile.exists(at: "\(folder.path)/\(file)\(suffix)") {
                dataSHA256[file + suffix] = Checksum.sha256(
                    try RecordFile(reading: "\(folder.path)/\(file)\(suffix)").bytes)
            }
        }
    }

    /// Reads a store.
    ///
    /// - Parameter cutoff: What people decided and wrote after it is left out, of all but the cases; nothing is when nil.
    init(store: TenantStore, path: String, until cutoff: Instant?) throws(StorageError) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        let context = try store.customers()
        cases = SupportCase.all(
            try store.tickets(), interactions: try store.interactions(),
            reopened: Set(try store.reopenedTickets(until: cutoff)),
            signatures: try store.ticketSignatures(), pasted: PastedSignatures(shapes: try store.shapes()).ids,
            context: context)
        func isKnown(_ time: Instant) -> Bool { cutoff.map { time <= $0 } ?? true }
        decisions = try store.groupDecisions().filter { isKnown($0.time) }
        for membership in try store.memberships() where isKnown(membership.time) {
            memberships[membership.ticket] = membership.group
        }
        articles = try store.articles(until: cutoff)
        // A file of a store changes with every read of it: what is hashed is what was read.
        var read: [UInt8] = []
        for one in cases {
            let ticket = one.ticket
            let texts = [ticket.subject, ticket.body, ticket.resolution] + one.messages.map(\.text)
            read += Array("\(ticket.id)\u{1F}\(ticket.openedAt.iso8601)\u{1F}\(one.customer ?? "")".utf8)
            for text in texts { read += [0x1F] + Array(text.string.utf8) }
            read.append(0x1E)
        }
        dataSHA256["tickets"] = Checksum.sha256(read)
    }

    /// Reads a data set of kind tickets, duplicates or intents.
    init(dataset: String, redactor: Redactor) throws {
        let path = DatasetFolders.descriptor(at: dataset)
        let file = try RecordFile(reading: path)
        var checksums: [String: String] = [:]
        func open(_ descriptor: String, _ name: String) throws(RecordError) -> RecordFile {
            let folders = DatasetFolders(
                of: descriptor, descriptor: path, environment: DatasetFolders.processEnvironment)
            let opened = try RecordFile(reading: folders.path(of: name))
            checksums[name] = Checksum.sha256(opened.bytes)
            return opened
        }
        if let descriptor = try DuplicateDescriptor(json: file) {
            name = descriptor.name
            let read = try descriptor.tickets(redactor: redactor) { name throws(RecordError) in
                try open(descriptor.name, name)
            }
            cases = read.tickets.map { SupportCase(ticket: $0, customer: $0.id) }
        } else if let descriptor = try IntentDescriptor(json: file) {
            name = descriptor.name
            let questions = try descriptor.questions(
                in: open(descriptor.name, descriptor.files.train), redactor: redactor)
            cases = questions.enumerated().map { number, question in
                SupportCase(
                    ticket: Ticket(
                        id: "\(number + 1)", openedAt: Instant(seconds: Double(number)), body: question.text),
                    customer: "\(number + 1)")
            }
        } else {
            let set = try TicketDataset(at: dataset, environment: DatasetFolders.processEnvironment)
            name = set.descriptor.name
            cases = SupportCase.all(in: try set.read(redactor: redactor).table.sortedByOpening())
            for (name, path) in zip(set.descriptor.files, set.files) {
                checksums[name] = Checksum.sha256(try RecordFile(reading: path).bytes)
            }
        }
        dataSHA256 = checksums
    }
}
