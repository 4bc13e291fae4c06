internal import Glibc

/// Which account each range of network addresses belongs to.
struct AddressRanges: Sendable {
    private struct Range {
        var low: (UInt64, UInt64)
        var high: (UInt64, UInt64)
        var account: Int32
    }

    private var ranges: [Range] = []
    /// Whether some range is of IPv6.
    private(set) var hasLongAddresses = false
    var isEmpty: Bool { ranges.isEmpty }

    /// Adds an address or a range in CIDR notation (RFC 4632).
    ///
    /// - Returns: Whether it is one.
    mutating func add(_ text: String, account: Int32) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = Self.address(parts[0].utf8) else { return false }
        let isShort = address.isShort
        let width = isShort ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...width).contains(number) else { return false }
            length = number
        }
        if !isShort { hasLongAddresses = true }
        let fixed = isShort ? 96 + length : length
        let high = fixed >= 64 ? UInt64.max : fixed == 0 ? 0 : ~(UInt64.max >> UInt64(fixed))
        let low = fixed <= 64 ? 0 : fixed == 128 ? UInt64.max : ~(UInt64.max >> UInt64(fixed - 64))
        let value = address.value
        ranges.append(
            Range(
                low: (value.0 & high, value.1 & low), high: (value.0 | ~high, value.1 | ~low), account: account))
        return true
    }

    /// Puts the ranges in order; call it after the last was added.
    mutating func sort() {
        ranges.sort { $0.low < $1.low }
    }

    /// The account of an address, the one of the narrowest range; nil when it is in none.
    func account(of bytes: some BidirectionalCollection<UInt8>) -> Int32? {
        guard !ranges.isEmpty, let address = Self.address(bytes)?.value else { return nil }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if address < ranges[middle].low { high = middle } else { low = middle + 1 }
        }
        // Ranges nest, so the last one that begins before the address and holds it is the narrowest; a few are looked at.
        for index in stride(from: low - 1, through: max(0, low - 16), by: -1) where address <= ranges[index].high {
            return ranges[index].account
        }
        return nil
    }

    /// An address as 16 bytes, one of IPv4 in the last four (RFC 4291, section 2.5.5.2).
    private static func address(
        _ bytes: some BidirectionalCollection<UInt8>
    ) -> (value: (UInt64, UInt64), isShort: Bool)? {
        guard bytes.count >= 3, bytes.count <= 45 else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            var result = in6_addr()
            guard inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &result) == 1 else { return nil }
            return withUnsafeBytes(of: &result) { raw in
                let value = (
                    UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                    UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
                return (value, false)
            }
        }
        var value: UInt64 = 0
        var part: UInt64 = 0
        var digits = 0
        var parts = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                part = part * 10 + UInt64(byte - UInt8(ascii: "0"))
                digits += 1
                if digits > 3 || part > 255 { return nil }
            case UInt8(ascii: "."):
                if digits == 0 { return nil }
                value = value << 8 | part
                part = 0
                digits = 0
                parts += 1
            default: return nil
            }
        }
        guard parts == 3, digits > 0 else { return nil }
        return ((0, 0xFFFF_0000_0000 | value << 8 | part), true)
    }
}
