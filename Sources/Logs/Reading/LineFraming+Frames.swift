extension LineFraming {
    /// Finds the syslog messages that end in the buffer: lines, or messages after the count of their bytes (RFC 6587, 3.4).
    ///
    /// A message that begins with digits, a space and `<` is counted. Where the next does not, lines go on.
    mutating func cutFrames(isAtEnd: Bool) {
        var start = 0
        while start < count || (isAtEnd && dropped > 0) {
            if dropped == 0, let frame = octetCount(from: start, isAtEnd: isAtEnd) {
                guard frame.end <= count || isAtEnd else { break }
                if frame.end > count { faults.append((.cutShort, number + 1)) }
                let end = min(frame.end, count)
                // Some senders count the line end, too.
                let isLine = end > frame.start && buffer[end - 1] == 0x0A
                add(from: frame.start, to: isLine ? end - 1 : end, after: end, head: frame.start - start)
                start = end
                searched = start
                continue
            }
            if !isAtEnd, dropped == 0, mayBeCount(from: start) { break }
            guard let end = lineEnd(from: max(start, searched)) ?? (isAtEnd ? count : nil) else {
                searched = count
                break
            }
            endsWithinLine = end == count
            add(from: start, to: end, after: min(end + 1, count))
            start = min(end + 1, count)
            searched = start
        }
        consumed = start
    }

    /// The range of a message after its count; nil when none stands there.
    private func octetCount(from start: Int, isAtEnd: Bool) -> (start: Int, end: Int)? {
        var place = start
        var octets = 0
        while place < count, place - start < 8, buffer[place] &- 48 < 10 {
            octets = octets * 10 + Int(buffer[place] &- 48)
            place += 1
        }
        guard place > start, buffer[start] != 0x30, octets > 2, octets <= Self.longestLine - 16, place + 1 < count,
            buffer[place] == 0x20, buffer[place + 1] == UInt8(ascii: "<")
        else { return nil }
        return (place + 1, place + 1 + octets)
    }

    /// Whether the buffer ends within what may be a count.
    private func mayBeCount(from start: Int) -> Bool {
        var place = start
        while place < count, place - start < 8, buffer[place] &- 48 < 10 { place += 1 }
        return place == count || (place > start && place + 1 == count && buffer[place] == 0x20)
    }

    /// Finds the OTLP messages that end in the buffer: each after its length in four bytes, the highest first, or one
    /// `ExportLogsServiceRequest`, of which every `ResourceLogs` is handed out as a message.
    ///
    /// Of messages after each other without lengths every `ResourceLogs` is found, too, since protobuf joins them.
    mutating func cutMessages(isAtEnd: Bool) {
        var start = 0
        if frames.skipped > 0 {
            start = min(frames.skipped, count)
            frames.skipped -= start
            position += Int64(start)
        }
        loop: while start < count {
            if frames.kind == .unknown {
                // As a length the tag of the first field would be more than is held of a message.
                frames.kind = buffer[start] == ProtobufReader.tag(1, .lengthDelimited) ? .plain : .counted
            }
            switch frames.kind {
            case .counted:
                guard count - start >= 4 else { break loop }
                let length = (0..<4).reduce(0) { $0 << 8 | Int(buffer[start + $1]) }
                guard take(length, header: 4, from: &start) else { break loop }
            case .plain:
                let rest = buffer.withUnsafeBytes { bytes -> (length: Int, header: Int)? in
                    var reader = ProtobufReader(UnsafeRawBufferPointer(rebasing: bytes[start..<count]))
                    guard reader.varint() == UInt64(ProtobufReader.tag(1, .lengthDelimited)) else {
                        return (-1, 0)
                    }
                    guard let length = reader.varint() else { return nil }
                    return (Int(min(length, UInt64(Int.max >> 1))), reader.position)
                }
                guard let (length, header) = rest else { break loop }
                if length < 0 {
                    frames.kind = .lost
                    faults.append((.badFrame, number + 1))
                    continue loop
                }
                guard take(length, header: header, from: &start) else { break loop }
            case .lost, .unknown:
                position += Int64(count - start)
                start = count
            }
        }
        consumed = start
        if isAtEnd, start < count || frames.skipped > 0 {
            number += 1
            faults.append((.cutShort, number))
            lost += 1
            position += Int64(count - start)
            consumed = count
        }
    }

    /// Hands out a message that is whole; one that is too long to be held is passed over.
    private mutating func take(_ length: Int, header: Int, from start: inout Int) -> Bool {
        if length > Self.longestMessage {
            number += 1
            lost += 1
            faults.append((.cutLine, number))
            let held = min(count - start, header + length)
            frames.skipped = header + length - held
            position += Int64(held)
            start += held
            return true
        }
        guard start + header + length <= count else { return false }
        let end = start + header + length
        add(from: start + header, to: end, after: end, head: header, isText: false)
        start = end
        return true
    }
}
