internal import Records

/// The scopes that were seen: which service, version, deployment, host and account records come from.
///
/// An account is told by its keys, and where customers are known also by values that are names of one, whose id stands for them then.
struct ScopeTable: Sendable {
    /// Stands for a scope for which there was no room.
    static let beyondLimit: Int32 = -2
    /// Stands for a key of the account among the places of keys, and comes before what fields say of it.
    private static let account = UInt8(EventCounter.scopeKeys.count)

    private let redactor: Redactor
    private var keys: ScopeKeys
    /// The names of accounts; nil where no customers are known.
    private let names: AccountNames?
    /// The ids of the accounts.
    private let accounts: [[UInt8]]
    /// The values as they came, by which a scope is found again, and the number of its scope.
    private var raw = ShapeTable()
    private var numbers: [Int32] = []
    /// The scopes as they are kept.
    private var kept: [String: Int32] = [:]
    private var new: [RedactedText] = []
    private var scratch: [UInt8] = []
    /// What the record says of its account.
    private var naming = Naming()
    /// The records that name no account that is known, where some are.
    private(set) var recordsWithoutAccount = 0

    private struct Naming {
        /// The account that is known, by how far its key says that it is one.
        var known: (key: ScopeKeys.Account, account: Int32)?
        /// Whether the scope has it as it stands there.
        var isKept = false
        /// A value that is none that is known.
        var other: (key: ScopeKeys.Account, value: [UInt8])?
    }

    /// - Parameter accountKeys: The keys whose values are accounts, as somebody said.
    init(_ redactor: Redactor, customers: CustomerDirectory?, accountKeys: [String], kept scopes: [RedactedText]) {
        self.redactor = redactor
        keys = ScopeKeys(accounts: accountKeys)
        let isKnown = customers.map { !$0.accounts.isEmpty } ?? false
        names = isKnown ? customers.map(AccountNames.init) : nil
        accounts = customers?.accounts.map { Array($0.id.utf8) } ?? []
        for scope in scopes { kept[scope.string] = Int32(truncatingIfNeeded: kept.count) }
    }

    /// The number of a record's scope; -1 when it says none.
    mutating func index(of record: LogRecord, in batch: LogBatch) -> Int32 {
        scratch.removeAll(keepingCapacity: true)
        naming = Naming()
        collect(record.resource, of: batch, scope: .resource)
        collect(record.fields, of: batch, scope: .attribute)
        appendAccount()
        guard !scratch.isEmpty else { return -1 }
        if let known = scratch.withUnsafeBufferPointer({ raw.index(of: $0) }) { return numbers[known] }
        return addScope()
    }

    /// Appends key, length and value of each field that tells a scope.
    private mutating func collect(_ range: FieldRange, of batch: LogBatch, scope: LogField.Scope) {
        guard range.count > 0 else { return }
        batch.bytes.withUnsafeBytes { bytes in
            for index in Int(range.start)..<Int(range.start) + Int(range.count) {
                let field = batch.fields[index]
                guard field.scope != .used, field.up > 0 || field.scope == scope,
                    field.kind == .string || field.kind == .integer
                else { continue }
                let facts = keys.facts(field, at: index, of: batch, bytes)
                if facts.account > .none {
                    if field.kind == .string {
                        takeAccount(UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)].prefix(256)), facts)
                    } else if field.bits >= 0 {
                        var digits = String(field.bits)
                        digits.withUTF8 { takeAccount(UnsafeRawBufferPointer($0), facts) }
                    }
                } else if facts.place >= 0, field.kind == .string {
                    append(
                        UInt8(facts.place), UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)].prefix(256))
                    )
                }
            }
        }
    }

    /// Takes a value of a key that may tell the account.
    private mutating func takeAccount(_ value: UnsafeRawBufferPointer, _ key: ScopeKeys.Facts) {
        let name = value.count <= AccountNames.longest ? names?.meaning(NameHash(value))?.name : nil
        if let name, key.account > .within || name.distinction != .number {
            let isId = key.place >= 0 && accounts[Int(name.account)].elementsEqual(value)
            if isId { append(UInt8(key.place), value) }
            if naming.known.map({ key.account > $0.key }) ?? true {
                naming.known = (key.account, name.account)
                naming.isKept = isId
            }
        } else if key.account == .scope, key.place >= 0 {
            append(UInt8(key.place), value)
            if naming.other.map({ $0.key < .scope }) ?? true { naming.other = (.scope, []) }
        } else if key.account == .told || (key.account == .whole && names == nil) {
            if naming.other.map({ key.account > $0.key }) ?? true { naming.other = (key.account, Array(value)) }
        }
    }

    /// Appends the account where no field was appended that tells it.
    private mutating func appendAccount() {
        if let known = naming.known {
            guard !naming.isKept else { return }
            accounts[Int(known.account)].withUnsafeBytes { append(Self.account, $0) }
        } else {
            if names != nil { recordsWithoutAccount += 1 }
            guard let other = naming.other, !other.value.isEmpty else { return }
            other.value.withUnsafeBytes { append(Self.account, $0) }
        }
    }

    private mutating func append(_ key: UInt8, _ value: UnsafeRawBufferPointer) {
        scratch.append(key)
        scratch.append(UInt8(truncatingIfNeeded: value.count))
        scratch.append(UInt8(truncatingIfNeeded: value.count >> 8))
        scratch.append(contentsOf: value)
    }

    private mutating func addScope() -> Int32 {
        let text = object()
        var number = kept[text.string]
        if number == nil, kept.count < EventCounter.mostScopes {
            number = Int32(truncatingIfNeeded: kept.count)
            kept[text.string] = number
            new.append(text)
        }
        // Names that came beyond the limit are remembered up to twice as many, so that they are not redacted each time.
        if raw.count < 2 * EventCounter.mostScopes {
            scratch.withUnsafeBufferPointer { _ = raw.insert($0, lines: 0) }
            numbers.append(number ?? Self.beyondLimit)
        }
        return number ?? Self.beyondLimit
    }

    /// The scope as an object of JSON whose values were redacted.
    private func object() -> RedactedText {
        var members: [(key: String, value: RawText)] = []
        var place = 0
        while place + 3 <= scratch.count {
            let count = Int(scratch[place + 1]) | Int(scratch[place + 2]) << 8
            let isAccount = scratch[place] == Self.account
            let key = isAccount ? "account" : EventCounter.scopeKeys[Int(scratch[place])]
            if isAccount { members.removeAll { $0.key == key } }
            if !members.contains(where: { $0.key == key }) {
                members.append((key, RawText(bytes: scratch[place + 3..<place + 3 + count])))
            }
            place += 3 + count
        }
        return redactor.object(members)
    }

    mutating func newScopes() -> [RedactedText] {
        defer { new = [] }
        return new
    }
}
