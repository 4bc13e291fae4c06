/// Small repairs of written text.
enum Prose {
    /// The text with its first letter as a capital.
    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The text with the typing errors that hasty people make: letters left out, doubled or swapped.
    ///
    /// Only letters of ASCII between such letters are touched, so that the text stays valid.
    ///
    /// - Parameter rate: The errors to expect a word, taken as six letters.
    static func mistyped(_ text: String, rate: Double, _ draw: inout Draw) -> String {
        var bytes = Array(text.utf8)
        let count = draw.poisson(rate * Double(bytes.count) / 6)
        for _ in 0..<count where bytes.count > 4 {
            let place = draw.number(1...bytes.count - 3)
            guard bytes[place - 1...place + 1].allSatisfy({ (0x61...0x7A).contains($0) }) else { continue }
            switch draw.number(0...3) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(bytes[place], at: place)
            case 2: bytes.swapAt(place, place + 1)
            default: bytes[place] = UInt8(0x61 + draw.number(0...25))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
