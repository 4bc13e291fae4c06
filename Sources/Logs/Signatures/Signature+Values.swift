extension Signature {
    /// The values of a message of this signature: for each `<*>` of the template, in their order, the range of its bytes.
    ///
    /// The constants of the template are found one after the other, each at the first place where it fits and the last one at
    /// the end; runs of blanks, and control bytes, count as one blank.
    ///
    /// - Returns: nil when the message does not fit the template.
    /// - Complexity: O(n m) for n bytes of the message and m of the longest constant, as when both are one repeated byte;
    ///   O(n) for what programs write.
    public func values(of message: Span<UInt8>) -> [Range<Int>]? {
        message.withUnsafeBufferPointer { message in
            let constants = Self.constants(of: template)
            var ranges: [Range<Int>] = []
            var place = Self.skipBlanks(message, 0)
            guard let first = Self.match(constants[0], message, at: place) else { return nil }
            place = first
            for (index, constant) in constants.enumerated().dropFirst() {
                let isLast = index == constants.count - 1
                var start = place
                var end: Int?
                while start <= message.count {
                    end = Self.match(constant, message, at: start)
                    if let end, !isLast || Self.skipBlanks(message, end) == message.count { break }
                    end = nil
                    start += 1
                }
                guard let end else { return nil }
                ranges.append(Self.trimmed(message, place..<start))
                place = end
            }
            return Self.skipBlanks(message, place) == message.count ? ranges : nil
        }
    }

    private static func constants(of template: String) -> [[UInt8]] {
        var constants: [[UInt8]] = [[]]
        var rest = Array(template.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: "<*>".utf8) {
                constants.append([])
                rest = rest.dropFirst(3)
            } else {
                constants[constants.count - 1].append(byte)
                rest = rest.dropFirst()
            }
        }
        return constants
    }

    /// Where a constant that begins at a place ends.
    private static func match(_ constant: [UInt8], _ message: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var place = start
        for byte in constant {
            guard place < message.count else { return nil }
            if isBlank(byte) {
                guard isBlank(message[place]) else { return nil }
                place = skipBlanks(message, place)
            } else {
                guard message[place] == byte else { return nil }
                place += 1
            }
        }
        return place
    }

    private static func skipBlanks(_ message: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < message.count, isBlank(message[place]) { place += 1 }
        return place
    }

    private static func trimmed(_ message: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
        let start = min(skipBlanks(message, range.lowerBound), range.upperBound)
        var end = range.upperBound
        while end > start, isBlank(message[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }
}
