/// Takes neighbouring variables together, so that a list of values, a value with its unit and a value that is repeated in
/// brackets count as one variable whatever their number.
enum VariableRuns {
    static func collapsed(_ elements: [Element], _ tokens: inout TokenTable) -> [Element] {
        var collapsed: [Element] = []
        collapsed.reserveCapacity(elements.count)
        var index = 0
        while index < elements.count {
            guard elements[index].kind == .variable else {
                collapsed.append(elements[index])
                index += 1
                continue
            }
            let end = end(of: index, elements, tokens)
            let form = elements[index..<end].flatMap { tokens[$0.token].bytes }
            collapsed.append(Element(kind: .variable, token: tokens.number(of: form)))
            index = end
        }
        return collapsed
    }

    private static func end(of start: Int, _ elements: [Element], _ tokens: TokenTable) -> Int {
        var end = start + 1
        while let next = next(after: end, elements, tokens) { end = next }
        return end
    }

    private static func next(after end: Int, _ elements: [Element], _ tokens: TokenTable) -> Int? {
        var index = end
        while index < elements.count, isSeparator(elements[index], tokens) { index += 1 }
        if index < elements.count, elements[index].kind == .variable { return index + 1 }
        index = end
        if index < elements.count, isBlank(elements[index], tokens) { index += 1 }
        guard index < elements.count else { return nil }
        if isUnit(elements[index], tokens) { return index + 1 }
        if index == end, elements[index].kind == .literal, tokens[elements[index].token].bytes == [0x3d],
            index + 1 < elements.count, elements[index + 1].kind == .variable
        {
            return index + 2
        }
        return bracket(index, elements, tokens)
    }

    /// The end of a bracket that holds nothing, or only variables and their units.
    private static func bracket(_ start: Int, _ elements: [Element], _ tokens: TokenTable) -> Int? {
        guard elements[start].kind == .literal else { return nil }
        let close: UInt8
        switch tokens[elements[start].token].bytes {
        case [UInt8(ascii: "(")]: close = UInt8(ascii: ")")
        case [UInt8(ascii: "[")]: close = UInt8(ascii: "]")
        default: return nil
        }
        for index in elements.indices.suffix(from: start + 1).prefix(8) {
            let element = elements[index]
            if element.kind == .literal, tokens[element.token].bytes == [close] { return index + 1 }
            guard element.kind == .variable || isUnit(element, tokens) || isSeparator(element, tokens) else {
                return nil
            }
        }
        return nil
    }

    private static func isBlank(_ element: Element, _ tokens: TokenTable) -> Bool {
        element.kind == .literal && tokens[element.token].bytes == [0x20]
    }

    private static func isUnit(_ element: Element, _ tokens: TokenTable) -> Bool {
        element.kind == .word && tokens[element.token].isUnit
    }

    /// Blanks and marks that stand between the values of a list, and marks that stand for a missing value.
    private static func isSeparator(_ element: Element, _ tokens: TokenTable) -> Bool {
        guard element.kind == .literal else { return false }
        return tokens[element.token].bytes.allSatisfy { " ,:-/+.*".utf8.contains($0) }
    }
}
