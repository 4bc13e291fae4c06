internal import Glibc

/// Reads decimal numbers from bytes.
enum DecimalScanner {
    private static let powersOfTen: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    /// The number that the bytes spell: digits with an optional sign, point and exponent; nil for anything else.
    ///
    /// Words for infinity and NaN, hexadecimal digits, digit separators and surrounding spaces are refused. The result
    /// is the nearest Double: up to 2⁵³ and 10²² one rounding suffices (W. Clinger, "How to read floating point numbers
    /// accurately", 1990); beyond them the C library's `strtod` reads.
    static func number(_ bytes: UnsafeRawBufferPointer) -> Double? {
        var position = 0
        let count = bytes.count
        var isNegative = false
        if count > 0, bytes[0] == 0x2D || bytes[0] == 0x2B {
            isNegative = bytes[0] == 0x2D
            position = 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var isExact = true
        var seenPoint = false
        while position < count {
            let byte = bytes[position]
            if byte &- 48 < 10 {
                if mantissa < 900_719_925_474_099 {
                    mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
                    if seenPoint { decimals += 1 }
                } else {
                    isExact = false
                }
                digits += 1
            } else if byte == 0x2E, !seenPoint {
                seenPoint = true
            } else {
                break
            }
            position += 1
        }
        guard digits > 0 else { return nil }
        var exponent = 0
        if position < count {
            guard bytes[position] | 0x20 == 0x65, let read = Self.exponent(bytes, from: position + 1) else {
                return nil
            }
            exponent = read
        }
        exponent -= decimals
        guard isExact, abs(exponent) <= 22 else { return slow(bytes) }
        let value = exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
        return isNegative ? -value : value
    }

    private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        var sign = 1
        if position < bytes.count, bytes[position] == 0x2D || bytes[position] == 0x2B {
            sign = bytes[position] == 0x2D ? -1 : 1
            position += 1
        }
        guard position < bytes.count else { return nil }
        var exponent = 0
        while position < bytes.count {
            guard bytes[position] &- 48 < 10 else { return nil }
            exponent = min(10_000, exponent * 10 + Int(bytes[position] - 48))
            position += 1
        }
        return sign * exponent
    }

    private static func slow(_ bytes: UnsafeRawBufferPointer) -> Double? {
        let text = bytes.map { CChar(bitPattern: $0) } + [0]
        let value = strtod(text, nil)
        return value.isFinite ? value : nil
    }
}
