public import Records
public import Storage

/// Takes messages from a channel into a tenant's store, as tickets and as messages of tickets.
///
/// A message belongs to the ticket of the nearest message that it answers, else to the one that its subject names, if its
/// sender is of the team or of that ticket's account or its contact, else it opens one. A customer's message to a resolved ticket
/// opens that again, or, ``reopeningDays`` days after the resolution or later, opens one that goes on with it. Automatic messages
/// open nothing, neither do they reopen. What was received before is left alone, so that the same may be read again.
///
/// What opens nothing and belongs to nothing waits for the rest of its thread: a later message may open the ticket of both.
///
/// What was written before the message that has opened its ticket, and is read after it, becomes the first message of the ticket
/// instead, so that it matters little in which order files are read.
///
/// Messages are kept in batches, each in the order of time and in one transaction; who fails in between may read all of it again.
public struct ChannelIntake: ~Copyable {
    /// The days in which a customer's message opens a resolved ticket again.
    public static let reopeningDays = 30.0

    /// What became of the messages so far.
    public internal(set) var report = ChannelReport()

    let store: TenantStore
    var now: Instant
    let team: SupportTeam
    var entry: AuditEntry

    private var accounts: TicketAccounts
    private(set) var redactor: Redactor
    private var names: Set<RawText> = []
    /// Those of the names that the redactor does not know yet.
    private var newNames: [RawText] = []

    var batch: [ChannelMessage] = []
    private var batchKeys: Set<MessageKey> = []
    private var batchBytes = 0
    /// Messages of earlier batches that belong to no ticket so far, the last ``mostMessages`` at most, in order.
    var waiting: [ChannelMessage] = []

    private static let mostMessages = 500
    private static let mostBytes = 8 << 20

    /// Opens a store for a channel.
    ///
    /// - Parameters:
    ///   - store: The store, opened for writing with its key; nobody else writes into it meanwhile.
    ///   - team: Who belongs to the support team.
    ///   - now: The time of reading.
    ///   - entry: Who reads.
    ///   - redactor: Makes the tenant's redactor for the customers that are known.
    /// - Throws: ``ChannelError``.
    public init(
        _ store: TenantStore, team: SupportTeam, now: Instant, by entry: AuditEntry,
        redactor: (CustomerContext) throws(RecordError) -> Redactor
    ) throws(ChannelError) {
        let customers = try ChannelError.keeping { () throws(StorageError) in try store.customers() }
        self.redactor = try ChannelError.reading { () throws(RecordError) in try redactor(customers) }
        accounts = TicketAccounts(customers)
        self.store = store
        self.team = team
        self.now = now
        self.entry = entry
    }

    /// Learns names of people who may be spoken of, to keep them out of texts.
    mutating func learn(name: String) {
        // An address is found in texts by its form.
        guard !name.isEmpty, !name.contains("@") else { return }
        let halves = name.split(separator: ",")
        let name =
            halves.count == 2
            ? halves.reversed().map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ") : name
        if names.insert(RawText(name)).inserted { newNames.append(RawText(name)) }
    }

    /// Has the redactor know the names that were learnt.
    mutating func useNames() {
        if !newNames.isEmpty { redactor = redactor.knowing(people: newNames) }
        newNames = []
    }

    /// Whether a message was received before, which is counted.
    mutating func isRepeated(_ key: String) throws(ChannelError) -> Bool {
        let store = store
        let (key, isKnown) = try ChannelError.keeping { () throws(StorageError) in
            let key = try store.messageKey(RawText(key))
            return (key, try store.isReceived(key))
        }
        guard isKnown || batchKeys.contains(key) else { return false }
        report.messages += 1
        report.repeated += 1
        return true
    }

    /// Takes a message that is not repeated.
    mutating func add(_ message: ChannelMessage) throws(ChannelError) {
        report.messages += 1
        report.attachments += message.files.count
        report.inlineAttachments += message.files.count { $0.isInline }
        for person in [message.sender] + message.recipients + message.mentioned
        where message.side == .customer || !team.includes(person) {
            learn(name: person.name)
        }
        let store = store
        let key = try ChannelError.keeping { () throws(StorageError) in try store.messageKey(RawText(message.key)) }
        batchKeys.insert(key)
        batch.append(message)
        batchBytes += message.bytes
        if batch.count >= Self.mostMessages || batchBytes >= Self.mostBytes { try keepBatch() }
    }

    /// Keeps what was taken.
    public mutating func finish() throws(ChannelError) {
        try keepBatch()
        for message in waiting { leaveOut(message) }
        waiting = []
        batchKeys = []
    }

    private mutating func keepBatch() throws(ChannelError) {
        guard let channel = batch.first?.channel else { return }
        useNames()
        let (received, contacts) = try sorted()
        batch = []
        let (store, now, entry) = (store, now, entry)
        batchKeys = []
        for message in waiting {
            let key = try ChannelError.keeping { () throws(StorageError) in
                try store.messageKey(RawText(message.key))
            }
            batchKeys.insert(key)
        }
        batchBytes = 0
        guard !received.isEmpty else { return }
        try ChannelError.keeping { () throws(StorageError) in
            try store.keep(received, contacts: contacts, source: channel, date: now, by: entry)
        }
        accounts.add(contacts)
    }

    /// Leaves out a message that opens no ticket and belongs to none.
    private mutating func leaveOut(_ message: ChannelMessage) {
        if message.side == .system {
            report.remark(.automatic, message.place, "a machine wrote it, and it belongs to no ticket")
        } else {
            report.remark(.teamOnly, message.place, "the team said it, outside of a ticket")
        }
    }

    /// What becomes of the batch, and of what waits.
    private mutating func sorted() throws(ChannelError) -> (received: [ReceivedMessage], contacts: [Contact]) {
        var sorting = TicketSorting(store: store, team: team, accounts: accounts, redactor: redactor)
        let inOrder = batch.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        for (_, message) in inOrder {
            try ChannelError.keeping { () throws(StorageError) in try sorting.take(message, &report) }
        }
        // What a thread began with may belong to the ticket that a later message of it has opened. One that is placed places those that
        // it answers, and then those that answer it.
        var unplaced = waiting + sorting.unplaced
        for _ in 0..<2 {
            unplaced.reverse()
            var rest: [ChannelMessage] = []
            for message in unplaced {
                let isPlaced = try ChannelError.keeping { () throws(StorageError) in
                    guard try sorting.hasTicket(message) else { return false }
                    try sorting.take(message, &report)
                    return true
                }
                if !isPlaced { rest.append(message) }
            }
            unplaced = rest
        }
        var bytes = unplaced.reduce(0) { $0 + $1.bytes }
        var kept = unplaced[...]
        while kept.count > Self.mostMessages || bytes > Self.mostBytes, let oldest = kept.popFirst() {
            bytes -= oldest.bytes
            leaveOut(oldest)
        }
        waiting = Array(kept)
        return (sorting.received, sorting.contacts)
    }
}
