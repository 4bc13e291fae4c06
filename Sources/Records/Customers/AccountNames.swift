/// Every name by which logs and letters may call the accounts and deployments of a directory.
///
/// Names are compared in the normal form of ``NameHash``: ids, names, names of organisations with one account, aliases, the numbers of ids
/// that share their letters, the first eight digits of long hexadecimal ids, ids and mail addresses of contacts, and domains of mail that
/// the contacts of one account alone have. A name that two accounts claim belongs to none of them, see ``claimants(_:)``; but a name that
/// only follows from others takes nothing from one that is stated as an id, a name or an alias.
public struct AccountNames: Sendable {
    /// How much a name says where it stands alone.
    @frozen
    public enum Distinction: UInt8, Sendable, BitwiseCopyable {
        /// Nothing else is likely to be called so.
        case distinct
        /// It may be an ordinary word.
        case word
        /// It is a number, and so may be any number of as many digits; see ``AccountNames/chance(ofNumberAt:)``.
        case number
    }

    /// An account by one of its names.
    @frozen
    public struct Name: Sendable, Hashable, BitwiseCopyable {
        /// The index of the account.
        public var account: Int32
        /// Whether it is its id or another name.
        public var form: AccountMention.Form
        /// How much it says.
        public var distinction: Distinction

        @inlinable
        init(account: Int32, form: AccountMention.Form, distinction: Distinction) {
            (self.account, self.form, self.distinction) = (account, form, distinction)
        }
    }

    /// What is called by a name.
    @frozen
    public struct Meaning: Sendable, BitwiseCopyable {
        /// The index of the account; -1 for none, -2 where several claim the name.
        public var account: Int32 = -1
        /// The index of the deployment; -1 for none, -2 where several have the name.
        public var deployment: Int32 = -1
        /// Whether it is the id of the account or another name.
        public var form = AccountMention.Form.id
        /// How much it says of the account.
        public var distinction = Distinction.word
        /// Whether a name of several words begins so.
        public var isBeginning = false
        /// Whether nobody states the name, but it follows from others.
        var isDerived = false

        /// The account; nil when there is none.
        @inlinable @inline(__always)
        public var name: Name? {
            account >= 0 ? Name(account: account, form: form, distinction: distinction) : nil
        }
    }

    /// The most bytes of a name.
    public static let longest = 96
    /// The most words of a name.
    public static let mostWords = 6
    /// The most bytes between two words of a name, as in `DE:7` and "Ash & Oak".
    public static let longestGap = 3
    /// The most accounts that a name that several claim is kept for.
    static let mostClaimants = 8

    @usableFromInline var meanings = HashedTable<Meaning>(none: Meaning())
    private var similar = HashedTable<Int32>(none: -1)
    private var ranges = AddressRanges()
    private var claims: [UInt64: [Int32]] = [:]
    private var numbers = [Int](repeating: 0, count: 57)

    /// Collects the names of a directory.
    public init(_ directory: CustomerDirectory) {
        var accountsOfOrganization = [[Int]](repeating: [], count: directory.organizations.count)
        for (index, account) in directory.accounts.enumerated() {
            add(account.id, Int32(truncatingIfNeeded: index), .id)
            add(account.name, Int32(truncatingIfNeeded: index), .alias)
            if let organization = directory.organizationOfAccount[index] {
                accountsOfOrganization[organization].append(index)
            }
        }
        for alias in directory.context.aliases {
            guard let index = directory.accountIndex[alias.account] else { continue }
            if let range = AddressRange(alias.value) {
                ranges.add(range, account: Int32(truncatingIfNeeded: index))
            } else {
                add(alias.value, Int32(truncatingIfNeeded: index), .alias)
            }
        }
        for (organization, accounts) in zip(directory.organizations, accountsOfOrganization) where accounts.count == 1 {
            add(organization.id, Int32(truncatingIfNeeded: accounts[0]), .alias, isDerived: true)
            add(organization.name, Int32(truncatingIfNeeded: accounts[0]), .alias, isDerived: true)
        }
        for (index, account) in directory.accounts.enumerated() {
            addForms(of: account.id, Int32(truncatingIfNeeded: index))
        }
        for alias in directory.context.aliases {
            guard let index = directory.accountIndex[alias.account] else { continue }
            addForms(of: alias.value, Int32(truncatingIfNeeded: index))
        }
        addNumbers(directory.accounts.map(\.id))
        addContacts(directory)
        addDeployments(directory.deployments)
        ranges.settle()
    }

    /// What is called by a name; nil when nothing is.
    @inlinable @inline(__always)
    public func meaning(_ hash: NameHash) -> Meaning? { meanings[hash.finished] }

