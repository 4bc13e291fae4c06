/// Numbers as decimal text in bytes.
public enum DecimalText {
    /// More bytes than any number takes.
    public static let longest = 32

    /// 10⁶: numbers are rounded to six decimals, a hundredth of a second in hours.
    private static let scale = 1e6
    /// Beyond it a number times the scale is no longer a whole number that an Int64 holds exactly.
    private static let largest = 9e9

    /// Writes a number rounded to six decimals, halves away from zero, without zeros at the end.
    ///
    /// A number of 9e9 or more keeps all its digits; one that is not finite has no decimal form and becomes `null`.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - target: At least ``longest`` bytes.
    /// - Returns: The number of bytes written.
    public static func write(_ number: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        let size = number.magnitude
        guard size < largest else { return writeLarge(number, to: target) }
        let millionths = UInt64(size * scale + 0.5)
        let (units, fraction) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
        var count = 0
        if number < 0 && millionths > 0 {
            target[0] = UInt8(ascii: "-")
            count = 1
        }
        count += write(units, to: target + count)
        guard fraction > 0 else { return count }
        target[count] = UInt8(ascii: ".")
        let (upper, lower) = UInt32(truncatingIfNeeded: fraction).quotientAndRemainder(dividingBy: 1_000)
        writeThree(upper, to: target + count + 1)
        writeThree(lower, to: target + count + 4)
        count += 7
        while target[count - 1] == UInt8(ascii: "0") { count -= 1 }
        return count
    }

    /// Writes three digits; the two halves of a fraction do not wait for each other.
    @inline(__always)
    private static func writeThree(_ number: UInt32, to target: UnsafeMutablePointer<UInt8>) {
        let tens = number / 10
        target[0] = UInt8(truncatingIfNeeded: number / 100) + UInt8(ascii: "0")
        target[1] = UInt8(truncatingIfNeeded: tens % 10) + UInt8(ascii: "0")
        target[2] = UInt8(truncatingIfNeeded: number % 10) + UInt8(ascii: "0")
    }

    private static func write(_ number: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var digits = 1
        var power: UInt64 = 10
        while number >= power {
            digits += 1
            power *= 10
        }
        var rest = number
        for place in stride(from: digits - 1, through: 0, by: -1) {
            target[place] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
            rest /= 10
        }
        return digits
    }

    private static func writeLarge(_ number: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        for byte in number.isFinite ? number.description.utf8 : "null".utf8 {
            target[count] = byte
            count += 1
        }
        return count
    }
}
