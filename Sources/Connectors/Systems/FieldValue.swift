internal import Records

/// The value of a field as somebody spells it.
struct FieldValue {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Whether another spelling is of the same instant, the same decimal number, or the same text but for blanks around it.
    ///
    /// A text that looks like a number may be none, as `1.10` and `1.1` are two versions: of values that were never sent it says nothing.
    func means(_ other: FieldValue) -> Bool {
        text.trimmed == other.text.trimmed || isSameInstant(as: other) || decimal.map { $0 == other.decimal } ?? false
    }

    /// Whether both are the same time to the millisecond, which systems write in the zone of the account.
    func isSameInstant(as other: FieldValue) -> Bool {
        guard let one = Instant(iso8601: text), let other = Instant(iso8601: other.text) else { return false }
        return abs(one.seconds - other.seconds) < 0.001
    }

    /// The sign and the digits of a decimal number, without zeros that say nothing; nil for any other text.
    private var decimal: [String]? {
        let digits = text.trimmed
        let isNegative = digits.hasPrefix("-")
        let parts = (isNegative || digits.hasPrefix("+") ? digits.dropFirst() : digits[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        var fraction = parts.count == 2 ? parts[1] : ""
        while fraction.last == "0" { fraction.removeLast() }
        let number = [String(whole.drop { $0 == "0" }), String(fraction)]
        return (isNegative && number != ["", ""] ? ["-"] : []) + number
    }
}