    /// The accounts that claim a name that belongs to none because several do; none for other names.
    public func claimants(_ hash: NameHash) -> [Int32] { claims[hash.finished] ?? [] }

    /// The chance that a number is the name of an account by accident, from the least to the most: how dense the names are among the numbers of its
    /// magnitude and of the one below, as ids are given one after another and end somewhere.
    ///
    /// - Parameter magnitude: As of ``NameHash/magnitude``.
    public func chance(ofNumberAt magnitude: Int) -> ClosedRange<Double> {
        let (own, below) = (density(magnitude), density(magnitude - 1))
        return min(own, below)...max(own, below)
    }

    private func density(_ magnitude: Int) -> Double {
        guard numbers.indices.contains(magnitude) else { return 0 }
        var all = [1.0, 3, 5][magnitude % 3]
        for _ in 0..<(magnitude / 3) { all *= 10 }
        return min(1, Double(numbers[magnitude]) / all)
    }

    /// The account of a network address; nil when the bytes are none or it is in no range.
    public func account(ofAddress bytes: UnsafeRawBufferPointer) -> Name? {
        guard let address = NetworkAddress(bytes), let account = ranges.account(of: address) else { return nil }
        return Name(account: account, form: .address, distinction: .distinct)
    }

    /// Whether some account is known by network addresses.
    public var hasAddresses: Bool { !ranges.isEmpty }
    /// Whether some account is known by network addresses of IPv6.
    public var hasLongAddresses: Bool { ranges.hasLongAddresses }

    /// The account one of whose names differs by one byte left out, added or changed, where no other's does.
    ///
    /// Names of six bytes and more in normal form that say enough by themselves are compared, with digits as they are: two ids that differ
    /// in a digit are two ids.
    public func accountOfSimilar(_ bytes: UnsafeRawBufferPointer) -> Name? {
        guard bytes.count >= 6, bytes.count <= 64 else { return nil }
        let normal = NameDeletions(bytes)
        guard normal.count >= 6, normal.count <= NameDeletions.longest else { return nil }
        var found: Int32?
        var isClear = true
        normal.forEach { hash in
            guard let account = similar[hash] else { return }
            if account < 0 || found ?? account != account { isClear = false }
            found = account
        }
        guard let found, isClear else { return nil }
        return Name(account: found, form: .similar, distinction: .distinct)
    }

    // MARK: - Collecting

    /// Adds the forms in which programs write an id.
    private mutating func addForms(of identifier: String, _ account: Int32) {
        let bytes = Array(identifier.utf8)
        let digits = bytes.filter { $0 != UInt8(ascii: "-") }
        if digits.count == 32, digits.allSatisfy({ $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }) {
            // Programs cut long hexadecimal ids.
            add(String(decoding: digits.prefix(8), as: UTF8.self), account, .alias, isDerived: true)
        }
        guard let (stem, number) = Self.numbered(bytes), number.first == UInt8(ascii: "0") else { return }
        let short = number.drop { $0 == UInt8(ascii: "0") }
        if !short.isEmpty { add(String(decoding: stem + short, as: UTF8.self), account, .alias, isDerived: true) }
    }

    private mutating func add(
        _ text: String, _ account: Int32, _ form: AccountMention.Form, isDerived: Bool = false
    ) {
        let hash = NameHash(text.utf8)
        guard hash.count >= 2 || hash.digits > 0, text.utf8.count <= Self.longest else { return }
        let distinction = Self.distinction(text, hash)
        var claimed: Int32 = -1
        var isTaken = false
        meanings.update(hash.finished) { meaning in
            claimed = meaning.account
            isTaken = claimed != -1 && claimed != account && isDerived && !meaning.isDerived
            if isTaken || (claimed == account && meaning.form.rawValue <= form.rawValue) { return }
            meaning.account = claimed == -1 || claimed == account ? account : -2
            meaning.form = form
            meaning.distinction = distinction
            meaning.isDerived = isDerived
        }
        if isTaken { return }
        if claimed == -1 {
            if distinction == .number { numbers[min(56, hash.magnitude)] += 1 }
        } else if claimed != account {
            var all = claims[hash.finished] ?? (claimed >= 0 ? [claimed] : [])
            if all.count < Self.mostClaimants, !all.contains(account) { all.append(account) }
            claims[hash.finished] = all
        }
        addBeginnings(of: text)
        if distinction == .distinct, !isDerived { addSimilar(text, account) }
    }

