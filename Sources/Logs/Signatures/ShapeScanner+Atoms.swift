/// Which atoms are variables by their looks.
extension ShapeScanner {
    /// Writes an atom that is more than letters or digits.
    mutating func classify(_ whole: Range<Int>) {
        var range = whole
        if let dots = dottedRule(in: range) {
            if dots.lowerBound > range.lowerBound { classify(range.lowerBound..<dots.lowerBound) }
            copy(dots)
            if dots.upperBound < range.upperBound { classify(dots.upperBound..<range.upperBound) }
            return
        }
        // The full stop of a sentence.
        while range.count > 1, input[range.upperBound - 1] == UInt8(ascii: ".") || input[range.upperBound - 1] == 0x2a {
            range = range.lowerBound..<range.upperBound - 1
        }
        defer { copy(range.upperBound..<whole.upperBound) }
        let facts = AtomFacts(input, range)
        if facts.digits + facts.letters == 0 {
            copy(range)
        } else if StatusCode.isOne(range, in: input), facts.digits == 3 {
            copy(range)
        } else if facts.letters == 0 {
            var start = range.lowerBound
            while [0x23, 0x24, 0x2a, 0x40, 0x7e].contains(input[start]) {
                write(input[start])
                start += 1
            }
            variable()
        } else if facts.slashes + facts.backslashes > 0 {
            path(range, facts)
        } else if let at = facts.at, at > range.lowerBound, at < range.upperBound - 1 {
            let suffix = at + 1..<range.upperBound
            if suffix.allSatisfy({ input[$0].isHexadecimal }), suffix.contains(where: { input[$0].isDigit }) {
                copy(range.lowerBound..<at + 1)
                variable()
            } else {
                variable()
            }
        } else if facts.digits > 0 {
            mixed(range, facts)
        } else if facts.dots > 0, isBeforePort(range.upperBound) {
            variable()
        } else {
            word(of: range)
        }
    }

    /// Letters with dots or symbols and no digit.
    private mutating func word(of range: Range<Int>) {
        if (3...5).contains(range.count), isConstantOfLanguages(range) { variable() } else { copy(range) }
    }

