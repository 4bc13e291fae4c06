/// Check digits of cards and of identity numbers.
enum NumberChecksum {
    typealias Digits = InlineArray<32, UInt8>

    static func luhn(_ digits: borrowing Digits, _ count: Int) -> Bool {
        var sum = 0
        for place in 0..<count {
            let digit = Int(digits[count - 1 - place])
            sum += place & 1 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit
        }
        return sum % 10 == 0
    }

    /// The sum of the first digits by weights.
    static func weighted(_ digits: borrowing Digits, _ weights: [Int]) -> Int {
        var sum = 0
        for (place, weight) in weights.enumerated() { sum += weight * Int(digits[place]) }
        return sum
    }

    /// The number that some digits form, modulo another.
    static func remainder(_ digits: borrowing Digits, _ range: Range<Int>, _ modulus: Int) -> Int {
        var value = 0
        for place in range { value = (value * 10 + Int(digits[place])) % modulus }
        return value
    }

    /// ISO 7064, mod 11, 10.
    static func iso7064(_ digits: borrowing Digits, _ count: Int) -> Bool {
        var product = 10
        for place in 0..<count - 1 {
            let sum = (Int(digits[place]) + product) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
        }
        return (11 - product) % 10 == Int(digits[count - 1])
    }

    /// Verhoeff's check digit, by the dihedral group of order ten.
    static func verhoeff(_ digits: borrowing Digits, _ count: Int) -> Bool {
        let step: [Int] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var check = 0
        for place in 0..<count {
            var digit = Int(digits[count - 1 - place])
            for _ in 0..<place % 8 { digit = step[digit] }
            let (a, b) = (check, digit)
            check = a < 5 ? (b < 5 ? (a + b) % 5 : 5 + (a + b) % 5) : (b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5)
        }
        return check == 0
    }

    /// Whether two digits are a month and two a day.
    static func isDate(_ digits: borrowing Digits, month: Int, day: Int) -> Bool {
        let month = Int(digits[month]) * 10 + Int(digits[month + 1])
        let day = Int(digits[day]) * 10 + Int(digits[day + 1])
        return 1...12 ~= month && 1...31 ~= day
    }
}
