/// Writes the shape of a message in one pass over its bytes.
struct ShapeScanner {
    let input: UnsafeBufferPointer<UInt8>
    let classes = ByteClass.table
    var output: UnsafeMutablePointer<UInt8>
    var count = 0

    /// Creates a scanner.
    ///
    /// - Parameters:
    ///   - input: The message, no longer than ``MessageShape/longestMessage``.
    ///   - output: Room for as many bytes as the message has, and one more.
    init(_ input: UnsafeBufferPointer<UInt8>, output: UnsafeMutablePointer<UInt8>) {
        self.input = input
        self.output = output
    }

    /// Writes the shape and returns its length.
    mutating func scan() -> Int {
        var position = 0
        let end = input.count
        while position < end {
            let byte = input[position]
            guard classes[Int(byte)] & ByteClass.end != 0 else {
                position = atom(from: position)
                continue
            }
            if byte.isBlank {
                position += 1
                while position < end, input[position].isBlank { position += 1 }
                if count > 0, position < end { write(0x20) }
            } else if let next = comparedNumber(at: position) {
                position = next
            } else {
                write(byte)
                position += 1
            }
        }
        return count
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        output[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func copy(_ range: Range<Int>) {
        guard let base = input.baseAddress else { return }
        (output + count).update(from: base + range.lowerBound, count: range.count)
        count += range.count
    }

    @inline(__always)
    mutating func variable() {
        write(MessageShape.variable)
    }

    /// Reads on to the end of the atom and writes it; returns the position after it.
    @inline(__always)
    private mutating func atom(from start: Int) -> Int {
        let end = input.count
        var position = start
        var mask: UInt8 = 0
        while true {
            let byteClass = classes[Int(input[position])]
            if byteClass & ByteClass.end != 0 {
                // The apostrophe of a contraction belongs to its word.
                guard input[position] == UInt8(ascii: "'"), position > start, position + 1 < end,
                    input[position - 1].isLetter, input[position + 1].isLetter
                else { break }
            }
            mask |= byteClass
            position += 1
            if position == end { break }
        }
        if mask == ByteClass.digit {
            return number(start..<position)
        }
        if position < end, input[position] == UInt8(ascii: ":") {
            if let next = locator(start..<position) ?? hexadecimalGroups(start..<position) {
                variable()
                return next
            }
        }
        if mask & ~(ByteClass.letter | ByteClass.end | ByteClass.dash) == 0 {
            word(start..<position)
        } else {
            classify(start..<position)
        }
        return position
    }

    @inline(__always)
    private mutating func number(_ range: Range<Int>) -> Int {
        if range.upperBound < input.count, input[range.upperBound] == UInt8(ascii: ":"),
            let next = hexadecimalGroups(range)
        {
            variable()
            return next
        }
        if StatusCode.isOne(range, in: input) { copy(range) } else { variable() }
        return range.upperBound
    }

    private mutating func word(_ range: Range<Int>) {
        switch range.count {
        case 3...9 where isDate(range): write(MessageShape.date)
        case 3...5 where isConstantOfLanguages(range): variable()
        default: copy(range)
        }
    }

    /// A comparison written before a number, such as `<1`, is part of the number.
    private mutating func comparedNumber(at position: Int) -> Int? {
        guard input[position] == UInt8(ascii: "<") || input[position] == UInt8(ascii: ">"),
            position == 0 || input[position - 1].isBlank, position + 1 < input.count, input[position + 1].isDigit
        else { return nil }
        var next = position + 1
        while next < input.count, input[next].isDigit || input[next] == UInt8(ascii: ".") { next += 1 }
        // `<42>` is a value in brackets.
        guard next == input.count || input[next] != UInt8(ascii: ">") else { return nil }
        variable()
        return next
    }
}
