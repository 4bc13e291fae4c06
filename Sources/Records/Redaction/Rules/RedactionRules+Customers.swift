extension RedactionRules {
    /// Adds the people and companies of a tenant's customers: their names are then found in any text of the tenant.
    public mutating func add(_ customers: CustomerContext) { contacts += Contact.all(of: customers) }
}

extension RedactionRules.Contact {
    /// The people and companies of a tenant's customers, and what machines call these.
    ///
    /// An alias of one word of letters counts where it is a word of the company's own name and of no other's, as a company by that name:
    /// what is called `support` alone may be anything. Network addresses are found by their form.
    public static func all(of customers: CustomerContext) -> [RedactionRules.Contact] {
        var companies = Set(customers.organizations.map(\.name)).union(customers.accounts.map(\.name))
        companies.remove("")
        let owners = Owners(customers)
        let aliases = customers.aliases.filter { AddressRange($0.value) == nil }.compactMap { alias in
            if NameTable.isDistinct(alias: alias.value) { return RedactionRules.Contact(alias: alias.value) }
            return owners.isName(alias) ? RedactionRules.Contact(company: alias.value) : nil
        }
        return companies.sorted().map { RedactionRules.Contact(company: $0) } + aliases
            + customers.contacts.map(\.name).filter { $0.count > 0 }.map { RedactionRules.Contact(person: $0) }
    }

    /// A person.
    init(person: RawText) { self.init(person: String(decoding: person.bytes, as: UTF8.self)) }

    /// Which company's name alone has a word.
    private struct Owners {
        /// By the hash of the word; nil where the names of several companies have it.
        private var companies: [UInt64: String?] = [:]
        /// The company of each account.
        private var companyOfAccount: [String: String] = [:]

        init(_ customers: CustomerContext) {
            for organization in customers.organizations { enter(organization.name, of: organization.id) }
            for account in customers.accounts {
                let company = account.organization ?? account.id
                companyOfAccount[account.id] = company
                enter(account.name, of: company)
            }
        }

        private mutating func enter(_ name: String, of company: String) {
            for word in NameTable.hashes(ofWordsIn: name) {
                if let other = companies[word] {
                    if other != company { companies[word] = .some(nil) }
                } else {
                    companies[word] = company
                }
            }
        }

        func isName(_ alias: AccountAlias) -> Bool {
            let words = NameTable.hashes(ofWordsIn: alias.value)
            guard words.count == 1, let company = companyOfAccount[alias.account] else { return false }
            return companies[words[0]] == .some(company)
        }
    }
}
