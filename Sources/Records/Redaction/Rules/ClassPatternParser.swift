/// Reads the elements of a ``ClassPattern``.
struct ClassPatternParser {
    struct Element {
        var bytes: [Bool]
        var isOptional = false
        var isRepeated = false
    }

    private let text: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    private var fault: ClassPattern.Fault { .unexpected(at: place + 1) }
    private var byte: UInt8? { place < text.count ? text[place] : nil }

    mutating func elements() throws(ClassPattern.Fault) -> [Element] {
        var elements: [Element] = []
        while byte != nil {
            elements += try repetitions(of: Element(bytes: try set()))
            guard elements.count <= ClassPattern.mostElements else { throw .tooLong }
        }
        return elements
    }

    private mutating func repetitions(of element: Element) throws(ClassPattern.Fault) -> [Element] {
        var loose = element
        loose.isOptional = true
        var endless = element
        endless.isRepeated = true
        switch byte {
        case UInt8(ascii: "?"):
            place += 1
            return [loose]
        case UInt8(ascii: "*"):
            place += 1
            endless.isOptional = true
            return [endless]
        case UInt8(ascii: "+"):
            place += 1
            return [endless]
        case UInt8(ascii: "{"):
            place += 1
            let least = try number()
            var most = least
            if byte == UInt8(ascii: ",") {
                place += 1
                most = try number()
            }
            guard byte == UInt8(ascii: "}"), most >= max(1, least) else { throw fault }
            place += 1
            return Array(repeating: element, count: least) + Array(repeating: loose, count: most - least)
        default: return [element]
        }
    }

    private mutating func number() throws(ClassPattern.Fault) -> Int {
        var number = 0
        let start = place
        while let digit = byte, digit &- 48 < 10 {
            number = number * 10 + Int(digit - 48)
            place += 1
            if number > ClassPattern.mostElements { throw .tooLong }
        }
        if place == start { throw fault }
        return number
    }

    private mutating func set() throws(ClassPattern.Fault) -> [Bool] {
        guard let byte else { throw fault }
        switch byte {
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\\"): return try escaped()
        case UInt8(ascii: "."):
            place += 1
            return Self.set { $0 != 0x0A }
        case _ where "(){}|?*+^$]".utf8.contains(byte): throw fault
        default:
            place += 1
            return Self.set { $0 == byte }
        }
    }

    private mutating func escaped() throws(ClassPattern.Fault) -> [Bool] {
        place += 1
        guard let letter = byte else { throw fault }
        func isWord(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || ByteClass.table[Int(byte)] & ByteClass.word.rawValue != 0
        }
        let bytes: [Bool]
        switch letter {
        case UInt8(ascii: "d"): bytes = Self.set { $0 &- 48 < 10 }
        case UInt8(ascii: "D"): bytes = Self.set { $0 &- 48 >= 10 && $0 != 0x0A }
        case UInt8(ascii: "w"): bytes = Self.set(isWord)
        case UInt8(ascii: "W"): bytes = Self.set { !isWord($0) && $0 != 0x0A }
        case UInt8(ascii: "s"): bytes = Self.set { $0 == 0x20 || $0 == 0x09 }
        case UInt8(ascii: "S"): bytes = Self.set { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        case _ where ByteClass.table[Int(letter)] & ByteClass.word.rawValue != 0: throw fault
        default: bytes = Self.set { $0 == letter }
        }
        place += 1
        return bytes
    }

    /// A class in brackets.
    private mutating func list() throws(ClassPattern.Fault) -> [Bool] {
        place += 1
        var bytes = [Bool](repeating: false, count: 256)
        let isOpposite = byte == UInt8(ascii: "^")
        if isOpposite { place += 1 }
        var isEmpty = true
        while let low = byte, low != UInt8(ascii: "]") || isEmpty {
            isEmpty = false
            if low == UInt8(ascii: "\\") {
                let more = try escaped()
                for value in 0..<256 where more[value] { bytes[value] = true }
                continue
            }
            place += 1
            var high = low
            if byte == UInt8(ascii: "-"), place + 1 < text.count, text[place + 1] != UInt8(ascii: "]") {
                high = text[place + 1]
                guard high >= low, high != UInt8(ascii: "\\") else { throw fault }
                place += 2
            }
            for value in low...high { bytes[Int(value)] = true }
        }
        guard byte == UInt8(ascii: "]") else { throw fault }
        place += 1
        return isOpposite ? Self.set { !bytes[Int($0)] && $0 != 0x0A } : bytes
    }

    private static func set(_ contains: (UInt8) -> Bool) -> [Bool] {
        (0..<256).map { contains(UInt8($0)) }
    }
}
