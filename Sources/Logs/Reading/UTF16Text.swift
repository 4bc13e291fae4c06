/// Turns a stream of UTF-16 behind its byte order mark into UTF-8 (RFC 2781), as PowerShell and other programs of Windows write logs.
///
/// What is half of a character, or of a code unit at the end, becomes U+FFFD.
struct UTF16Text: Sendable {
    private let isBigEndian: Bool
    /// The first byte of a code unit whose second one is still to come.
    private var half: UInt8?
    /// The first half of a pair of surrogates.
    private var lead: UInt16?

    /// Begins behind a byte order mark; nil where bytes begin with none.
    init?(_ start: UnsafeRawBufferPointer) {
        guard start.count > 1 else { return nil }
        switch (start[0], start[1]) {
        case (0xFF, 0xFE): isBigEndian = false
        case (0xFE, 0xFF): isBigEndian = true
        default: return nil
        }
    }

    /// The number of bytes of the mark.
    static let markBytes = 2

    /// The UTF-8 of the next bytes.
    mutating func decoded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.underestimatedCount)
        for byte in bytes {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let (high, low) = isBigEndian ? (first, byte) : (byte, first)
            take(UInt16(high) << 8 | UInt16(low), into: &output)
        }
        return output
    }

    /// What stands for a character that has not ended.
    mutating func finish() -> [UInt8] {
        defer { (half, lead) = (nil, nil) }
        return half == nil && lead == nil ? [] : Array("\u{FFFD}".utf8)
    }

    private mutating func take(_ unit: UInt16, into output: inout [UInt8]) {
        if let first = lead {
            lead = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                return append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &output)
            }
            append("\u{FFFD}", to: &output)
        }
        if UTF16.isLeadSurrogate(unit) { lead = unit } else { append(Unicode.Scalar(unit) ?? "\u{FFFD}", to: &output) }
    }

    private func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        if let bytes = UTF8.encode(scalar) { output.append(contentsOf: bytes) }
    }
}
