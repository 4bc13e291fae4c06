internal import Records

extension LogReader {
    /// Sets the properties of a record from its fields.
    ///
    /// A field whose value is not understood is reported and stays an attribute.
    mutating func setSlots(of record: inout LogRecord, _ slots: FieldSlots, in batch: inout LogBatch) {
        record.observedTime = clock.observedTime
        if slots.observed >= 0,
            let time = time(batch, slots.observed, slots.isObservedNanoseconds, "observedTime", record.line)
        {
            record.observedTime = time
        }
        if slots.time >= 0 {
            if let time = time(batch, slots.time, slots.isTimeNanoseconds, "time", record.line) {
                record.time = time
            } else {
                release(slots.time, in: &batch)
            }
        }
        if slots.severityNumber >= 0 {
            if let number = severityNumber(batch, batch.fields[slots.severityNumber]) {
                record.severityNumber = UInt8(truncatingIfNeeded: number)
            } else {
                refuse(.badSeverity, slots.severityNumber, "severityNumber", record, in: &batch)
            }
        }
        if slots.severityText >= 0 { setSeverityText(of: &record, slots.severityText, in: &batch) }
        if slots.body >= 0 { setBody(of: &record, slots.body, in: &batch) }
        if slots.trace >= 0 {
            if let id = identifier(batch, slots.trace, digits: 32) {
                record.traceID = id
            } else {
                refuse(.badIdentifier, slots.trace, "traceID", record, in: &batch)
            }
        }
        if slots.span >= 0 {
            if let id = identifier(batch, slots.span, digits: 16) {
                record.spanID = id.low
            } else {
                refuse(.badIdentifier, slots.span, "spanID", record, in: &batch)
            }
        }
    }

    private mutating func refuse(
        _ kind: LogFault.Kind, _ slot: Int, _ name: String, _ record: LogRecord, in batch: inout LogBatch
    ) {
        faults.add(kind, line: record.line, field: name)
        release(slot, in: &batch)
    }

    /// Makes an attribute of a field that was to be a property.
    private func release(_ slot: Int, in batch: inout LogBatch) {
        batch.fields[slot].scope = .attribute
    }

