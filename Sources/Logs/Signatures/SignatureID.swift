internal import Records

/// The name of a signature, derived from its content alone: the same on every machine, after every restart and in
/// whichever order the lines came.
public struct SignatureID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The hash of the template.
    public let value: UInt64

    /// The identifier of a template: FNV-1a over its bytes, mixed by the finalizer of MurmurHash3 so that every bit of
    /// the text reaches every bit of the name.
    ///
    /// - Parameter template: The text of the template with `<*>` for each variable.
    public init(template: some Collection<UInt8>) {
        var hash = FNV1a.hash(template)
        hash ^= hash >> 33
        hash &*= 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        hash &*= 0xc4ce_b9fe_1a85_ec53
        value = hash ^ (hash >> 33)
    }

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 16, let value = UInt64(text, radix: 16), !text.hasPrefix("+") else { return nil }
        self.value = value
    }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Orders by value, which says nothing about the templates.
    public static func < (left: SignatureID, right: SignatureID) -> Bool { left.value < right.value }
}
