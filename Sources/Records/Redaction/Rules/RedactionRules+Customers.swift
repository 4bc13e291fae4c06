extension RedactionRules {
    /// Adds the people and companies of a tenant's customers: their names are then found in any text of the tenant.
    public mutating func add(_ customers: CustomerContext) {
        var companies = Set(customers.organizations.map(\.name)).union(customers.accounts.map(\.name))
        companies.remove("")
        contacts += companies.sorted().map { Contact(company: $0) }
        contacts += customers.contacts.compactMap { contact in
            contact.name.bytes.isEmpty ? nil : Contact(person: String(decoding: contact.name.bytes, as: UTF8.self))
        }
    }
}
