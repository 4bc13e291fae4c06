internal import Records

/// What a line names, in order, so that lines of mail programs are told in any language: words, numbers and addresses.
struct NamedLine {
    /// A part of a line between blanks and signs.
    enum Part: Equatable {
        /// A run of digits, by its length.
        case number(digits: Int)
        /// A word that begins with a small letter and is not that letter alone, with a capital one, or of a script that has none of either.
        case small, capital, caseless
        /// The token of a redactor in place of anything but an address.
        case token
        /// An address; programs set it in brackets, people hardly ever.
        case address(isBracketed: Bool)
    }

    private(set) var parts: [Part] = []
    /// Whether two numbers of at most two digits stand to both sides of a colon or a point, as hours and minutes do.
    private(set) var hasClock = false

    /// Takes a line apart.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        var isBracketed = false
        // Up to where no address can begin, since what stands there was found to be none.
        var plainEnd = 0
        var place = 0
        while place < bytes.count {
            if let end = RedactedText.tokenEnd(at: place, in: bytes) {
                let isAddress = bytes[place...].starts(with: "<email:".utf8)
                parts.append(isAddress ? .address(isBracketed: isBracketed) : .token)
                (place, isBracketed) = (end, false)
                continue
            }
            let character = WordCharacter(at: place, in: raw)
            switch character.kind {
            case .hidden: place += character.width
            case .sign:
                if "<([".utf8.contains(bytes[place]) { isBracketed = true }
                if ">)]".utf8.contains(bytes[place]) { isBracketed = false }
                place += character.width
            case .letter, .unspaced:
                let run = place < plainEnd ? nil : Self.run(from: place, in: bytes)
                if let run, run.isAddress {
                    parts.append(.address(isBracketed: isBracketed))
                    (place, isBracketed) = (run.end, false)
                } else {
                    plainEnd = run?.end ?? plainEnd
                    // The scheme that some programs put before an address leaves its bracket open.
                    if !bytes[place...].starts(with: "mailto:".utf8) { isBracketed = false }
                    place = addRun(place, character, raw)
                }
            }
        }
    }

    /// Where the next blank or sign that no address has stands, and whether an address goes up to there.
    private static func run(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, isAddress: Bool) {
        let run = bytes[start...].prefix { $0 > 0x20 && !"<>()[]:;,\"".utf8.contains($0) }
        let sign = run.firstIndex(of: UInt8(ascii: "@"))
        return (run.endIndex, sign.map { $0 > start && $0 + 1 < run.endIndex } ?? false)
    }

    /// Adds the letters, or the digits, that begin at a place; their end is returned.
    private mutating func addRun(_ start: Int, _ first: WordCharacter, _ bytes: UnsafeRawBufferPointer) -> Int {
        let isNumber = first.isDigit
        var place = start
        var count = 0
        while place < bytes.count {
            let next = WordCharacter(at: place, in: bytes)
            guard next.kind == .letter || next.kind == .unspaced, next.isDigit == isNumber else { break }
            place += next.width
            count += 1
        }
        if isNumber {
            if case .number(1...2)? = parts.last, count <= 2, start >= 2, ":.".utf8.contains(bytes[start - 1]),
                48...57 ~= bytes[start - 2]
            {
                hasClock = true
            }
            parts.append(.number(digits: count))
        } else if first.isCapital {
            parts.append(.capital)
        } else if !first.small.properties.isLowercase {
            parts.append(.caseless)
        } else if count > 1, !Self.isEnding(start, bytes) {
            parts.append(.small)
        }
        return place
    }

    /// Whether letters are the other ending of the word before them: `napisao/la`, `napisał(a)`.
    private static func isEnding(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        start >= 2 && "/(".utf8.contains(bytes[start - 1]) && bytes[start - 2] > 0x20
    }

    private static func isNumber(_ part: Part) -> Bool { if case .number = part { true } else { false } }

    private var numbers: Int { parts.count(where: Self.isNumber) }

    /// Whether an address in brackets is in the line.
    var namesSender: Bool { parts.contains(.address(isBracketed: true)) }

    /// Whether an address is in the line.
    var namesAddress: Bool { namesSender || parts.contains(.address(isBracketed: false)) }

    /// The most words in a date: the day of the week, the month, the zone, and what joins them.
    private static let dateWords = 8

    /// Whether the line is a day with its year and a time.
    var isDateAndTime: Bool {
        hasClock && numbers >= 4 && parts.contains(.number(digits: 4)) && !namesAddress
            && parts.count - numbers <= Self.dateWords
    }

    /// Whether the line has the form of an attribution: a day and an address in brackets, the one at the front and the other behind it, with
    /// no more words besides than programs write in any language.
    var attributes: Bool {
        guard let address = parts.firstIndex(of: .address(isBracketed: true)), numbers >= 2,
            numbers >= 4 || parts.contains(.number(digits: 4)),
            parts.count(where: { if case .address = $0 { true } else { false } }) == 1,
            let first = parts.firstIndex(where: Self.isNumber), let last = parts.lastIndex(where: Self.isNumber)
        else { return false }
        let nameStart = parts[..<address].lastIndex { $0 == .small || Self.isNumber($0) }.map { $0 + 1 } ?? 0
        let behind = parts[(max(address, last) + 1)...]
        guard !behind.contains(.capital), address - nameStart <= Self.nameWords else { return false }
        // The person first, whose name has no small words.
        if address < first { return nameStart == 0 && first - address - 1 + behind.count <= Self.openingWords }
        let between = parts[last..<address].count { $0 == .small }
        return last < address && first <= Self.openingWords && between + behind.count <= Self.verbWords
            && parts[..<address].count { $0 == .small } <= Self.smallWords
    }

    /// The most words before the first number, `Il giorno lun 2 mar …`, and around a day behind the person, `… tarihinde şunu yazdı:`.
    private static let openingWords = 3
    /// The most words around the person: `… ha scritto:`, `… ο χρήστης Desk <…> έγραψε:`.
    private static let verbWords = 2
    /// The most words of a name, or of what joins it to the day in scripts without capitals.
    private static let nameWords = 8
    /// The most words in small letters before the address.
    private static let smallWords = 8
}

extension WordCharacter {
    /// Whether it is a decimal digit of any script.
    var isDigit: Bool {
        small.value < 0x80 ? 48...57 ~= small.value : small.properties.numericType == .decimal
    }
}
