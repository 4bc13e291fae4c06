/// Finds accounts by the names of companies, without case, diacritics, signs and what the law calls a company.
public struct CompanyNames: Sendable {
    /// By the hash of the words; nil where several have the name.
    private var accounts: [UInt64: String?] = [:]
    private var organizations: [UInt64: String?] = [:]

    /// Takes the names of accounts, and those of organisations that have one account.
    public init(_ customers: CustomerContext = CustomerContext()) {
        for account in customers.accounts { Self.enter(account.id, as: account.name, in: &accounts) }
        let names = Dictionary(
            customers.organizations.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        for account in customers.accounts {
            guard let name = account.organization.flatMap({ names[$0] }) else { continue }
            Self.enter(account.id, as: name, in: &organizations)
        }
    }

    /// The account of a company; nil where none has the name, or several have.
    ///
    /// An account's own name goes before that of its organisation.
    public subscript(name: String) -> String? {
        guard let hash = NameTable.company(name) else { return nil }
        return (accounts[hash] ?? organizations[hash]) ?? nil
    }

    private static func enter(_ account: String, as name: String, in names: inout [UInt64: String?]) {
        guard let hash = NameTable.company(name) else { return }
        if let other = names[hash] {
            if other != account { names[hash] = .some(nil) }
        } else {
            names[hash] = account
        }
    }
}
