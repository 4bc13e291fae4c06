/// Replaces what must not be kept in a text by tokens: the only way from ``RawText`` to ``RedactedText``.
///
/// A finding of kind k and value v becomes `<k:hex>`, where hex is a keyed hash of both: the same value gets the same token
/// under one key, and another token under another key, so that tenants cannot be joined. Redacting what was redacted with the same key
/// changes nothing. A private key over several lines leaves its line ends behind, so that lines keep their numbers.
///
/// - Complexity: Linear in the bytes, whatever they are; a text without findings is read once, a line with findings at least twice.
public struct Redactor: Sendable {
    /// The bytes that a key must have at least.
    public static let leastKeyBytes = 16

    let rules: ScanRules
    let tokens: RedactionToken

    /// Creates a redactor.
    ///
    /// - Parameters:
    ///   - key: The tenant's secret, ``leastKeyBytes`` bytes or more.
    ///   - rules: What the tenant adds.
    /// - Returns: nil when the key is too short.
    public init?(key: [UInt8], rules: RedactionRules = RedactionRules()) {
        guard key.count >= Self.leastKeyBytes else { return nil }
        tokens = RedactionToken(key: key)
        self.rules = ScanRules(rules)
    }

    /// Creates a redactor with a random key: its tokens fit those of no other, so it is for texts whose tokens need not be joined with others.
    ///
    /// - Parameters:
    ///   - rules: What the tenant adds.
    ///   - generator: The source of the key.
    public init(rules: RedactionRules = RedactionRules(), keyedBy generator: inout some RandomNumberGenerator) {
        tokens = RedactionToken(key: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        self.rules = ScanRules(rules)
    }

    private init(_ tokens: RedactionToken, _ rules: ScanRules) { (self.tokens, self.rules) = (tokens, rules) }

    /// The same redactor, which finds the names of some more people and companies.
    ///
    /// - Parameters:
    ///   - people: Their full names, first names first.
    ///   - companies: Their names.
    /// - Complexity: O(new names and those that were learnt since all names were put together last, an eighth of them at most).
    public func knowing(people: [RawText], companies: [String] = []) -> Redactor {
        knowing(
            people.map { RedactionRules.Contact(person: $0) } + companies.map { RedactionRules.Contact(company: $0) })
    }

    /// The same redactor, which finds the names of some more contacts; see ``knowing(people:companies:)``.
    public func knowing(_ contacts: [RedactionRules.Contact]) -> Redactor {
        Redactor(tokens, ScanRules(rules, adding: contacts))
    }

    /// A redactor with the same key that finds the names of these contacts, and what needs no rules.
    func knowingOnly(_ contacts: [RedactionRules.Contact]) -> Redactor {
        Redactor(tokens, ScanRules(RedactionRules())).knowing(contacts)
    }

    /// The text with a token in place of each finding; bytes that are not UTF-8 become U+FFFD.
    public func redact(_ text: RawText) -> RedactedText {
        var findings: [Finding] = []
        return redact(text, findings: &findings)
    }

    /// The words of a text that is known to be HTML, as ``redact(_:)`` leaves them.
    public func redactMarkup(_ text: RawText) -> RedactedText {
        // A name may be written in two elements, and is found when these are gone.
        redact(RawText(redact(text).markupWords.string))
    }

    /// As ``redact(_:)``, and adds the findings, in order, with their places in the raw text.
    public func redact(_ text: RawText, findings: inout [Finding]) -> RedactedText {
        var output: [UInt8] = []
        var pass = RedactionPass(self)
        pass.append(text.bytes, to: &output, findings: &findings)
        if let string = String(validating: output, as: UTF8.self) { return RedactedText(redacted: string) }
        // U+FFFD may complete what the bytes that it stands for did not.
        return redact(RawText(String(decoding: output, as: UTF8.self)))
    }

    /// As ``redact(_:)`` with one byte in place of each finding, for a text in which that byte stands for any value.
    public func blank(_ text: RawText, with byte: UInt8) -> RedactedText {
        var output: [UInt8] = []
        var end = 0
        for finding in findings(in: text) {
            output += text.bytes[end..<finding.range.lowerBound]
            output.append(byte)
            end = finding.range.upperBound
        }
        output += text.bytes[end...]
        return RedactedText(redacted: String(decoding: output, as: UTF8.self))
    }

    /// What must not be kept, in order and without overlaps.
    public func findings(in text: RawText) -> [Finding] {
        var findings: [Finding] = []
        _ = redact(text, findings: &findings)
        return findings
    }

    /// Whether attributes with a key may be kept once they are redacted.
    func lists(_ key: String) -> Bool { rules.attributes?.contains(key) ?? false }

    /// A token for a whole value, as nobody knows what it holds.
    func hide(_ value: RawText) -> RedactedText {
        value.withBytes { bytes in
            guard let base = bytes.baseAddress, !bytes.isEmpty else { return RedactedText(redacted: "") }
            if RedactionToken.end(at: 0, base, bytes.count) == bytes.count, tokens.isOurs(bytes) {
                return redact(value)
            }
            let token = tokens.token(FindingKind.attribute.name, Array(bytes))
            return RedactedText(redacted: String(decoding: token, as: UTF8.self))
        }
    }
}
