internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps what a source says of customers, tickets, messages and agents: all of it, or nothing.
    ///
    /// It may be any part of what the source knows, and may be kept again: facts that the same source stated at a later date stay,
    /// and so do those of other sources. Of a list, such as the hosts of a deployment, what the source does not name any more
    /// goes. A ticket whose fields differ from what was known gets the differences in its history.
    ///
    /// - Parameters:
    ///   - context: The customers.
    ///   - tickets: The tickets.
    ///   - interactions: Messages of tickets, as ``keep(_:source:date:by:)`` keeps them.
    ///   - agents: The members of the support team, as ``keep(_:date:by:)`` keeps them.
    ///   - isAgain: Whether what was erased here, or removed as too old, is taken in too, and from then on by every import.
    ///   - source: Where it comes from.
    ///   - date: When it was true.
    ///   - entry: Who keeps it.
    /// - Returns: What was left out.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    @discardableResult
    public func keep(
        _ context: CustomerContext, tickets: [Ticket] = [], interactions: [Interaction] = [], agents: [Agent] = [],
        isAgain: Bool = false, source: String, date: Instant, by entry: AuditEntry
    ) throws(StorageError) -> LeftOut {
        let seal = try seal()
        return try writing { database in
            var (context, tickets, interactions) = (context, tickets, interactions)
            var leftOut = LeftOut()
            let forgotten = try ForgottenRecords(database, seal)
            if isAgain { try forgotten.remove(context, tickets) }
            leftOut.forgotten = try forgotten.leaveOut(of: &context, &tickets, &interactions)
            try Self.write(context, FactWriter(database, seal, source: source, seenAt: date))
            try Self.write(context, seal, source, date, in: database)
            try TicketWriter(database, seal, source: source, seenAt: date).write(tickets)
            leftOut.interactionsWithoutTicket = try InteractionWriter(
                database, seal, file: path, source: source, seenAt: date
            ).write(interactions)
            try Self.put(agents, date, in: database)
            try Self.record(entry, in: database)
            return leftOut
        }
    }

    private static func write(_ context: CustomerContext, _ facts: FactWriter) throws {
        for item in context.organizations {
            try facts.exists(.organization, item.id)
            try facts.name(.organization, item.id, item.name)
            try facts.text(.organization, item.id, "segment", item.segment)
            try facts.number(.organization, item.id, "annualValue", item.annualValue)
        }
        for item in context.accounts {
            try facts.exists(.account, item.id)
            try facts.name(.account, item.id, item.name)
            try facts.text(.account, item.id, "organization", item.organization)
            try facts.text(.account, item.id, "tier", item.tier)
            try facts.number(.account, item.id, "annualValue", item.annualValue)
            try facts.number(.account, item.id, "slaHours", item.slaHours)
        }
        for item in context.deployments {
            try facts.exists(.deployment, item.id)
            try facts.text(.deployment, item.id, "environment", item.environment)
            try facts.text(.deployment, item.id, "region", item.region)
            try facts.text(.deployment, item.id, "version", item.version)
            if item.isCustomised { try facts.number(.deployment, item.id, "customised", 1) }
            try facts.list(.deployment, item.id, "components", item.components)
            try facts.list(.deployment, item.id, "hosts", item.hosts)
            try facts.list(.deployment, item.id, "accounts", item.accounts)
        }
        for item in context.contacts { try facts.contact(item) }
    }

    private static func write(
        _ context: CustomerContext, _ seal: TextSeal, _ source: String, _ date: Instant, in database: Database
    ) throws {
        let alias = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO alias (account, kind, hash, source, seenAt, value) VALUES (?, ?, ?, ?, ?, ?)")
        for item in context.aliases {
            let hash = Data(seal.hash(RawText(item.value), as: "alias"))
            let sealed = try seal.seal(RawText(item.value), in: aliasCell(item.account, item.kind))
            try alias.execute(
                arguments: [item.account, item.kind, hash, source, date.seconds, Data(sealed.bytes)])
        }
        let link = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO topology (caller, callee, source, seenAt) VALUES (?, ?, ?, ?)")
        for item in context.topology {
            try link.execute(arguments: [item.from, item.to, source, date.seconds])
        }
        let release = try database.makeStatement(
            sql: """
                INSERT OR IGNORE INTO release (deployment, component, version, deployedAt, source, seenAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for item in context.releases {
            try release.execute(
                arguments: [
                    item.deployment ?? "", item.component, item.version, item.deployedAt.seconds, source, date.seconds,
                ])
        }
    }

    static func aliasCell(_ account: String, _ kind: String) -> SealedCell {
        SealedCell("alias.value", row: [account, kind])
    }

    /// What is known of the customers, in the order of their ids; see ``conflicts()`` for what sources disagree on.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func customers() throws(StorageError) -> CustomerContext {
        let seal = try seal()
        return try reading { try Self.customers($0, FactReader(seal: seal)) }
    }

    static func customers(_ database: Database, _ facts: FactReader) throws -> CustomerContext {
        var context = CustomerContext()
        try facts.forEachEntity(database) { entity in
            switch entity.kind {
            case .organization:
                context.organizations.append(
                    Organization(
                        id: entity.key, name: try facts.name(of: entity), segment: entity.text("segment"),
                        annualValue: entity.number("annualValue")))
            case .account:
                context.accounts.append(
                    Account(
                        id: entity.key, organization: entity.optionalText("organization"),
                        name: try facts.name(of: entity), tier: entity.text("tier"),
                        annualValue: entity.number("annualValue"), slaHours: entity.number("slaHours")))
            case .deployment:
                context.deployments.append(
                    Deployment(
                        id: entity.key, environment: entity.text("environment"), region: entity.text("region"),
                        version: entity.text("version"), components: entity.list("components"),
                        hosts: entity.list("hosts"), accounts: entity.list("accounts"),
                        isCustomised: entity.number("customised") == 1))
            case .contact:
                context.contacts.append(
                    Contact(
                        id: try facts.contactID(of: entity), account: entity.optionalText("account"),
                        name: try facts.raw("name", of: entity) ?? RawText(""),
                        email: try facts.raw("email", of: entity) ?? RawText("")))
            }
        }
        context.aliases = try Row.fetchAll(database, sql: "SELECT account, kind, value FROM alias").map { row in
            let sealed = SealedText(stored: Array(row[2] as Data))
            let value = try facts.seal.string(of: sealed, in: aliasCell(row[0], row[1]))
            return AccountAlias(account: row[0], kind: row[1], value: value)
        }
        context.topology = try Row.fetchAll(database, sql: "SELECT caller, callee FROM topology").map {
            TopologyLink(from: $0[0], to: $0[1])
        }
        context.releases = try Row.fetchAll(database, sql: "SELECT * FROM release ORDER BY deployedAt").map { row in
            let deployment: String = row["deployment"]
            return Release(
                component: row["component"], version: row["version"], deployment: deployment.isEmpty ? nil : deployment,
                deployedAt: Instant(seconds: row["deployedAt"]))
        }
        return context
    }

    /// The accounts that go by a name of some kind, such as a domain, without opening any; in the order of their ids.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func accounts(alias value: RawText) throws(StorageError) -> [String] {
        let hash = Data(try seal().hash(value, as: "alias"))
        return try reading {
            try String.fetchAll(
                $0, sql: "SELECT DISTINCT account FROM alias WHERE hash = ? ORDER BY account", arguments: [hash])
        }
    }
}