    /// A run of two dots and more: the leader of a table, or an ellipsis.
    private func dottedRule(in range: Range<Int>) -> Range<Int>? {
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            if input[index] == UInt8(ascii: "."), input[index + 1] == UInt8(ascii: ".") {
                var end = index + 2
                while end < range.upperBound, input[end] == UInt8(ascii: ".") { end += 1 }
                return end - index == range.count ? nil : index..<end
            }
            index += 1
        }
        return nil
    }

    private mutating func path(_ range: Range<Int>, _ facts: AtomFacts) {
        let isFromFolder = !range.prefix { input[$0] != UInt8(ascii: "/") }
            .contains { input[$0] != UInt8(ascii: ".") && input[$0] != UInt8(ascii: "~") }
        if facts.backslashes > 0 || facts.slashes >= 2 || isFromFolder {
            variable()
        } else if facts.digits > 0, let slash = range.first(where: { input[$0] == UInt8(ascii: "/") }),
            isVariable(range.lowerBound..<slash) || isVariable(slash + 1..<range.upperBound)
        {
            variable()
        } else if isNotApplicable(range) {
            variable()
        } else {
            copy(range)
        }
    }

    private func isVariable(_ part: Range<Int>) -> Bool {
        guard !part.isEmpty else { return false }
        let facts = AtomFacts(input, part)
        return facts.digits > 0 && (facts.letters == 0 || isMixedVariable(part, facts))
    }

    private mutating func mixed(_ range: Range<Int>, _ facts: AtomFacts) {
        if isErrorCode(range) {
            copy(range)
        } else if let number = numberAfterName(range) {
            copy(range.lowerBound..<number)
            variable()
        } else if isMixedVariable(range, facts) || isBeforePort(range.upperBound) {
            variable()
        } else {
            copy(range)
        }
    }

    /// Letters and digits that no word is made of: hexadecimal numbers, quantities with their unit, versions,
    /// identifiers with a number behind a dash or an underscore, names of hosts with numbers.
    private func isMixedVariable(_ range: Range<Int>, _ facts: AtomFacts) -> Bool {
        let first = input[range.lowerBound]
        if first.isDigit { return true }
        if first == 0x2b || first == 0x2d, range.count > 1, input[range.lowerBound + 1].isDigit { return true }
        if facts.digits >= 3 || facts.dashes >= 2 || facts.dots >= 2 { return true }
        if range.count >= 3, range.allSatisfy({ input[$0].isHexadecimal }) { return true }
        if first == UInt8(ascii: "v"), range.dropFirst().allSatisfy({ input[$0].isDigit || input[$0] == 0x2e }) {
            return true
        }
        return numberBehindDash(range) || isInstance(range)
    }

    /// Whether a part behind a dash or an underscore is random: `web-1a2b3c`, `orders-f81d4fae_blue`.
    private func isInstance(_ range: Range<Int>) -> Bool {
        guard var start = range.first(where: { input[$0] == 0x2d || input[$0] == 0x5f }) else { return false }
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, input[end] != 0x2d, input[end] != 0x5f { end += 1 }
            if InstanceName.isRandom(start + 1..<end, in: input) { return true }
            start = end
        }
        return false
    }

    /// `task_12`, but neither `x86_64` nor `utf_8bit`: digits behind a dash that end the atom or meet another dash.
    private func numberBehindDash(_ range: Range<Int>) -> Bool {
        for index in range.dropFirst() where input[index] == 0x5f || input[index] == 0x2d {
            guard input[index - 1].isLetter || input[index - 1] == 0x5f else { continue }
            var end = index + 1
            while end < range.upperBound, input[end].isDigit { end += 1 }
            if end > index + 1, end == range.upperBound || !input[end].isLetter { return true }
        }
        return false
    }

    /// Where the number starts in `name-12`, `core.2275` and `cpu#0`, whose names stay.
    private func numberAfterName(_ range: Range<Int>) -> Int? {
        guard let mark = range.first(where: { !input[$0].isLetter }), mark > range.lowerBound,
            input[mark] == 0x2d || input[mark] == 0x2e || input[mark] == 0x23, mark + 1 < range.upperBound
        else { return nil }
        let rest = mark + 1..<range.upperBound
        if input[mark + 1].isDigit, rest.allSatisfy({ input[$0].isDigit || input[$0] == 0x2e }) { return mark + 1 }
        let isHexadecimal = input[mark] != 0x2d && rest.count >= 6 && rest.allSatisfy { input[$0].isHexadecimal }
        return isHexadecimal ? mark + 1 : nil
    }

    /// A code in capitals and digits that names a kind of error, because a colon or the word before says so.
    private func isErrorCode(_ range: Range<Int>) -> Bool {
        guard input[range.lowerBound].isUppercase, range.count <= 12 else { return false }
        var index = range.lowerBound
        while index < range.upperBound, input[index].isUppercase { index += 1 }
        if index < range.upperBound, input[index] == 0x2d { index += 1 }
        let digits = range.upperBound - index
        guard (3...6).contains(digits), (index..<range.upperBound).allSatisfy({ input[$0].isDigit }) else {
            return false
        }
        let end = range.upperBound
        if end + 1 < input.count, input[end] == UInt8(ascii: ":"), input[end + 1].isBlank { return true }
        return followsWordForError()
    }

    private func followsWordForError() -> Bool {
        guard count >= 5, output[count - 1] == 0x20 else { return false }
        let tail = (count - 5..<count - 1).map { output[$0] | 0x20 }
        return tail == Array("code".utf8) || count >= 6 && tail == Array("rror".utf8)
    }
}

/// How many bytes of each kind an atom has.
struct AtomFacts {
    var letters = 0
    var digits = 0
    var dots = 0
    var dashes = 0
    var slashes = 0
    var backslashes = 0
    var at: Int?

    init(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        for index in range {
            switch input[index] {
            case UInt8(ascii: "."): dots += 1
            case UInt8(ascii: "-"): dashes += 1
            case UInt8(ascii: "/"): slashes += 1
            case UInt8(ascii: "\\"): backslashes += 1
            case UInt8(ascii: "@"): at = at ?? index
            case let byte where byte.isDigit: digits += 1
            case let byte where byte.isLetter: letters += 1
            default: break
            }
        }
    }
}
