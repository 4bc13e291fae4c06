internal import Glibc

/// A network address as 16 bytes, one of IPv4 in the last four of them (RFC 4291, section 2.5.5.2).
struct NetworkAddress: Sendable, Hashable, Comparable, BitwiseCopyable {
    var high: UInt64
    var low: UInt64
    var isShort: Bool

    init(high: UInt64, low: UInt64, isShort: Bool) {
        (self.high, self.low, self.isShort) = (high, low, isShort)
    }

    /// Reads an address of IPv4 in four decimal numbers, or of IPv6 (RFC 4291, section 2.2).
    ///
    /// - Returns: nil when the text is none.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2, bytes.count <= 45 else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            var result = in6_addr()
            guard inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &result) == 1 else { return nil }
            self = withUnsafeBytes(of: &result) { raw in
                NetworkAddress(
                    high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)), isShort: false)
            }
            // An address of IPv4 that is written as one of IPv6 is the same address.
            if high == 0, low >> 32 == 0xFFFF { isShort = true }
            return
        }
        var value: UInt64 = 0
        var part: UInt64 = 0
        var digits = 0
        var parts = 0
        for byte in bytes {
            if byte &- UInt8(ascii: "0") < 10 {
                part = part * 10 + UInt64(byte - UInt8(ascii: "0"))
                digits += 1
                if digits > 3 || part > 255 { return nil }
            } else if byte == UInt8(ascii: "."), digits > 0 {
                value = value << 8 | part
                part = 0
                digits = 0
                parts += 1
            } else {
                return nil
            }
        }
        guard parts == 3, digits > 0 else { return nil }
        self.init(high: 0, low: 0xFFFF_0000_0000 | value << 8 | part, isShort: true)
    }

    static func < (left: NetworkAddress, right: NetworkAddress) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// All addresses that share their first bits, in CIDR notation (RFC 4632, RFC 4291 section 2.3); a single one shares all.
struct AddressRange: Sendable, Hashable, BitwiseCopyable {
    /// The first address.
    let first: NetworkAddress
    /// The last address.
    let last: NetworkAddress

    /// Reads a range; bits beyond the prefix do not matter.
    ///
    /// - Returns: nil when the text is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let head = parts.first, parts.count <= 2,
            let address = Array(head.utf8).withUnsafeBytes({ NetworkAddress($0) })
        else { return nil }
        // An IPv4 address written as one of IPv6 counts its bits from the front of all 128.
        let isWrittenShort = !head.utf8.contains(UInt8(ascii: ":"))
        let width = isWrittenShort ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...width).contains(number) else { return nil }
            length = number
        }
        let fixed = isWrittenShort ? 96 + length : length
        let high = fixed >= 64 ? UInt64.max : fixed == 0 ? 0 : ~(UInt64.max >> UInt64(fixed))
        let low = fixed <= 64 ? 0 : fixed == 128 ? UInt64.max : ~(UInt64.max >> UInt64(fixed - 64))
        let isShort = address.isShort && fixed >= 96
        first = NetworkAddress(high: address.high & high, low: address.low & low, isShort: isShort)
        last = NetworkAddress(high: address.high | ~high, low: address.low | ~low, isShort: isShort)
    }
}
