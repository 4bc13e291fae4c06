public import Records
internal import Synchronization

/// What sessions of one store know of its customers: what one system tells, the texts of all are searched for.
public final class KnownCustomers: Sendable {
    private struct Knowledge {
        var redactor: Redactor
        var companies = CompanyNames()
        /// The names that the redactor knows from the store.
        var contacts: Set<RedactionRules.Contact> = []

        /// Takes the customers, and tells which of their names are new.
        mutating func news(in customers: CustomerContext) -> [RedactionRules.Contact] {
            companies = CompanyNames(customers)
            return RedactionRules.Contact.all(of: customers).filter { contacts.insert($0).inserted }
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
            let contacts = known.news(in: customers)
            if !contacts.isEmpty { known.redactor = known.redactor.knowing(contacts) }
        }
    }

    /// The account that a system calls by some name; nil when none or several might be meant.
    func account(of company: String) -> String? { knowledge.withLock { $0.companies[company] } }

    /// Learns the names of some people and companies.
    func learn(people: [RawText], companies: [String]) {
        knowledge.withLock { $0.redactor = $0.redactor.knowing(people: people, companies: companies) }
    }
}
