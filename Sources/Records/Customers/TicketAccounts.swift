/// Finds the account of a ticket that does not say it.
struct TicketAccounts: Sendable {
    private let directory: CustomerDirectory
    private let names: AccountNames
    private let contacts: [String: Contact]

    init(_ context: CustomerContext) {
        directory = CustomerDirectory(context)
        names = AccountNames(directory)
        contacts = Dictionary(context.contacts.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// The id of the account.
    ///
    /// - Parameters:
    ///   - contact: The contact as the ticket has it: an id, or a mail address.
    ///   - texts: What the customer wrote.
    /// - Returns: The account of the contact; else the one whose address or domain of mail is the contact's; else the only one that is
    ///   named in the texts in a way that says enough by itself; nil when there is none.
    func account(contact: String?, texts: [String]) -> String? {
        if let contact {
            if let account = contacts[contact]?.account { return account }
            let mail = contacts[contact]?.email ?? RawText(contact)
            if let index = mail.withBytes({ names.account(ofMail: $0) }) { return directory.accounts[index].id }
        }
        var named: Set<Int> = []
        for var text in texts {
            named.formUnion(text.withUTF8 { names.accounts(namedIn: UnsafeRawBufferPointer($0)) })
        }
        guard named.count == 1, let index = named.first else { return nil }
        return directory.accounts[index].id
    }
}
