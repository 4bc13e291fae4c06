public import Records
internal import Synchronization

/// What sessions of one store know of its customers: what one system tells, the texts of all are searched for.
public final class KnownCustomers: Sendable {
    private struct Knowledge {
        var redactor: Redactor
        var companies = CompanyNames()
        /// The names that the redactor knows from the store.
        var people: Set<RawText> = []
        var organizations: Set<String> = []

        /// Takes the customers, and tells which of their names are new.
        mutating func news(in customers: CustomerContext) -> (people: [RawText], companies: [String]) {
            companies = CompanyNames(customers)
            let named = customers.organizations.map(\.name) + customers.accounts.map(\.name)
            let newOrganizations = Set(named.filter { !$0.isEmpty }).subtracting(organizations)
            let newPeople = Set(customers.contacts.map(\.name).filter { $0.count > 0 }).subtracting(people)
            organizations.formUnion(newOrganizations)
            people.formUnion(newPeople)
            return (Array(newPeople), newOrganizations.sorted())
        }
    }

    private let knowledge: Mutex<Knowledge>

    /// Begins with a redactor.
    ///
    /// - Parameters:
    ///   - redactor: The tenant's redactor, which knows the names of the customers.
    ///   - customers: The customers of the store.
    public init(_ redactor: Redactor, _ customers: CustomerContext = CustomerContext()) {
        var known = Knowledge(redactor: redactor)
        _ = known.news(in: customers)
        knowledge = Mutex(known)
    }

    /// The redactor as it is now.
    public var redactor: Redactor { knowledge.withLock { $0.redactor } }

    /// Takes what the store knows of its customers by now.
    public func renew(_ customers: CustomerContext) {
        knowledge.withLock { known in
            let (people, companies) = known.news(in: customers)
            guard !people.isEmpty || !companies.isEmpty else { return }
            known.redactor = known.redactor.knowing(people: people, companies: companies)
        }
    }

    /// The account that a system calls by some name; nil when none or several might be meant.
    func account(of company: String) -> String? { knowledge.withLock { $0.companies[company] } }

    /// Learns the names of some people and companies.
    func learn(people: [RawText], companies: [String]) {
        knowledge.withLock { $0.redactor = $0.redactor.knowing(people: people, companies: companies) }
    }
}
