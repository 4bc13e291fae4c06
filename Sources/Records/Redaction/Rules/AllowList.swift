/// Values and domains that a tenant lets stand.
struct AllowList: Sendable {
    private let values: Set<[UInt8]>
    private let domains: Set<[UInt8]>

    init(_ rules: RedactionRules) {
        values = Set(rules.allowedValues.map { Self.lowered(Array($0.utf8)) })
        domains = Set(rules.allowedDomains.map { Self.lowered(Array($0.utf8)) })
    }

    /// Whether a value may stay: it is listed, or is an address at a listed domain.
    func allows(_ value: UnsafeBufferPointer<UInt8>, _ kind: FindingKind) -> Bool {
        if values.isEmpty, domains.isEmpty { return false }
        let text = Self.lowered(value)
        if values.contains(text) { return true }
        guard kind == .email, !domains.isEmpty, let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
        var domain = text[(at + 1)...]
        while !domains.contains(Array(domain)) {
            guard let dot = domain.firstIndex(of: UInt8(ascii: ".")) else { return false }
            domain = domain[(dot + 1)...]
        }
        return true
    }

    private static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }
    }
}
