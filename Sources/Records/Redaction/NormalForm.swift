/// The form of a value that is the same however people write it, so that it gets the same token.
enum NormalForm {
    /// The normal form of a value.
    ///
    /// E-mail, addresses and host names lose their case; numbers lose their separators, phone numbers also an international prefix, the
    /// "(0)" after it and the 1 of North America; names lose case, diacritics and the order of their words.
    static func of(_ value: UnsafeBufferPointer<UInt8>, _ kind: FindingKind) -> [UInt8] {
        switch kind {
        case .email, .ip: return value.map(lowered)
        case .card, .iban, .ssn, .nationalID, .mac, .document:
            return value.filter { ByteClass.table[Int($0)] & ByteClass.word.rawValue != 0 }.map(lowered)
        case .phone: return phone(value)
        case .person, .organization: return name(value)
        default: return Array(value)
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        65...90 ~= byte ? byte | 0x20 : byte
    }

    private static func phone(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        var isInternational = value.first == UInt8(ascii: "+")
        for (place, byte) in value.enumerated() {
            let isTrunkZero =
                isInternational && byte == UInt8(ascii: "0") && place > 0 && value[place - 1] == UInt8(ascii: "(")
                && place + 1 < value.count && value[place + 1] == UInt8(ascii: ")")
            if 48...57 ~= byte, !isTrunkZero { digits.append(byte) }
            if digits.count == 2, digits == [48, 48] {
                digits = []
                isInternational = true
            }
        }
        if digits.count == 11, digits[0] == UInt8(ascii: "1") { digits.removeFirst() }
        return digits
    }

    private static func name(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let base = value.baseAddress else { return [] }
        let hashes = WordRanges(value).map { NameFolding.hash(base + $0.lowerBound, $0.count) }
        return hashes.sorted().flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) } }
    }
}
