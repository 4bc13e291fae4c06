/// Parts a shape into elements.
struct ElementParser {
    /// What follows after so many elements counts as one variable.
    private static let largestCount = 512

    private let shape: [UInt8]
    private var elements: [Element] = []

    /// The elements of a shape, with neighbouring variables taken together.
    static func elements(of shape: ArraySlice<UInt8>, _ tokens: inout TokenTable) -> [Element] {
        var parser = ElementParser(shape: Array(shape))
        parser.part(&tokens)
        parser.findValues(tokens)
        return VariableRuns.collapsed(parser.elements, &tokens)
    }

    private init(shape: [UInt8]) {
        self.shape = shape
    }

    private mutating func part(_ tokens: inout TokenTable) {
        var position = 0
        while position < shape.count {
            if elements.count >= Self.largestCount {
                elements.append(Element(kind: .variable, token: tokens.number(of: shape[position...])))
                return
            }
            let byte = shape[position]
            if byte == MessageShape.variable || byte == MessageShape.date {
                elements.append(Element(kind: .variable, token: tokens.number(of: [byte])))
                position += 1
            } else if ByteClass.table[Int(byte)] & ByteClass.end != 0 {
                elements.append(Element(kind: .literal, token: tokens.number(of: [byte])))
                position += 1
            } else {
                var end = position
                while end < shape.count, !isEnd(of: position, end) { end += 1 }
                atom(position..<end, &tokens)
                position = end
            }
        }
    }

    private func isEnd(of start: Int, _ index: Int) -> Bool {
        guard ByteClass.table[Int(shape[index])] & ByteClass.end != 0 else { return false }
        return
            !(shape[index] == UInt8(ascii: "'") && index > start && index + 1 < shape.count
            && shape[index - 1].isLetter && shape[index + 1].isLetter)
    }

    private mutating func atom(_ whole: Range<Int>, _ tokens: inout TokenTable) {
        var range = whole
        // Punctuation at either end is not part of the word; a name before its number keeps its mark outside as well.
        var leading = range.lowerBound
        while leading < range.upperBound, !isWordByte(shape[leading]) { leading += 1 }
        guard leading < range.upperBound else {
            elements.append(Element(kind: .literal, token: tokens.number(of: shape[range])))
            return
        }
        var trailing = range.upperBound
        while !isWordByte(shape[trailing - 1]) { trailing -= 1 }
        range = leading..<trailing
        if leading > whole.lowerBound {
            elements.append(Element(kind: .literal, token: tokens.number(of: shape[whole.lowerBound..<leading])))
        }
        let text = shape[range]
        let isKey = whole.upperBound < shape.count && shape[whole.upperBound] == UInt8(ascii: "=")
        elements.append(
            Element(kind: !isKey && isIdentifier(text) ? .identifier : .word, token: tokens.number(of: text)))
        if trailing < whole.upperBound {
            elements.append(Element(kind: .literal, token: tokens.number(of: shape[trailing..<whole.upperBound])))
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == 0x5f }

    private func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
        if text.contains(where: \.isDigit) { return !MeaningWords.isStatus(text) }
        let dots = text.count { $0 == UInt8(ascii: ".") }
        // The last part of a dotted name may say what happened: `app.screen.OFF`.
        let last = text.split(separator: UInt8(ascii: ".")).last ?? []
        return dots >= 2 && !MeaningWords.contains(last.map { $0.isUppercase ? $0 | 0x20 : $0 })
            || text.dropFirst().dropLast().contains(UInt8(ascii: "$"))
            || dots == 1 && text.contains(UInt8(ascii: "/"))
    }

    /// Words behind `=`, glued behind a word and a colon, or alone in quotes are values, unless they carry meaning.
    private mutating func findValues(_ tokens: TokenTable) {
        for index in elements.indices.dropFirst() where elements[index].kind == .word {
            let facts = tokens[elements[index].token]
            guard !facts.hasMeaning, let before = single(elements[index - 1], tokens) else { continue }
            let after = index + 1 < elements.count ? single(elements[index + 1], tokens) : nil
            let isQuoted = (before == 0x22 || before == 0x27) && after == before
            let isBehindColon =
                before == UInt8(ascii: ":") && index >= 2 && elements[index - 2].kind == .word
                && facts.bytes.allSatisfy { $0.isLetter }
            if before == UInt8(ascii: "=") || isQuoted || isBehindColon { elements[index].kind = .value }
        }
    }

    private func single(_ element: Element, _ tokens: TokenTable) -> UInt8? {
        guard element.kind == .literal else { return nil }
        let bytes = tokens[element.token].bytes
        return bytes.count == 1 ? bytes[0] : nil
    }
}
