internal import Records

extension LogReader {
    /// Takes a line of pairs `key=value`, where a value may stand in quotes and a key alone is true.
    ///
    /// A line without a pair is kept as plain text.
    mutating func takeLogfmt(_ line: LineFraming.Line, in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        let text = UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count])
        guard LogfmtLine.isOne(text) else { return takeUnread(line, in: buffer, error: 0, into: &batch) }
        var record = beginRecord(line, text, into: &batch)
        let base = Int(record.body.start)
        var slots = FieldSlots()
        var priorities = InlineArray<7, Int>(repeating: .max)
        var pairs = LogfmtLine(text)
        while let pair = pairs.next() {
            let key = ByteRange(start: base + pair.key.lowerBound, count: pair.key.count)
            let index = batch.fields.count
            if let value = pair.value {
                let range = ByteRange(start: base + value.lowerBound, count: value.count)
                batch.add(key, text: pair.hasEscapes ? unescaped(range, in: &batch) : range)
            } else {
                var field = LogField()
                field.key = key
                field.kind = .yes
                batch.fields.append(field)
            }
            guard let name = names.find(UnsafeRawBufferPointer(rebasing: text[pair.key])), name.role < 7 else {
                continue
            }
            guard name.priority < priorities[Int(name.role)] else { continue }
            priorities[Int(name.role)] = name.priority
            slots.set(name.role, index, isNanoseconds: name.isNanoseconds)
        }
        slots.forEach { batch.fields[$0].scope = .used }
        record.fields.count = UInt32(truncatingIfNeeded: batch.fields.count) - record.fields.start
        setSlots(of: &record, slots, in: &batch)
        end(&record, into: &batch)
    }

    /// The text of a value without the backslashes of its escapes.
    private func unescaped(_ range: ByteRange, in batch: inout LogBatch) -> ByteRange {
        let start = batch.bytes.count
        var index = Int(range.start)
        let end = index + Int(range.count)
        while index < end {
            var byte = batch.bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < end {
                index += 1
                byte = batch.bytes[index]
                switch byte {
                case UInt8(ascii: "n"): byte = 0x0A
                case UInt8(ascii: "t"): byte = 0x09
                case UInt8(ascii: "r"): byte = 0x0D
                default: break
                }
            }
            batch.bytes.append(byte)
            index += 1
        }
        return ByteRange(start: start, count: batch.bytes.count - start)
    }
}
