internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

extension Removal {
    /// Everything that names an account, or that it alone has.
    struct AccountTraces {
        var names: [RawText]
        /// The names of its contacts among them.
        var people: [RawText]
        /// The names of companies among them.
        var companies: [String]
        /// Its aliases among them.
        var aliases: [String]
        /// The names of those who stay.
        var others: [RawText]
        /// Its organisation, when it has no other account.
        var organization: String?
        /// The deployments that no other account uses.
        var deployments: [String]
        /// The hosts that no other deployment has.
        var hosts: [String]
        /// The ids of its contacts.
        var contacts: [String]
    }

    /// Looks for an account; nil when the store has none with that id.
    static func traces(of id: String, _ database: Database, _ facts: FactReader) throws -> AccountTraces? {
        let context = try TenantStore.customers(database, facts)
        let account = context.accounts.first { $0.id == id }
        let aliases = context.aliases.filter { $0.account == id }
        let contacts = context.contacts.filter { $0.account == id }
        let isElsewhere = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM ticket WHERE account = ?1) OR
                    EXISTS (SELECT 1 FROM incidentAccount WHERE account = ?1) OR
                    EXISTS (SELECT 1 FROM fact WHERE kind = 'deployment' AND field = 'accounts' AND item = ?1) OR
                    EXISTS (SELECT 1 FROM linkDecision WHERE account = ?1)
                """, arguments: [id])
        guard account != nil || !aliases.isEmpty || !contacts.isEmpty || isElsewhere == true else { return nil }
        let organization = account?.organization.flatMap { organization in
            context.accounts.contains { $0.organization == organization && $0.id != id } ? nil : organization
        }
        let own = context.deployments.filter { $0.accounts == [id] }
        let shared = Set(context.deployments.filter { $0.accounts != [id] }.flatMap(\.hosts))
        var companies = [account?.name ?? ""]
        if let organization { companies += context.organizations.filter { $0.id == organization }.map(\.name) }
        let names = [id, organization ?? ""] + companies + aliases.map(\.value)
        let people = contacts.map(\.name)
        let gone = Set(people + companies.map { RawText($0) })
        let hosts = own.flatMap(\.hosts).filter { !shared.contains($0) }
        return AccountTraces(
            names: names.map { RawText($0) } + contacts.flatMap { [RawText($0.id), $0.name, $0.email] },
            people: people, companies: companies, aliases: aliases.map(\.value),
            others: context.names.filter { !gone.contains($0) },
            organization: organization, deployments: own.map(\.id), hosts: hosts,
            contacts: contacts.map(\.id))
    }

    /// Keeps what goes with an account, so that no source brings it back.
    func forget(account id: String, _ traces: AccountTraces, _ seal: TextSeal) throws {
        let forgotten = try ForgottenRecords(database, seal)
        try forgotten.add(.account, [id])
        try forgotten.add(.organization, [traces.organization].compactMap { $0 })
        try forgotten.add(.deployment, traces.deployments)
        try forgotten.add(.host, traces.hosts)
        try forgotten.add(.contact, traces.contacts)
        try forgotten.add(
            .ticket, String.fetchAll(database, sql: "SELECT id FROM ticket WHERE account = ?", arguments: [id]))
        try forgetTickets(ofAccount: id, seal)
    }

    /// Keeps which tickets of other systems an account has, so that they do not come back from there.
    private func forgetTickets(ofAccount id: String, _ seal: TextSeal) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT system, remote FROM linkedTicket JOIN ticket ON ticket.number = linkedTicket.ticket
                WHERE account = ?
                """, arguments: [id])
        for row in rows {
            try database.execute(
                sql: "INSERT INTO forgottenTicket (hash) VALUES (?) ON CONFLICT DO NOTHING",
                arguments: [TenantStore.forgottenHash(row["remote"], row["system"], seal)])
            try database.execute(
                sql: "DELETE FROM unreadTicket WHERE system = ? AND remote = ?",
                arguments: [row["system"], row["remote"]])
        }
    }

    /// Removes an account and what it alone has.
    mutating func remove(account id: String, _ traces: AccountTraces, _ seal: TextSeal) throws {
        try removeUnsentNotes()
        try removeIncidents(of: id)
        try run("ticketEvents", "DELETE FROM ticketEvent WHERE field = 'account' AND ?1 IN (was, became)", [id])
        try run(
            "incidentTickets", "DELETE FROM incidentTicket WHERE ticket IN (SELECT id FROM ticket WHERE account = ?)",
            [id])
        try removeTickets(where: "account = ?", [id])
        for contact in traces.contacts {
            try remove(contact: Data(seal.hash(RawText(contact), as: FactKind.contact.rawValue)))
        }
        try run("aliases", "DELETE FROM alias WHERE account = ?", [id])
        for deployment in traces.deployments {
            try run("facts", "DELETE FROM fact WHERE kind = 'deployment' AND id = ?", [deployment])
            try run("releases", "DELETE FROM release WHERE deployment = ?", [deployment])
        }
        for host in traces.hosts { try run("topology", "DELETE FROM topology WHERE ?1 IN (caller, callee)", [host]) }
        try run("facts", "DELETE FROM fact WHERE kind = 'deployment' AND field = 'accounts' AND item = ?", [id])
        try run("facts", "DELETE FROM fact WHERE kind = 'account' AND id = ?", [id])
        if let organization = traces.organization {
            try run("facts", "DELETE FROM fact WHERE kind = 'organization' AND id = ?", [organization])
        }
    }

    /// Removes an account from incidents, and the incidents that are left without one.
    private mutating func removeIncidents(of account: String) throws {
        let incidents = try String.fetchAll(
            database, sql: "SELECT DISTINCT incident FROM incidentAccount WHERE account = ?", arguments: [account])
        try run("decisions", "DELETE FROM linkDecision WHERE account = ?", [account])
        try run("links", "DELETE FROM incidentAccount WHERE account = ?", [account])
        for incident in incidents {
            try run(
                "incidents",
                """
                DELETE FROM incident WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM incidentAccount WHERE incident = ?1)
                """, [incident])
        }
    }

    /// Removes a person with all that the person wrote; tickets lose these words, and the rest stays with the account.
    ///
    /// What a customer wrote whose name nobody has kept counts as the words of the ticket's contact.
    mutating func remove(contact hash: Data) throws {
        let tickets = """
            SELECT number FROM ticket WHERE contact = ?1 UNION SELECT ticket FROM interaction WHERE contact = ?1
            UNION SELECT ticket FROM channelMessage WHERE contact = ?1
            """
        let cited = try CitedTickets(tickets, [hash], database)
        try removeUnsentMessages(ofTickets: tickets, [hash])
        try removeUnsentNotes()
        try run("facts", "DELETE FROM fact WHERE kind = 'contact' AND id = ?", [hash])
        let own = "ticket IN (SELECT number FROM ticket WHERE contact = ?1)"
        let said = "contact = ?1 OR (side = 'customer' AND contact IS NULL AND \(own))"
        // What a machine wrote for the person too; of a ticket of the person the first message, and what is only cited.
        let received = """
            contact = ?1 OR (interaction IS NULL AND \(own))
                OR interaction IN (SELECT number FROM interaction WHERE \(said))
            """
        let sent = "SELECT interaction FROM channelMessage WHERE contact = ?1 AND interaction IS NOT NULL"
        let count = try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM channelMessage WHERE \(received)", arguments: [hash])
        try forgetReceived(where: received, [hash])
        let files = "SELECT number FROM channelMessage WHERE \(received)"
        try run("attachments", "DELETE FROM attachment WHERE message IN (\(files))", [hash])
        try run("interactions", "DELETE FROM interaction WHERE \(said) OR number IN (\(sent))", [hash])
        // Those of the interactions went with them.
        try database.execute(sql: "DELETE FROM channelMessage WHERE \(received)", arguments: [hash])
        add("channelMessages", count ?? 0)
        try run("texts", "UPDATE ticket SET contact = NULL, subject = '', body = '' WHERE contact = ?", [hash])
        try removeUnsaidCitations(cited)
        try removeUncited(cited)
    }

    /// The scopes whose records come from an account, by what the values of their accounts, tenants, organisations and
    /// deployments say.
    static func scopes(of names: [RawText], _ redactor: Redactor, _ database: Database) throws -> Set<Int64> {
        let keys: Set = ["account", "tenant", "organization", "deployment"]
        let known = Set(names.map { redactor.redact($0).string.lowercased() }.filter { !$0.isEmpty })
        let rows = try Row.fetchAll(database, sql: "SELECT number, text FROM scope")
        return Set(
            rows.compactMap { row in
                let members = try? JSONDecoder().decode([String: String].self, from: Data((row[1] as String).utf8))
                let isOf = members?.contains { keys.contains($0.key) && known.contains($0.value.lowercased()) }
                return isOf == true ? row[0] as Int64 : nil
            })
    }
}
