import Statistics

/// Draws pieces of invented values.
struct Draw {
    var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &generator) < probability
    }

    /// One of some things, of which there is at least one.
    mutating func one<Element>(of choices: [Element]) -> Element {
        choices[number(0...choices.count - 1)]
    }

    mutating func text(_ count: Int, of alphabet: String) -> String {
        let characters = Array(alphabet)
        return String((0..<count).map { _ in one(of: characters) })
    }

    mutating func digits(_ count: Int) -> String { text(count, of: "0123456789") }
    mutating func hex(_ count: Int) -> String { text(count, of: "0123456789abcdef") }
    mutating func letters(_ count: Int) -> String {
        text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }
    mutating func base64(_ count: Int) -> String {
        text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    }
    mutating func capitals(_ count: Int) -> String { text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }

    /// A form in which `n` stands for a digit, `N` for one from 2 to 9 and `A` for a capital; the rest stays.
    mutating func filled(_ form: String) -> String {
        var text = ""
        for character in form {
            switch character {
            case "n": text += digits(1)
            case "N": text += self.text(1, of: "23456789")
            case "A": text += capitals(1)
            default: text.append(character)
            }
        }
        return text
    }
}

/// Check digits, written apart from those of the redactor so that one does not prove the other.
enum CheckDigits {
    static func luhn(_ payload: String) -> String {
        var sum = 0
        for (index, digit) in payload.compactMap(\.wholeNumberValue).reversed().enumerated() {
            let doubled = digit * (index % 2 == 0 ? 2 : 1)
            sum += doubled / 10 + doubled % 10
        }
        return payload + String((10 - sum % 10) % 10)
    }

    /// The remainder of digits and letters (A is 10) modulo 97.
    static func remainder97(_ text: String) -> Int {
        var remainder = 0
        for byte in text.utf8 {
            if byte < 58 {
                remainder = (remainder * 10 + Int(byte) - 48) % 97
            } else {
                remainder = (remainder * 100 + Int(byte) - 55) % 97
            }
        }
        return remainder
    }

    static func iban(_ country: String, _ account: String) -> String {
        let check = 98 - remainder97(account + country + "00")
        return country + (check < 10 ? "0" : "") + String(check) + account
    }

    static func weighted(_ digits: String, _ weights: [Int]) -> Int {
        zip(digits.compactMap(\.wholeNumberValue), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Groups of four with a separator.
    static func grouped(_ text: String, by separator: String, _ sizes: [Int] = []) -> String {
        var groups: [Substring] = []
        var rest = Substring(text)
        var next = 0
        while !rest.isEmpty {
            let size = next < sizes.count ? sizes[next] : 4
            groups.append(rest.prefix(size))
            rest = rest.dropFirst(size)
            next += 1
        }
        return groups.joined(separator: separator)
    }
}
