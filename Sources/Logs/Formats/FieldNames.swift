/// The names of a ``LogFieldMapping``, to be found by their bytes.
struct FieldNames: Sendable {
    struct Name: Sendable {
        let bytes: [UInt8]
        /// What it stands for, as a number of the shim.
        let role: Int32
        /// Of two names for one role the smaller wins.
        let priority: Int
        let isNanoseconds: Bool
    }

    private var byLength: [[Name]] = Array(repeating: [], count: Self.longest + 1)

    private static let longest = 64

    init(_ mapping: LogFieldMapping) {
        var priority = 0
        for (names, role) in mapping.roles {
            for name in names where name.utf8.count <= Self.longest {
                priority += 1
                byLength[name.utf8.count].append(
                    Name(
                        bytes: Array(name.utf8), role: role, priority: priority,
                        isNanoseconds: LogFieldMapping.isNanoseconds(name)))
            }
        }
    }

    func find(_ text: UnsafeRawBufferPointer) -> Name? {
        guard text.count <= Self.longest else { return nil }
        return byLength[text.count].first { $0.bytes.elementsEqual(text) }
    }
}
