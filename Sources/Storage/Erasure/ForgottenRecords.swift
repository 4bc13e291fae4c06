internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// What was erased here or removed as too old, by keyed hashes, so that a source that still has it does not bring it back.
struct ForgottenRecords {
    enum Kind: String {
        case organization, account, deployment, host, contact, ticket
        /// A ticket that was too old: it may come back once it is open again.
        case oldTicket
    }

    private let seal: TextSeal
    private let find: Statement
    private let insert: Statement
    private let delete: Statement

    /// Those who were erased before this table was there are known by the hashes of their receipts.
    static let table = """
        CREATE TABLE forgotten (hash BLOB PRIMARY KEY) WITHOUT ROWID;
        INSERT INTO forgotten SELECT DISTINCT subject FROM erasure WHERE subject IS NOT NULL;
        """

    init(_ database: Database, _ seal: TextSeal) throws {
        self.seal = seal
        find = try database.cachedStatement(sql: "SELECT 1 FROM forgotten WHERE hash = ?")
        insert = try database.cachedStatement(sql: "INSERT INTO forgotten (hash) VALUES (?) ON CONFLICT DO NOTHING")
        delete = try database.cachedStatement(sql: "DELETE FROM forgotten WHERE hash = ?")
    }

    /// As ``TenantStore/auditHash(_:_:)`` has it.
    private func hash(_ kind: Kind, _ id: String) -> Data { Data(seal.hash(RawText(id), as: "audit " + kind.rawValue)) }

    func add(_ kind: Kind, _ ids: [String]) throws {
        for id in ids { try insert.execute(arguments: [hash(kind, id)]) }
    }

    private func contains(_ kind: Kind, _ id: String?) throws -> Bool {
        guard let id else { return false }
        return try Bool.fetchOne(find, arguments: [hash(kind, id)]) == true
    }

    private func remove(_ kind: Kind, _ ids: [String]) throws {
        for id in ids { try delete.execute(arguments: [hash(kind, id)]) }
    }

    /// Has what an import brings be known again.
    func remove(_ context: CustomerContext, _ tickets: [Ticket]) throws {
        try remove(.organization, context.organizations.map(\.id))
        try remove(.account, context.accounts.map(\.id))
        try remove(.deployment, context.deployments.map(\.id))
        try remove(.host, context.deployments.flatMap(\.hosts))
        try remove(.contact, context.contacts.map(\.id))
        for kind in [Kind.ticket, .oldTicket] { try remove(kind, tickets.map(\.id)) }
    }

    /// Takes out of an import what was forgotten.
    ///
    /// Of tickets of a person the words go, and the rest stays, as when the person is erased.
    ///
    /// - Returns: The records that were left out or lost their words.
    func leaveOut(
        of context: inout CustomerContext, _ tickets: inout [Ticket], _ interactions: inout [Interaction]
    ) throws -> Int {
        var count = try leaveOut(of: &context)
        var gone: Set<String> = []
        var nameless: Set<String> = []
        try tickets.removeAll { ticket in
            let isOld = try contains(.oldTicket, ticket.id)
            // One that is open again is as any other from then on.
            if isOld, ticket.resolvedAt == nil { try remove(.oldTicket, [ticket.id]) }
            guard
                try isOld && ticket.resolvedAt != nil || contains(.ticket, ticket.id)
                    || contains(.account, ticket.account)
            else { return false }
            gone.insert(ticket.id)
            return true
        }
        for index in tickets.indices where try contains(.contact, tickets[index].contact) {
            (tickets[index].contact, tickets[index].subject, tickets[index].body) = (
                nil, RedactedText(), RedactedText()
            )
            nameless.insert(tickets[index].id)
        }
        let before = interactions.count
        try interactions.removeAll { item in
            if gone.contains(item.ticket) { return true }
            guard item.side == .customer else { return false }
            return try item.author.isEmpty ? nameless.contains(item.ticket) : contains(.contact, item.author)
        }
        count += gone.count + nameless.count + before - interactions.count
        return count
    }

    private func leaveOut(of context: inout CustomerContext) throws -> Int {
        let before = context.recordCount
        try context.organizations.removeAll { try contains(.organization, $0.id) }
        try context.accounts.removeAll { try contains(.account, $0.id) }
        try context.contacts.removeAll { try contains(.contact, $0.id) || contains(.account, $0.account) }
        try context.aliases.removeAll { try contains(.account, $0.account) }
        try context.deployments.removeAll { try contains(.deployment, $0.id) }
        for index in context.deployments.indices {
            try context.deployments[index].accounts.removeAll { try contains(.account, $0) }
        }
        try context.topology.removeAll { try contains(.host, $0.from) || contains(.host, $0.to) }
        try context.releases.removeAll { try contains(.deployment, $0.deployment) }
        return before - context.recordCount
    }
}

extension CustomerContext {
    fileprivate var recordCount: Int {
        organizations.count + accounts.count + deployments.count + contacts.count + aliases.count + topology.count
            + releases.count
    }
}
