/// Scans one date and time from bytes.
struct CivilTimeScanner {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { position == bytes.count }

    /// An ISO 8601 time, and its offset from UTC in seconds where one is given; nil unless the whole text is such a time.
    mutating func iso8601() -> (CivilTime, offset: Int?)? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2) else { return nil }
        var civil = CivilTime(year: year, month: month, day: day)
        var offset: Int?
        if position < bytes.count {
            guard skip("T") || skip(" ") || skip("t"), let hour = digits(2), minutes(of: &civil) else { return nil }
            civil.hour = hour
            if position < bytes.count {
                guard let found = offsetFromUTC() else { return nil }
                offset = found
            }
        }
        guard position == bytes.count, civil.isValid else { return nil }
        return (civil, offset)
    }

    /// What follows an hour: `:05`, `:05:06` or `:05:06.7`; false for anything else.
    mutating func minutes(of civil: inout CivilTime) -> Bool {
        guard skip(":"), let minute = digits(2) else { return false }
        civil.minute = minute
        guard skip(":") else { return true }
        guard let second = digits(2) else { return false }
        civil.second = Double(second)
        guard skip(".") || skip(",") else { return true }
        guard let fraction = fraction() else { return false }
        civil.second += fraction
        return true
    }

    /// `Z` or an offset such as `+02:00`, in seconds; nil for anything else.
    mutating func offsetFromUTC() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours < 24 else { return nil }
        if position == bytes.count { return sign * hours * 3_600 }
        _ = skip(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    /// A number of at most so many digits, and how many it has; nil where there is none.
    mutating func number(digits most: Int) -> (number: Int, digits: Int)? {
        var (number, count) = (0, 0)
        while count < most, position < bytes.count, 48...57 ~= bytes[position] {
            number = number * 10 + Int(bytes[position]) - 48
            position += 1
            count += 1
        }
        return count > 0 ? (number, count) : nil
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var number = 0
        for index in position..<(position + count) {
            let digit = Int(bytes[index]) - 48
            guard digit >= 0, digit <= 9 else { return nil }
            number = number * 10 + digit
        }
        position += count
        return number
    }

    private mutating func fraction() -> Double? {
        let start = position
        var number = 0.0
        var scale = 1.0
        while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
            // Nanoseconds are the finest unit of any source; further digits are below the resolution of a Double.
            if position - start < 9 {
                number = number * 10 + Double(bytes[position] - 48)
                scale *= 10
            }
            position += 1
        }
        return position > start ? number / scale : nil
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }
}