    private mutating func time(
        _ batch: borrowing LogBatch, _ slot: Int, _ isNanoseconds: Bool, _ name: String, _ line: Int64
    ) -> Int64? {
        let field = batch.fields[slot]
        var (isRange, isDayFirst) = (false, false)
        let time: Int64? = batch.bytes.withUnsafeBytes { bytes in
            switch field.kind {
            case .integer:
                isRange = true
                if isNanoseconds { return field.bits == 0 || field.bits == LogRecord.noTime ? nil : field.bits }
                return LogClock.nanoseconds(field.bits)
            case .number:
                isRange = true
                let number = Double(bitPattern: UInt64(bitPattern: field.bits))
                return isNanoseconds && number.magnitude >= 9.2e18 ? nil : LogClock.nanoseconds(number)
            case .string:
                let text = UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)])
                let known = isNanoseconds ? Self.integer(text) : nil
                if known == nil, let stamp = TimeScanner.whole(text, clock: clock) {
                    (isRange, isDayFirst) = (stamp.hasDate, stamp.isDayFirst)
                    return stamp.nanoseconds
                }
                guard let number = known ?? Self.integer(text) else {
                    isRange = !text.isEmpty && text.allSatisfy { $0 &- 48 < 10 }
                    return nil
                }
                isRange = true
                return isNanoseconds ? (number == 0 ? nil : number) : LogClock.nanoseconds(number)
            default: return nil
            }
        }
        if isDayFirst { clock.isDayFirst = true }
        // Zero nanoseconds mean that the time is not known.
        if time == nil, !(isNanoseconds && isZero(field, batch)) {
            faults.add(isRange ? .timeOutOfRange : .badTime, line: line, field: name)
        }
        return time
    }

    private func isZero(_ field: LogField, _ batch: borrowing LogBatch) -> Bool {
        field.kind == .integer
            ? field.bits == 0 : field.kind == .string && batch.bytes[batch.range(field.text)].allSatisfy { $0 == 0x30 }
    }

    private func severityNumber(_ batch: borrowing LogBatch, _ field: LogField) -> Int? {
        if field.kind == .integer { return (0...24).contains(field.bits) ? Int(field.bits) : nil }
        guard field.kind == .string else { return nil }
        return batch.bytes.withUnsafeBytes { bytes in
            var text = UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)])
            if let number = Self.integer(text) { return (0...24).contains(number) ? Int(number) : nil }
            // The names of protobuf's enumeration: SEVERITY_NUMBER_WARN, SEVERITY_NUMBER_WARN2, ...
            if TraceLines.begins(text, "SEVERITY_NUMBER_") { text = UnsafeRawBufferPointer(rebasing: text[16...]) }
            guard let last = text.last else { return nil }
            let step = last >= 0x32 && last <= 0x34 ? Int(last) - 0x31 : 0
            if step > 0 { text = UnsafeRawBufferPointer(rebasing: text.dropLast()) }
            return LogSeverity.number(word: text).map { $0 + step }
        }
    }

    private mutating func setSeverityText(of record: inout LogRecord, _ slot: Int, in batch: inout LogBatch) {
        let field = batch.fields[slot]
        var number: Int?
        switch field.kind {
        case .string:
            record.severityText = field.text
            number = batch.bytes.withUnsafeBytes { bytes in
                let text = UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)])
                return LogSeverity.number(word: text) ?? (text.count == 1 ? HeaderWords.number(letter: text[0]) : nil)
                    ?? Self.integer(text).flatMap { LogSeverity.number(level: Int($0)) }
            }
        case .integer: number = LogSeverity.number(level: Int(field.bits))
        default: break
        }
        guard record.severityNumber == 0 else { return }
        if let number {
            record.severityNumber = UInt8(truncatingIfNeeded: number)
        } else if field.kind != .string || field.text.count > 0 {
            faults.add(.badSeverity, line: record.line, field: "severityText")
            if field.kind != .string { release(slot, in: &batch) }
        }
    }

    private mutating func setBody(of record: inout LogRecord, _ slot: Int, in batch: inout LogBatch) {
        let field = batch.fields[slot]
        var text = field.text
        if field.kind != .string {
            let end = Int(record.fields.start) + Int(record.fields.count)
            let fields = slot..<max(slot + 1, end)
            guard let spelled = batch.spelled(slot, in: fields) else {
                batch.json(slot, in: fields).withUnsafeBytes { record.body = batch.append($0) }
                return
            }
            spelled.withUnsafeBytes { text = batch.append($0) }
        }
        if let plain = batch.withoutControlSequences(text) { plain.withUnsafeBytes { text = batch.append($0) } }
        var count = Int(text.count)
        let start = Int(text.start)
        if count > 0, batch.bytes[start + count - 1] == 0x0A { count -= 1 }
        if count > 0, batch.bytes[start + count - 1] == 0x0D { count -= 1 }
        record.body = ByteRange(start: start, count: count)
        guard record.severityNumber == 0 else { return }
        // A container's log wraps the lines of a program, whose own header says the level.
        batch.bytes.withUnsafeBytes { bytes in
            let header = PlainHeader(UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), clock: clock)
            record.severityNumber = UInt8(truncatingIfNeeded: header.severityNumber)
            record.messageOffset = UInt32(
                truncatingIfNeeded: columns.message(header.candidates, end: header.message))
            columns.count(header.candidates)
            record.severityText = ByteRange(
                start: start + header.severityText.lowerBound, count: header.severityText.count)
            if record.time == LogRecord.noTime, let time = header.time { record.time = time }
        }
    }

    /// Reports the bytes of a body that are no text.
    mutating func reportBody(of record: LogRecord, in batch: LogBatch) {
        batch.bytes.withUnsafeBytes {
            reportBytes(UnsafeRawBufferPointer(rebasing: $0[batch.range(record.body)]), line: record.line)
        }
    }

    /// A whole decimal number of 19 digits at most; nil when the text is none or does not fit.
    static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let first = text.first else { return nil }
        let start = first == UInt8(ascii: "-") ? 1 : 0
        // As many digits fit into the unsigned number, so that none of them needs to be looked at for an overflow.
        guard (1...19).contains(text.count - start) else { return nil }
        var number: UInt64 = 0
        for index in start..<text.count {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            number = number &* 10 &+ UInt64(digit)
        }
        guard let magnitude = Int64(exactly: number) else { return nil }
        return start > 0 ? -magnitude : magnitude
    }

    /// An id in hexadecimal digits, all of them or the lower half; zero when it is empty; nil when it is none.
    private func identifier(_ batch: borrowing LogBatch, _ slot: Int, digits: Int) -> (high: UInt64, low: UInt64)? {
        let field = batch.fields[slot]
        if field.text.count == 0, field.kind == .string || field.kind == .bytes { return (0, 0) }
        if field.kind == .bytes, field.text.count == digits / 2 {
            let id = batch.bytes[batch.range(field.text)].reduce((high: UInt64(0), low: UInt64(0))) {
                ($0.high << 8 | $0.low >> 56, $0.low << 8 | UInt64($1))
            }
            return id
        }
        guard field.kind == .string else { return nil }
        guard field.text.count == digits || (digits == 32 && field.text.count == 16) else { return nil }
        return batch.bytes.withUnsafeBytes { bytes in
            let text = UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.text)])
            guard let low = Self.hexadecimal(text, from: text.count - 16) else { return nil }
            if text.count == 16 { return (0, low) }
            return Self.hexadecimal(text, from: 0).map { ($0, low) }
        }
    }

    /// The value of sixteen hexadecimal digits; without branches, since ids are random.
    private static func hexadecimal(_ digits: UnsafeRawBufferPointer, from start: Int) -> UInt64? {
        var value: UInt64 = 0
        var signs = 0
        for index in start..<start + 16 {
            let byte = digits[index]
            // Negative where the byte is neither a decimal digit nor a letter from a to f.
            signs |= (9 &- Int(byte &- 0x30)) & (5 &- Int((byte | 0x20) &- 0x61))
            value = value &<< 4 | UInt64(byte & 15 &+ 9 &* (byte &>> 6)) & 15
        }
        return signs < 0 ? nil : value
    }
}
