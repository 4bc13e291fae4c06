internal import Records

/// The scopes that were seen: which service, version, deployment, host and account records come from.
struct ScopeTable: Sendable {
    /// Stands for a scope for which there was no room.
    static let beyondLimit: Int32 = -2

    private let redactor: Redactor
    /// Each key that tells a scope, and its place among ``EventCounter/scopeKeys``.
    private let keys: [(bytes: [UInt8], place: Int)]
    /// Plain names that many loggers use for them.
    private static let otherNames = [
        "service": "service.name", "version": "service.version", "host": "host.name", "hostname": "host.name",
        "environment": "deployment.environment", "env": "deployment.environment",
    ]
    /// The values as they came, by which a scope is found again, and the number of its scope.
    private var raw = ShapeTable()
    private var numbers: [Int32] = []
    /// The scopes as they are kept.
    private var kept: [String: Int32] = [:]
    private var new: [RedactedText] = []
    private var scratch: [UInt8] = []

    init(_ redactor: Redactor, kept scopes: [RedactedText]) {
        self.redactor = redactor
        let places = Dictionary(uniqueKeysWithValues: zip(EventCounter.scopeKeys, 0...))
        keys =
            places.map { (Array($0.utf8), $1) }
            + Self.otherNames.compactMap { name, key in places[key].map { (Array(name.utf8), $0) } }
        for scope in scopes { kept[scope.string] = Int32(truncatingIfNeeded: kept.count) }
    }

    /// The number of a record's scope; -1 when it says none.
    mutating func index(of record: LogRecord, in batch: LogBatch) -> Int32 {
        scratch.removeAll(keepingCapacity: true)
        collect(record.resource, of: batch, scope: .resource)
        collect(record.fields, of: batch, scope: .attribute)
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
                guard field.up == 0, field.scope == scope, field.kind == .string,
                    let key = keys.first(where: { key in
                        key.bytes.count == field.key.count
                            && key.bytes.elementsEqual(UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.key)]))
                    })?.place
                else { continue }
                let value = bytes[batch.range(field.text)].prefix(256)
                scratch.append(UInt8(truncatingIfNeeded: key))
                scratch.append(UInt8(truncatingIfNeeded: value.count))
                scratch.append(UInt8(truncatingIfNeeded: value.count >> 8))
                scratch.append(contentsOf: value)
            }
        }
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
            let key = EventCounter.scopeKeys[Int(scratch[place])]
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
