extension LineFraming {
    /// Finds the JSON documents that end in the buffer, one a line or formatted over several.
    ///
    /// A line that does not begin a document is handed out as it is. A document that is broken off ends where its error
    /// shows: at a line end within a text, before a line that begins another export, or where its brackets do not match.
    mutating func cutDocuments(isAtEnd: Bool) {
        var start = 0
        var place = searched
        var ends: [Int] = []
        buffer.withUnsafeBytes { bytes in
            while place < count {
                if json.depth == 0, dropped == 0, place == start {
                    if Self.isSpace(bytes[place]) {
                        place += 1
                        ends.append(-place)
                        start = place
                        continue
                    }
                    json = JSONDocumentState()
                    json.isDocument = bytes[place] == UInt8(ascii: "{")
                }
                guard let end = json.isDocument ? documentEnd(bytes, &place) : lineEnd(bytes, &place) else { break }
                ends.append(end)
                start = end
                place = end
                json = JSONDocumentState()
            }
        }
        hand(out: ends)
        searched = place
        if isAtEnd, consumed < count {
            add(from: consumed, to: count, after: count)
            endsWithinLine = true
            if json.isDocument { faults.append((.cutShort, number)) }
            consumed = count
            searched = count
        }
    }

    private mutating func hand(out ends: [Int]) {
        consumed = 0
        for end in ends {
            if end < 0 {
                position += Int64(-end - consumed)
                consumed = -end
            } else {
                add(from: consumed, to: buffer[end - 1] == 0x0A ? end - 1 : end, after: end)
                consumed = end
            }
        }
    }

    /// The end of the document at whose beginning, or within which, a place is; nil when it goes on.
    private mutating func documentEnd(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        while place < count {
            let byte = bytes[place]
            place += 1
            if json.isInText {
                if byte == 0x0A { return place }
                if json.isEscaped {
                    json.isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    json.isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    json.isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): json.isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): json.depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                json.depth -= 1
                if json.depth <= 0 { return place }
            case 0x0A:
                let rest = UnsafeRawBufferPointer(rebasing: bytes[place..<count])
                if Self.beginsExport(rest) { return place }
                // The beginning of the next line may not have come yet.
                if rest.count < Self.longestBeginning, Self.mayBeginExport(rest) {
                    place -= 1
                    return nil
                }
            default: break
            }
        }
        return nil
    }

    private func lineEnd(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        while place < count {
            place += 1
            if bytes[place - 1] == 0x0A { return place }
        }
        return nil
    }

    private static let longestBeginning = 16

    private static func beginsExport(_ text: UnsafeRawBufferPointer) -> Bool {
        TraceLines.begins(text, "{\"resourceLogs\"") || TraceLines.begins(text, "{\"resource_logs\"")
    }

    private static func mayBeginExport(_ text: UnsafeRawBufferPointer) -> Bool {
        let names: [StaticString] = ["{\"resourceLogs\"", "{\"resource_logs\""]
        return names.contains { name in
            UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount).starts(with: text)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
}
