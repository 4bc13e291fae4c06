internal import Crypto
internal import FoundationEssentials

/// What stands in place of a finding: `<kind:hex>`, for instance `<email:3f9c2ab41d0755e08a91>`.
///
/// The first twelve hexadecimal digits name the value: 48 bits of HMAC-SHA256 (RFC 2104) under the tenant's key over the kind and the value
/// in its normal form. Two given values share them with odds of 1 in 2.8e14; among a million values of one kind, the odds that any
/// two do are 0.2 %. The last eight are 32 bits of HMAC over the kind and the first twelve: only who has the key
/// can write a token that the redactor leaves alone, so that a text in the form of a token hides nothing from it.
struct RedactionToken: Sendable {
    /// Hexadecimal digits that name the value, and that prove that the token is ours.
    static let (valueDigits, proofDigits) = (12, 8)
    /// All hexadecimal digits of a token.
    static let digits = valueDigits + proofDigits

    private static let alphabet = Array("0123456789abcdef".utf8)

    /// The code of nothing: a copy of it goes on with a message, so that the key is taken in once.
    private let keyed: HMAC<SHA256>

    init(key: [UInt8]) {
        keyed = HMAC(key: SymmetricKey(data: key))
    }

    /// The token of a value.
    func token(_ kind: String, _ value: some Collection<UInt8>) -> [UInt8] {
        let named = hex([1] + Array(kind.utf8) + [0] + Array(value), Self.valueDigits)
        return [UInt8(ascii: "<")] + Array(kind.utf8) + [UInt8(ascii: ":")] + named + proof(kind.utf8, named)
            + [UInt8(ascii: ">")]
    }

    /// Whether bytes that have the form of a token were made with this key.
    func isOurs(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
        let kind = token.dropFirst().dropLast(Self.digits + 2)
        let hex = token.dropLast().suffix(Self.digits)
        return Array(hex.dropFirst(Self.valueDigits)) == proof(kind, Array(hex.prefix(Self.valueDigits)))
    }

    /// The end of what has the form of a token and begins at a place.
    static func end(at start: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var place = start + 1
        // The name of a kind has at most 32 bytes.
        while place < count, place - start <= 33,
            97...122 ~= base[place] || 48...57 ~= base[place] || base[place] == UInt8(ascii: "-")
        {
            place += 1
        }
        let digits = place + 1
        let end = digits + valueDigits + proofDigits
        guard place > start + 1, end < count, base[place] == UInt8(ascii: ":"), base[end] == UInt8(ascii: ">") else {
            return nil
        }
        for digit in digits..<end where !(48...57 ~= base[digit] || 97...102 ~= base[digit]) { return nil }
        return end + 1
    }

    private func proof(_ kind: some Sequence<UInt8>, _ named: [UInt8]) -> [UInt8] {
        hex([2] + Array(kind) + [0] + named, Self.proofDigits)
    }

    private func hex(_ message: [UInt8], _ digits: Int) -> [UInt8] {
        var code = keyed
        code.update(data: message)
        var hex: [UInt8] = []
        hex.reserveCapacity(digits)
        for byte in code.finalize().prefix(digits / 2) {
            hex.append(Self.alphabet[Int(byte >> 4)])
            hex.append(Self.alphabet[Int(byte & 15)])
        }
        return hex
    }
}
