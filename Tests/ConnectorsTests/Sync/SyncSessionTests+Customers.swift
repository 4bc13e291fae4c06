import Connectors
import Records
import Storage
import TestSupport
import Testing

extension SyncSessionTests {
    private static let context = CustomerContext(
        accounts: [
            Account(id: "mill", name: "Acorn Mills Ltd"), Account(id: "freight", name: "Birch Freight"),
            Account(id: "optics"),
        ],
        aliases: [AccountAlias(account: "optics", kind: "domain", value: "cedar.example")])

    /// Reads the ticket of one who belongs to organisation 1, while the store knows some customers.
    private func read(ticketOf organization: String?, _ organizations: Result<[RemoteOrganization], SystemFault>)
        async throws -> String?
    {
        try store.keep(
            Self.context, source: "crm", date: Instant(seconds: 1),
            by: AuditEntry(time: Instant(seconds: 1), actor: "ana", action: .imported))
        system.change { ($0.requester, $0.organization) = ("c", organization) }
        let person = RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), organization: "1", isAgent: false)
        system.tell(.success([person]))
        system.tellOrganizations(organizations)
        let session = try Self.session(system, store, customers: try Self.customers(Self.context))
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try await end(running)
        return try store.ticket("desk:7")?.account
    }

    @Test(arguments: [
        (String?.some("1"), [RemoteOrganization(id: "1", name: "ACORN MILLS")], String?.some("mill")),
        (nil, [RemoteOrganization(id: "1", name: "ACORN MILLS")], "mill"),
        // Of somebody of two organisations the one of the ticket counts.
        (
            "2",
            [RemoteOrganization(id: "1", name: "Acorn Mills"), RemoteOrganization(id: "2", name: "Birch Freight")],
            "freight"
        ),
        ("1", [RemoteOrganization(id: "1", name: "Acorn Mills", domains: ["cedar.example"])], "optics"),
        ("1", [RemoteOrganization(id: "1", name: "Nobody")], nil),
        ("1", [], nil),
    ])
    func `an organisation is the account that has its domain or its name`(
        organization: String?, told: [RemoteOrganization], account: String?
    ) async throws {
        #expect(try await read(ticketOf: organization, .success(told)) == account)
    }

    @Test func `who may not see organisations reads tickets all the same`() async throws {
        #expect(try await read(ticketOf: "1", .failure(.forbidden("no"))) == nil)
        #expect(try store.unreadCount(of: "desk") == 0)
    }

    @Test func `a ticket waits until it is known whose it is`() async throws {
        system.change { $0.organization = "1" }
        system.tellOrganizations(.failure(.unavailable(status: 500, retryAfter: nil)))
        let session = try Self.session(system, store, customers: try Self.customers(Self.context))
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.unreadCount(of: "desk") == 1 }
        #expect(try store.ticket("desk:7") == nil)
        system.tellOrganizations(.success([RemoteOrganization(id: "1", name: "Acorn Mills")]))
        try await eventually { try store.ticket("desk:7") != nil }
        #expect(try store.ticket("desk:7")?.account == "mill")
        try await end(running)
    }

    @Test func `names of companies that a system tells, and of customers that came later, are kept out of texts`()
        async throws
    {
        let customers = try Self.customers()
        customers.renew(CustomerContext(contacts: [Contact(id: "o", name: RawText("Olmira Zuvenko"))]))
        system.change { $0.organization = "1" }
        system.tellOrganizations(.success([RemoteOrganization(id: "1", name: "Zwirnwerk Ostrava")]))
        system.say(
            RemoteMessage(
                id: "1", time: Instant(seconds: 6_000), text: RawText("Olmira Zuvenko, Zwirnwerk Ostrava")))
        let session = try Self.session(system, store, customers: customers)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try await end(running)
        let text = try #require(try store.interactions(ofTicket: "desk:7").first?.text.string)
        #expect(!text.contains("Olmira") && !text.contains("Zwirnwerk"))
    }
}
