internal import Records
internal import Storage

/// Who is who in a system, as far as tickets have named them; of very many people the last ones.
struct KnownPeople {
    private static let most = 100_000
    private static let atATime = 100

    fileprivate(set) var people = TicketArrival.People()
    /// The names of customers that have come since they were taken.
    private var newNames: [RawText] = []
    private var unknown: Set<String> = []

    /// Asks for the people whom tickets and messages name and who are not known yet, and finds their accounts.
    ///
    /// - Returns: What went wrong with whom; they are asked for again the next time.
    mutating func learn(
        _ read: [(RemoteTicket, [RemoteMessage]?)], from system: any TicketSystem, store: TenantStore, as name: String
    ) async throws(SyncSession.Stop) -> [(ids: [String], fault: SystemFault)] {
        if people.known.count > Self.most { (people, unknown) = (TicketArrival.People(), []) }
        var faults: [(ids: [String], fault: SystemFault)] = []
        var asked: Set<String> = []
        for (ticket, messages) in read {
            if let requester = ticket.requester { asked.insert(requester) }
            for message in messages ?? [] { if let author = message.author { asked.insert(author) } }
            if let organization = ticket.organization { try learn(organization: organization, store, as: name) }
        }
        let missing = asked.filter { people.known[$0] == nil && !unknown.contains($0) }.sorted()
        for chunk in missing.chunks(of: Self.atATime) {
            switch await Asking.result({ () async throws(SystemFault) in try await system.people(chunk) }) {
            case .success(let found):
                for person in found { try learn(person, store, as: name) }
                unknown.formUnion(Set(chunk).subtracting(found.map(\.id)))
            case .failure(let fault): faults.append((chunk, fault))
            }
        }
        return faults
    }
}

extension KnownPeople {
    /// Takes the names of customers that have come since the last call.
    mutating func takeNames() -> [RawText] {
        defer { newNames = [] }
        return newNames
    }

    /// An organisation of the system is an account when one has its id, behind the name of the system and a colon, among its aliases.
    private mutating func learn(
        organization: String, _ store: TenantStore, as name: String
    ) throws(SyncSession.Stop) {
        guard people.accounts[organization] == nil else { return }
        people.accounts[organization] = try account(RawText("\(name):\(organization)"), store)
    }

    /// A person belongs to the account of their organisation; else to the only one that has the domain of their mail.
    private mutating func learn(
        _ person: RemotePerson, _ store: TenantStore, as name: String
    ) throws(SyncSession.Stop) {
        people.known[person.id] = person
        // An address is found in texts by its form.
        if !person.isAgent, person.name != RawText(""), person.name.mailDomain == nil { newNames.append(person.name) }
        if let organization = person.organization {
            try learn(organization: organization, store, as: name)
            people.accounts[person.id] = people.accounts[organization]
        }
        if people.accounts[person.id] == nil, let domain = person.email?.mailDomain {
            people.accounts[person.id] = try account(domain, store)
        }
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
