internal import Records
public import Storage

/// Moves the tickets that a store knows of one system to another one, some at a time.
///
/// What is to be done there is put into the outbox in the same transaction that ends the ticket's life in the first system, so that it
/// is done once whatever happens in between. The ticket keeps its id here: that both systems have it is the crosswalk.
public struct Migration {
    /// What has become of the tickets of the first system.
    public struct Count: Sendable, Hashable {
        /// Moved now.
        public var moved = 0
        /// Moved before.
        public var movedBefore = 0
        /// Moved before, and not there, as the other system refused to open them.
        public var refused = 0
        /// In the other system already, for another reason, and left as they are.
        public var there = 0
        /// Left for the next time, as something still waits to be sent to the first system.
        public var waiting = 0
        /// Deleted or merged there, so that there is nothing to move.
        public var gone = 0
        /// Left for the next time, as there were enough.
        public var left = 0

        /// Creates a count of nothing.
        public init() {}
    }

    fileprivate enum Case {
        case movable(LinkedTicket)
        case movedBefore, refused, there, waiting, gone
    }

    /// The tickets that are looked at together.
    private static let atATime = 100

    private let from: String
    private let to: String
    private let store: TenantStore

    /// Creates a migration.
    ///
    /// - Parameters:
    ///   - from: The name of the system that tickets leave.
    ///   - to: The name of the system they get to.
    ///   - store: The store, with its key.
    public init(from: String, to: String, store: TenantStore) {
        self.from = from
        self.to = to
        self.store = store
    }

    /// What the tickets have that would be moved.
    ///
    /// - Parameter traits: What the system offers that they get to.
    public func survey(_ traits: SystemTraits) throws(StorageError) -> (survey: MigrationSurvey, count: Count) {
        var survey = MigrationSurvey()
        var count = Count()
        try each { id throws(StorageError) in
            switch try self.kind(of: id) {
            case .movable(let link):
                survey.add(link, isTagged: traits.hasTags)
                guard let limit = traits.longestText, let ticket = try store.ticket(id) else { return }
                let messages = try store.interactions(ofTicket: id)
                let isOpening = TicketMove.isOpening(messages.first, of: ticket)
                let texts = [ticket.body] + messages.dropFirst(isOpening ? 1 : 0).map(\.text)
                survey.longTexts += texts.count { !limit.holds(Document($0)) }
            case let other: count.add(other)
            }
        }
        count.left = survey.tickets
        return (survey, count)
    }

    /// Puts into the outbox what moves tickets.
    ///
    /// - Parameters:
    ///   - move: How.
    ///   - limit: The most tickets; nil for all.
    ///   - entry: Who moves them, and when.
    public func move(_ move: TicketMove, limit: Int?, by entry: AuditEntry) throws(StorageError) -> Count {
        var count = Count()
        try each { id throws(StorageError) in
            let kind = try self.kind(of: id)
            guard case .movable(var link) = kind, let ticket = try store.ticket(id) else { return count.add(kind) }
            guard count.moved < limit ?? .max else {
                count.left += 1
                return
            }
            var step = SyncStep()
            step.outbox = move.entries(
                ticket, link, messages: try store.interactions(ofTicket: id), at: entry.time, by: entry.actor)
            link.fate = .moved(to: to)
            step.links = [link]
            try store.keep(step, of: from, by: entry)
            count.moved += 1
        }
        return count
    }

    /// Puts into the outbox what links the tickets that were moved as they were linked before.
    ///
    /// Where two name each other, the later one gets the link.
    ///
    /// - Returns: The number of new links.
    public func link(_ move: TicketMove, by entry: AuditEntry) throws(StorageError) -> Int {
        var count = 0
        try each { id throws(StorageError) in
            let links = try store.links(of: id)
            guard links.contains(where: { $0.system == to && $0.fate == .present }) else { return }
            var step = SyncStep()
            for link in links where link.system == from && link.fate == .moved(to: to) {
                var others: Set<String> = []
                for name in link.links.sorted() {
                    guard let (old, new) = try other(name), old.ticket != id, others.insert(old.ticket).inserted else {
                        continue
                    }
                    let isMutual = old.links.contains(link.remote) || old.links.contains(link.number)
                    let isLater = (link.remote.count, link.remote) > (old.remote.count, old.remote)
                    guard isLater || !isMutual else { continue }
                    let item = move.link(link, with: new, at: entry.time, by: entry.actor)
                    if try store.outbox(keyed: [item.key], in: to).isEmpty { step.outbox.append(item) }
                }
            }
            guard !step.outbox.isEmpty else { return }
            count += step.outbox.count
            try store.keep(step, of: to, by: entry)
        }
        return count
    }

    /// What another ticket of the first system is there and in the system to which it was moved.
    private func other(_ name: String) throws(StorageError) -> (old: LinkedTicket, new: LinkedTicket)? {
        let byID = try store.links(to: [name], in: from)[name]
        let byNumber = byID == nil ? try store.link(numbered: name, in: from) : nil
        guard var old = byID ?? byNumber else { return nil }
        // A chain of mergers ends; a ring of them is none.
        for _ in 0..<8 {
            guard case .merged(let id) = old.fate, let next = try store.links(to: [id], in: from)[id] else { break }
            old = next
        }
        let new = try store.links(of: old.ticket).first { $0.system == to && $0.fate == .present }
        return new.map { (old, $0) }
    }

    private func kind(of id: String) throws(StorageError) -> Case {
        let links = try store.links(of: id)
        let here = links.filter { $0.system == from }
        if here.contains(where: { $0.fate == .moved(to: to) }) {
            let key = MigrationKey.key([from, to, id, MigrationKey.opening])
            let isRefused = try store.outbox(keyed: [key], in: to).contains { $0.state == .dead }
            return isRefused ? .refused : .movedBefore
        }
        guard let link = here.first(where: { $0.fate == .present }) else { return .gone }
        if links.contains(where: { $0.system == to }) { return .there }
        return try store.outbox(of: id, in: from).isEmpty ? .movable(link) : .waiting
    }

    /// Goes through all tickets that the first system has or had.
    private func each(_ body: (String) throws(StorageError) -> Void) throws(StorageError) {
        var last: String?
        while true {
            let ids = try store.tickets(in: from, after: last, limit: Self.atATime)
            for id in ids { try body(id) }
            guard let end = ids.last else { return }
            last = end
        }
    }
}

extension Migration.Count {
    fileprivate mutating func add(_ kind: Migration.Case) {
        switch kind {
        case .movable: break
        case .movedBefore: movedBefore += 1
        case .refused: refused += 1
        case .there: there += 1
        case .waiting: waiting += 1
        case .gone: gone += 1
        }
    }
}
