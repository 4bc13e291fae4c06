/// The meaning of keys, looked up by their bytes.
struct TicketKeyTable {
    /// What is known of a key.
    enum Finding {
        case key(TicketKey)
        /// Wanted, but of a kind that its first value will tell.
        case expected
        case unknown
    }

    private var names = ByteInterner()
    private var keys: [TicketKey?] = []
    /// The key that last came after each key: objects of one source mostly have their keys in one order.
    private var successors: [Int32] = []
    private var previous: Int32 = 0

    /// Gives a key its meaning.
    mutating func assign(_ name: String, _ key: TicketKey) {
        set(name, key)
    }

    /// Marks a key as wanted.
    mutating func expect(_ name: String) {
        set(name, nil)
    }

    /// What is known of a key.
    mutating func find(_ name: UnsafeRawBufferPointer) -> Finding {
        let expected = keys.isEmpty ? 0 : successors[Int(previous)]
        if !keys.isEmpty, names.isNumbered(expected, name) {
            previous = expected
        } else {
            guard let code = names.code(of: name) else { return .unknown }
            successors[Int(previous)] = code
            previous = code
        }
        let code = previous
        return keys[Int(code)].map { .key($0) } ?? .expected
    }

    /// The name that has a meaning, or an empty one.
    func name(of key: TicketKey) -> String {
        keys.firstIndex(of: key).map { names.strings()[$0] } ?? ""
    }

    private mutating func set(_ name: String, _ key: TicketKey?) {
        let (code, isNew) = Array(name.utf8).withUnsafeBytes { names.intern($0) }
        if isNew {
            keys.append(key)
            successors.append(code)
        } else {
            keys[Int(code)] = key
        }
    }
}
