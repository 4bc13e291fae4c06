/// A pattern of classes of bytes: what a tenant may write to describe values of their own.
///
/// A pattern is a row of elements: a character that stands for itself, `.` (any but a line end), `\d`, `\w`, `\s` and their
/// opposites `\D`, `\W`, `\S`, a class such as `[A-Z0-9_]` or `[^,]`, or an escaped character such as `\.`. After an element may
/// stand `?`, `*`, `+`, `{3}` or `{2,5}`. There are no groups, alternatives or references: all the states of a pattern
/// fit into the bits of one number (the shift-and method of Baeza-Yates and Gonnet with the optional and
/// repeated elements of Navarro and Raffinot), so that time is linear whatever the pattern is.
public struct ClassPattern: Sendable, Hashable {
    /// The elements that a pattern may have, those of `{n,m}` counted one by one.
    public static let mostElements = 120
    /// The bytes that a match may have.
    public static let longestMatch = 256

    /// Why a pattern cannot be used.
    public enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        /// It matches the empty text, or is empty.
        case matchesNothing
        /// It has more than ``ClassPattern/mostElements`` elements.
        case tooLong
        /// A character is out of place, counted in bytes from 1.
        case unexpected(at: Int)

        /// What is wrong.
        public var description: String {
            switch self {
            case .matchesNothing: "the pattern would match an empty text"
            case .tooLong: "the pattern has more than \(ClassPattern.mostElements) elements"
            case .unexpected(let place):
                "byte \(place) is out of place; there are characters, . \\d \\w \\s [classes] and ? * + {n} {n,m}"
            }
        }
    }

    /// Bit i + 1 of an entry: whether the byte matches element i.
    private let matching: [UInt128]
    /// Bit i + 1: element i may be left out.
    private let optional: UInt128
    /// Bit i + 1: element i may be repeated.
    private let repeated: UInt128
    private let final: UInt128

    /// Compiles a pattern.
    public init(_ text: String) throws(Fault) {
        var parser = ClassPatternParser(text)
        let elements = try parser.elements()
        var matching = [UInt128](repeating: 0, count: 256)
        var optional: UInt128 = 0
        var repeated: UInt128 = 0
        for (index, element) in elements.enumerated() {
            let bit: UInt128 = 1 << UInt128(index + 1)
            for byte in 0..<256 where element.bytes[byte] { matching[byte] |= bit }
            if element.isOptional { optional |= bit }
            if element.isRepeated { repeated |= bit }
        }
        (self.matching, self.optional, self.repeated) = (matching, optional, repeated)
        final = 1 << UInt128(elements.count)
        guard !elements.isEmpty, closure(1) & final == 0 else { throw .matchesNothing }
    }

    /// The bytes that a match may begin with.
    var firstBytes: [UInt8] {
        let reachable = closure(1) << 1
        return (0..<256).compactMap { reachable & matching[$0] != 0 ? UInt8($0) : nil }
    }

    /// The end of the longest match that begins at a place, at most ``longestMatch`` bytes on.
    func end(at start: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var states = closure(1)
        var found: Int?
        var place = start
        let limit = min(count, start + Self.longestMatch)
        while place < limit {
            let accepted = matching[Int(base[place])]
            states = closure((states << 1 & accepted) | (states & repeated & accepted))
            if states == 0 { break }
            place += 1
            if states & final != 0 { found = place }
        }
        return found
    }

    /// Adds the states that are reached by leaving optional elements out.
    private func closure(_ states: UInt128) -> UInt128 {
        var states = states
        while true {
            let more = states | (states << 1 & optional)
            if more == states { return states }
            states = more
        }
    }
}