    private mutating func addSimilar(_ text: String, _ account: Int32) {
        let normal = Array(text.utf8).withUnsafeBytes { NameDeletions($0) }
        guard normal.count >= 6, normal.count <= NameDeletions.longest else { return }
        normal.forEach { similar.update($0) { $0 = $0 == -1 || $0 == account ? account : -2 } }
    }

    private static func distinction(_ text: String, _ hash: NameHash) -> Distinction {
        if hash.digits == hash.count { return .number }
        if hash.digits > 0 { return hash.count >= 4 ? .distinct : .word }
        let parts = text.utf8.split { [0x20, 0x2D, 0x2E, 0x40, 0x5F].contains($0) }
        return hash.count >= 12 || (parts.count > 1 && hash.count >= 7) ? .distinct : .word
    }

    /// The digits at the end of an id, and what stands before them; nil when it is not made of both.
    private static func numbered(_ id: [UInt8]) -> (stem: ArraySlice<UInt8>, number: ArraySlice<UInt8>)? {
        let digits = id.reversed().prefix { $0 &- 0x30 < 10 }.count
        guard digits > 0, digits < id.count else { return nil }
        return (id[..<(id.count - digits)], id[(id.count - digits)...])
    }

    /// The numbers of ids that share their letters: 42 for `acct-0042`.
    private mutating func addNumbers(_ ids: [String]) {
        let parts = ids.map { Self.numbered(Array($0.utf8)) }
        var counts: [ArraySlice<UInt8>: Int] = [:]
        for part in parts { if let part { counts[part.stem, default: 0] += 1 } }
        for (index, part) in parts.enumerated() {
            // What four of five ids begin with says nothing.
            guard let part, 5 * (counts[part.stem] ?? 0) >= 4 * ids.count else { continue }
            add(String(decoding: part.number, as: UTF8.self), Int32(truncatingIfNeeded: index), .alias, isDerived: true)
        }
    }

    /// Ids and addresses of people, and the domains that only one account's people have.
    private mutating func addContacts(_ directory: CustomerDirectory) {
        var domains: [[UInt8]: Int32] = [:]
        for contact in directory.context.contacts {
            guard let id = contact.account, let index = directory.accountIndex[id] else { continue }
            let account = Int32(truncatingIfNeeded: index)
            // Numbers of contacts and of accounts would be mistaken for each other.
            if contact.id.utf8.contains(where: { $0 &- 0x30 >= 10 }) {
                add(contact.id, account, .alias, isDerived: true)
            }
            contact.email.withBytes { bytes in
                guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return }
                add(String(decoding: bytes, as: UTF8.self), account, .alias, isDerived: true)
                let domain = bytes[(at + 1)...].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
                domains[domain] = domains[domain] ?? account == account ? account : -1
            }
        }
        for (domain, account) in domains where account >= 0 {
            add(String(decoding: domain, as: UTF8.self), account, .alias, isDerived: true)
        }
    }

    /// Ids and hosts of deployments, and hosts without their domain.
    private mutating func addDeployments(_ deployments: [Deployment]) {
        for (index, deployment) in deployments.enumerated() {
            let index = Int32(truncatingIfNeeded: index)
            for name in [deployment.id] + deployment.hosts {
                let hash = NameHash(name.utf8)
                if hash.count == 0 || hash.count == hash.digits, NetworkAddress(name) == nil { continue }
                addDeployment(hash, index)
                if let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")), NetworkAddress(name) == nil {
                    let label = NameHash(name.utf8[..<dot])
                    if label.count > label.digits { addDeployment(label, index) }
                }
            }
        }
    }

    private mutating func addDeployment(_ hash: NameHash, _ index: Int32) {
        meanings.update(hash.finished) {
            $0.deployment = $0.deployment == -1 || $0.deployment == index ? index : -2
        }
    }

    /// What a name of several words begins with: `de`, `de:cust` for `DE:CUST:7`.
    private mutating func addBeginnings(of text: String) {
        let bytes = Array(text.utf8)
        let ends = bytes.indices.dropFirst().filter { !NameBytes.isWord(bytes[$0]) && NameBytes.isWord(bytes[$0 - 1]) }
        guard ends.count < Self.mostWords else { return }
        var hash = NameHash()
        var start = 0
        for end in ends where bytes[end...].contains(where: NameBytes.isWord) {
            for byte in bytes[start..<end] { hash.add(byte) }
            start = end
            if hash.count > 0 { meanings.update(hash.finished) { $0.isBeginning = true } }
        }
    }
}

extension NetworkAddress {
    init?(_ text: String) {
        guard let address = Array(text.utf8).withUnsafeBytes({ NetworkAddress($0) }) else { return nil }
        self = address
    }
}
