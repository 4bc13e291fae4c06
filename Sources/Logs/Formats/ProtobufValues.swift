/// Makes fields of a batch of OTLP's values in protobuf (opentelemetry/proto/common/v1/common.proto).
struct ProtobufValues {
    /// Where the values belong.
    let scope: LogField.Scope
    /// Whether values nested too deeply, which are left out.
    var isTooDeep = false
    /// Whether some bytes are no message.
    var isBroken = false

    /// How deeply values may nest.
    private static let deepest = 32

    init(scope: LogField.Scope) {
        self.scope = scope
    }

    /// Adds a number that is a property of a record.
    mutating func add(number: UInt64, named name: StaticString, to batch: inout LogBatch) {
        var field = LogField()
        field.key = batch.append(name)
        field.kind = .integer
        field.bits = Int64(clamping: number)
        field.scope = scope
        batch.fields.append(field)
    }

    /// Adds a text or bytes that are a property of a record.
    mutating func add(
        _ text: UnsafeRawBufferPointer, kind: LogField.Kind, named name: StaticString, to batch: inout LogBatch
    ) {
        var field = LogField()
        field.key = batch.append(name)
        field.text = batch.append(text)
        field.kind = kind
        field.scope = scope
        batch.fields.append(field)
    }

    /// Adds a `KeyValue`: key 1, value 2.
    mutating func addPair(
        _ message: UnsafeRawBufferPointer, parent: Int? = nil, depth: Int = 0, to batch: inout LogBatch
    ) {
        var key = ByteRange.empty
        var value = UnsafeRawBufferPointer(start: nil, count: 0)
        var pair = ProtobufReader(message)
        while let field = pair.next() {
            if field.number == 1 { key = batch.append(field.bytes) }
            if field.number == 2 { value = field.bytes }
        }
        isBroken = isBroken || pair.isBroken
        addValue(value, key: key, parent: parent, depth: depth, to: &batch)
    }

    /// Adds an `AnyValue`: string 1, bool 2, int 3, double 4, array 5, list of pairs 6, bytes 7.
    mutating func addValue(
        _ message: UnsafeRawBufferPointer, key: ByteRange, parent: Int? = nil, depth: Int = 0, to batch: inout LogBatch
    ) {
        let index = batch.fields.count
        var field = LogField()
        field.key = key
        field.scope = scope
        field.up = parent.map { Int32(truncatingIfNeeded: index - $0) } ?? 0
        var items = UnsafeRawBufferPointer(start: nil, count: 0)
        var value = ProtobufReader(message)
        // Of a value with several members the last one counts.
        while let member = value.next() {
            switch member.number {
            case 1: (field.kind, field.text) = (.string, batch.append(member.bytes))
            case 2: field.kind = member.bits == 0 ? .no : .yes
            case 3: (field.kind, field.bits) = (.integer, Int64(bitPattern: member.bits))
            case 4: (field.kind, field.bits) = (.number, Int64(bitPattern: member.bits))
            case 5: (field.kind, items) = (.array, member.bytes)
            case 6: (field.kind, items) = (.object, member.bytes)
            case 7: (field.kind, field.text) = (.bytes, batch.append(member.bytes))
            default: break
            }
        }
        isBroken = isBroken || value.isBroken
        batch.fields.append(field)
        guard field.kind == .array || field.kind == .object else { return }
        guard depth < Self.deepest else {
            isTooDeep = true
            return
        }
        var list = ProtobufReader(items)
        while let item = list.next() {
            guard item.number == 1 else { continue }
            if field.kind == .object {
                addPair(item.bytes, parent: index, depth: depth + 1, to: &batch)
            } else {
                addValue(item.bytes, key: .empty, parent: index, depth: depth + 1, to: &batch)
            }
        }
        isBroken = isBroken || list.isBroken
    }
}
