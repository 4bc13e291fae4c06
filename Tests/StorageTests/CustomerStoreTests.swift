import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("Customers in a store")
struct CustomerStoreTests {
    private let folder: StoreFolder

    init() throws {
        folder = try StoreFolder()
    }

    @Test func `come back as they were kept`() throws {
        var known = try StoredDesk.store().customers()
        // A person that only a ticket names is known by the id.
        #expect(known.contacts.contains(Contact(id: "person-9")))
        known.contacts.removeAll { $0.id == "person-9" }
        #expect(known.organizations == StoredDesk.context.organizations)
        #expect(known.accounts == StoredDesk.context.accounts)
        #expect(known.deployments == StoredDesk.context.deployments)
        #expect(Set(known.contacts) == Set(StoredDesk.context.contacts))
        #expect(known.aliases == StoredDesk.context.aliases)
        #expect(known.topology == StoredDesk.context.topology)
        #expect(Set(known.releases) == Set(StoredDesk.context.releases))
    }

    @Test func `stand in the file without a name, a person's id or an address`() throws {
        let store = try StoredDesk.store(at: folder.store)
        for name in ["yachts", "plain foods", "zelda", "quimby", "person-1", "person-9", "bakery"] {
            #expect(try !folder.holds(name), "\(name)")
        }
        #expect(try store.accounts(alias: RawText("yachts.example")) == ["acct-1"])
        #expect(try store.accounts(alias: RawText("other.example")) == [])
    }

    @Test func `of several sources the latest counts, and what was said before stays`() throws {
        let store = try StoredDesk.store()
        func say(_ source: String, _ tier: String, _ days: Double) throws {
            try store.keep(
                CustomerContext(accounts: [Account(id: "acct-1", name: "Zyxwvut Sails", tier: tier)]), source: source,
                date: Instant(seconds: StoredDesk.time.seconds + days * 86_400), by: StoredDesk.entry())
        }
        func tier() throws -> String? { try store.customers().accounts.first { $0.id == "acct-1" }?.tier }
        try say("billing", "bronze", -1)
        #expect(try tier() == "gold")
        try say("billing", "platinum", 1)
        #expect(try tier() == "platinum")
        // What a source said later is not undone by what it said before.
        try say("billing", "bronze", 0)
        #expect(try tier() == "platinum")
        try say("audit", "copper", 1)
        #expect(try tier() == "copper")
        let conflict = try #require(try store.conflicts().first)
        #expect(try store.conflicts().count == 1)
        #expect(conflict.kind == "account" && conflict.id == "acct-1" && conflict.field == "tier")
        #expect(conflict.claims.map(\.source) == ["audit", "billing", "crm"])
        #expect(try store.customers().accounts.first?.slaHours == 4)
    }

    @Test func `names that differ are a conflict, and equal ones that are sealed anew are none`() throws {
        let store = try StoredDesk.store()
        let accounts = [Account(id: "acct-1", name: "Zyxwvut Sails"), Account(id: "acct-2", name: "Plain Bread")]
        try store.keep(
            CustomerContext(accounts: accounts), source: "billing", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(try store.conflicts().map(\.id) == ["acct-2"])
        #expect(try store.conflicts().map(\.field) == ["name"])
    }

    @Test func `a list loses what its source has no more`() throws {
        let store = try StoredDesk.store()
        let moved = Deployment(id: "dep-2", hosts: ["host-4"], accounts: ["acct-2"])
        try store.keep(
            CustomerContext(deployments: [moved]), source: "crm", date: StoredDesk.time, by: StoredDesk.entry())
        try store.keep(
            CustomerContext(deployments: [Deployment(id: "dep-2", hosts: ["host-5"])]), source: "cmdb",
            date: StoredDesk.time, by: StoredDesk.entry())
        let known = try store.customers().deployments.first { $0.id == "dep-2" }
        #expect(known?.hosts.sorted() == ["host-4", "host-5"])
        #expect(known?.accounts == ["acct-2"])
    }

    @Test func `need the key that they were sealed with`() throws {
        _ = try StoredDesk.store(at: folder.store)
        let other = try StoredDesk.key("another key of twenty")
        #expect(throws: StorageError.wrongKey(file: folder.store)) { try TenantStore(path: folder.store, key: other) }
        let blind = try TenantStore(path: folder.store)
        #expect(try blind.isSealed() && !blind.hasKey)
        #expect(throws: StorageError.noKey(file: folder.store)) { try blind.customers() }
        #expect(
            try TenantStore(path: folder.store, key: StoredDesk.key(), access: .reading).customers().accounts.count == 2
        )
    }

    @Test func `what is imported or erased after an entry of the audit log is news, and what is synced is none`() throws
    {
        let store = try StoredDesk.store()
        let first = try store.customerNews(after: 0)
        #expect(first.isThere)
        #expect(try store.customerNews(after: first.last) == (first.last, false))
        try store.record(StoredDesk.entry(.synced))
        let second = try store.customerNews(after: first.last)
        #expect(second == (first.last + 1, false))
        for action in [AuditEntry.Action.imported, .erased] {
            try store.record(StoredDesk.entry(action))
            #expect(try store.customerNews(after: second.last).isThere)
        }
        #expect(try TenantStore(inMemoryWith: StoredDesk.key()).customerNews(after: 0) == (0, false))
    }

    @Test func `cells that were swapped do not open`() throws {
        let store = try StoredDesk.store(at: folder.store)
        try DatabaseQueue(path: folder.store).write {
            try $0.execute(
                sql: """
                    UPDATE fact SET value = (SELECT value FROM fact WHERE kind = 'account' AND id = 'acct-2' AND field = 'name')
                    WHERE kind = 'account' AND id = 'acct-1' AND field = 'name'
                    """)
        }
        #expect(throws: StorageError.damaged(file: folder.store, reason: "a sealed text was changed or moved")) {
            try store.customers()
        }
        #expect(try store.check().problems == ["sealed texts that were changed or moved: 1"])
    }

    @Test func `a database of another program is not touched`() throws {
        try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        #expect(throws: StorageError.unusable(file: folder.store, reason: "a database of another program")) {
            try TenantStore(path: folder.store)
        }
        #expect(throws: StorageError.missing(file: folder.path + "/none")) {
            try TenantStore(path: folder.path + "/none", access: .existing)
        }
    }
}
