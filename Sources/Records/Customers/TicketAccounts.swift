/// Finds the account of a ticket that does not say it.
public struct TicketAccounts: Sendable {
    private let directory: CustomerDirectory
    private let names: AccountNames
    private var contacts: [String: Contact] = [:]
    private var addresses: [RawText: String] = [:]

    /// Learns the names and addresses of a tenant's customers.
    public init(_ context: CustomerContext) {
        directory = CustomerDirectory(context)
        names = AccountNames(directory)
        add(context.contacts)
    }

    /// Learns of contacts that have no account, or the one that their address was found to have here.
    ///
    /// - Complexity: O(contacts).
    public mutating func add(_ contacts: [Contact]) {
        // Their accounts need no further names: what names them is the address or the domain by which they were found.
        for contact in contacts {
            self.contacts[contact.id] = contact
            guard contact.email.count > 0 else { continue }
            let address = Self.folded(contact.email)
            if addresses[address] == nil { addresses[address] = contact.id }
        }
    }

    /// The id of the contact that has a mail address, or of the first of several; nil when nobody has it.
    public func contact(ofAddress address: RawText) -> String? { addresses[Self.folded(address)] }

    /// Whether there is a contact with an id.
    public func knows(contact id: String) -> Bool { contacts[id] != nil }

    private static func folded(_ address: RawText) -> RawText {
        RawText(bytes: address.bytes.map { 65...90 ~= $0 ? $0 | 0x20 : $0 })
    }

    /// The id of the account.
    ///
    /// - Parameters:
    ///   - contact: The contact as the ticket has it: an id, or a mail address.
    ///   - texts: What the customer wrote.
    /// - Returns: The account of the contact; else the one whose address or domain of mail is the contact's; else the only one that is
    ///   named in the texts in a way that says enough by itself; nil when there is none.
    public func account(contact: String?, texts: [RawText]) -> String? {
        if let contact {
            if let account = contacts[contact]?.account { return account }
            let mail = contacts[contact]?.email ?? RawText(contact)
            if let index = mail.withBytes({ names.account(ofMail: $0) }) { return directory.accounts[index].id }
        }
        var named: Set<Int> = []
        for text in texts {
            named.formUnion(text.withBytes { names.accounts(namedIn: UnsafeRawBufferPointer($0)) })
        }
        guard named.count == 1, let index = named.first else { return nil }
        return directory.accounts[index].id
    }
}
