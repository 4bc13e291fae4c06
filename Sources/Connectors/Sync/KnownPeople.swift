internal import Records
internal import Storage

/// Who is who in a system, as far as tickets have named them; of very many people the last ones.
struct KnownPeople {
    private static let most = 100_000
    /// The seconds after which all are asked for again.
    private static let lasting = 3_600.0

    private let since: Instant
    fileprivate(set) var people = TicketArrival.People()
    private var organizations: [String: RemoteOrganization] = [:]
    /// Those whose names have been learnt.
    private var named: Set<String> = []
    /// The names of customers that have come since they were taken.
    private var newNames: (people: [RawText], companies: [String]) = ([], [])
    /// Those of whom the system does not tell.
    private var unknown: Set<String> = []
    private var unknownOrganizations: Set<String> = []

    /// Asks for the people and organisations that tickets and messages name and that are not known yet, and finds their accounts.
    ///
    /// - Returns: What went wrong, and what of it keeps which tickets from being told now; it is asked for again the next time.
    mutating func learn(
        _ read: [(RemoteTicket, [RemoteMessage]?)], from system: any TicketSystem, store: TenantStore,
        customers: KnownCustomers, as name: String, at now: Instant
    ) async throws(SyncSession.Stop) -> (faults: [SystemFault], left: [String: SystemFault]) {
        if people.known.count > Self.most || now.seconds - since.seconds > Self.lasting { self = KnownPeople(now) }
        let asked = Set(read.flatMap(Self.names))
        let persons = await Some.of(asked.filter { people.known[$0] == nil && !unknown.contains($0) }) {
            ids async throws(SystemFault) in try await system.people(ids)
        }
        for person in persons.found { people.known[person.id] = person }
        let requesters = Set(read.compactMap(\.0.requester))
        for id in asked { learnName(of: id, isRequester: requesters.contains(id)) }
        unknown.formUnion(persons.asked.subtracting(persons.found.map(\.id)))
        for (ticket, messages) in read {
            // Of whom the system tells nothing, the text that mentions them has a name.
            for (id, name) in Self.mentioned(in: ticket, messages)
            where unknown.contains(id) && named.insert(id).inserted {
                newNames.people.append(name)
            }
        }
        let theirs = asked.compactMap { people.known[$0]?.organization }
        let wanted = Set(theirs + read.compactMap(\.0.organization))
        let companies = await Some.of(
            wanted.filter { organizations[$0] == nil && !unknownOrganizations.contains($0) }
        ) { ids async throws(SystemFault) in try await system.organizations(ids) }
        for company in companies.found { know(company) }
        unknownOrganizations.formUnion(companies.asked.subtracting(companies.found.map(\.id)))
        // Accounts are found by what else is known where organisations may not be seen.
        for (id, fault) in companies.faults where !fault.isPassing { unknownOrganizations.insert(id) }
        // One whose account is not known may have been imported meanwhile.
        for id in wanted where people.companies[id] == nil {
            people.companies[id] = try account(organization: id, store, customers, as: name)
        }
        for id in asked where people.accounts[id] == nil { people.accounts[id] = try account(person: id, store) }
        var left: [String: SystemFault] = [:]
        for (ticket, messages) in read {
            let names = Self.names(in: ticket, messages)
            let places = names.compactMap { people.known[$0]?.organization } + [ticket.organization].compactMap { $0 }
            let faults = names.compactMap { persons.faults[$0] } + places.compactMap { companies.faults[$0] }
            left[ticket.id] = faults.first(where: \.isPassing)
        }
        return (persons.all + companies.all, left)
    }
}

extension KnownPeople {
    /// Nobody is known.
    init(_ now: Instant) { since = now }

    /// What a system told of some of those whom it was asked for, and the faults in place of the others.
    private struct Some<Record: Sendable> {
        private static var atATime: Int { 100 }

        private(set) var found: [Record] = []
        /// Those of whom it has said what it knows.
        private(set) var asked: Set<String> = []
        private(set) var faults: [String: SystemFault] = [:]
        /// The faults, each once.
        private(set) var all: [SystemFault] = []

        static func of(
            _ ids: Set<String>, _ request: ([String]) async throws(SystemFault) -> [Record]
        ) async -> Some {
            var some = Some()
            for chunk in ids.sorted().chunks(of: atATime) {
                switch await Asking.result({ () async throws(SystemFault) in try await request(chunk) }) {
                case .success(let found):
                    some.found += found
                    some.asked.formUnion(chunk)
                case .failure(let fault):
                    some.all.append(fault)
                    for id in chunk { some.faults[id] = fault }
                }
            }
            return some
        }
    }

    /// Takes the names of customers that have come since the last call.
    mutating func takeNames() -> (people: [RawText], companies: [String]) {
        defer { newNames = ([], []) }
        return newNames
    }

    private static func names(in ticket: RemoteTicket, _ messages: [RemoteMessage]?) -> [String] {
        [ticket.requester].compactMap { $0 } + (messages ?? []).compactMap(\.author)
            + mentioned(in: ticket, messages).map(\.key)
    }

    private static func mentioned(
        in ticket: RemoteTicket, _ messages: [RemoteMessage]?
    ) -> [(key: String, value: RawText)] {
        ticket.mentioned + (messages ?? []).flatMap(\.mentioned)
    }

    /// Who asks is a customer, whatever account they have.
    private mutating func learnName(of id: String, isRequester: Bool) {
        // An address is found in texts by its form.
        guard let person = people.known[id], !person.isAgent || isRequester, person.name != RawText(""),
            person.name.mailDomain == nil, named.insert(id).inserted
        else { return }
        newNames.people.append(person.name)
    }

    private mutating func know(_ company: RemoteOrganization) {
        organizations[company.id] = company
        if !company.name.isEmpty { newNames.companies.append(company.name) }
    }

    /// An organisation is the account that has its id, behind the name of the system and a colon, among its aliases; else the
    /// only one that has one of its mail domains; else the only one that has its name.
    private func account(
        organization: String, _ store: TenantStore, _ customers: KnownCustomers, as name: String
    ) throws(SyncSession.Stop) -> String? {
        if let account = try account("\(name):\(organization)", store) { return account }
        guard let known = organizations[organization] else { return nil }
        var byDomain: Set<String> = []
        for domain in known.domains {
            if let account = try account(domain, store) { byDomain.insert(account) }
        }
        if let only = byDomain.first, byDomain.count == 1 { return only }
        return customers.account(of: known.name)
    }

    /// A person belongs to the account of their organisation; else to the only one that has the domain of their mail.
    private func account(person id: String, _ store: TenantStore) throws(SyncSession.Stop) -> String? {
        guard let person = people.known[id] else { return nil }
        if let account = person.organization.flatMap({ people.companies[$0] }) { return account }
        guard let domain = person.email?.mailDomain else { return nil }
        return try account(domain, store)
    }

    private func account(_ alias: String, _ store: TenantStore) throws(SyncSession.Stop) -> String? {
        try account(RawText(alias), store)
    }

    private func account(_ alias: RawText, _ store: TenantStore) throws(SyncSession.Stop) -> String? {
        do {
            let accounts = try store.accounts(alias: alias)
            return accounts.count == 1 ? accounts[0] : nil
        } catch {
            throw .store(error)
        }
    }
}
