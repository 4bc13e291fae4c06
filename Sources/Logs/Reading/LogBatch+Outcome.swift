extension LogBatch {
    /// How the request ended that a record tells of: by an attribute for its status, else by its text.
    ///
    /// The names are those of OpenTelemetry's semantic conventions (`http.response.status_code`, `rpc.grpc.status_code`), of any version, and
    /// those of other loggers that end alike (`status`, `statusCode`); where a name says nothing of HTTP, a method, path or URL must stand beside it.
    func outcome(of record: LogRecord) -> RequestOutcome {
        let range = Int(record.fields.start)..<Int(record.fields.start) + Int(record.fields.count)
        for index in range where isStatus(fields[index]) {
            let outcome = outcome(index, in: range)
            if outcome != .unknown { return outcome }
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = Int(record.body.start) + Int(record.messageOffset)
            let end = Int(record.body.start) + Int(record.body.count)
            guard start < end else { return .unknown }
            let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
            return StatusCode.value(in: text).map { RequestOutcome(http: $0) } ?? .unknown
        }
    }

    /// Whether a value may be a status, by the end of its name.
    @inline(__always)
    private func isStatus(_ field: LogField) -> Bool {
        guard field.scope == .attribute, field.key.count >= 6 else { return false }
        let end = Int(field.key.start) + Int(field.key.count)
        let last = bytes[end - 1] | 0x20
        return (last == 0x73 || last == 0x65) && (ends(field.key, "status") || ends(field.key, "code"))
    }

    private func outcome(_ index: Int, in range: Range<Int>) -> RequestOutcome {
        let field = fields[index]
        if contains(field.key, "rpc") { return number(field).map { RequestOutcome(grpc: $0) } ?? grpc(field) }
        guard ends(field.key, "status") || ends(field.key, "statuscode") || ends(field.key, "status_code"),
            let status = number(field), (100...599).contains(status)
        else { return .unknown }
        let isOfHTTP = contains(field.key, "http") || field.up > 0 && isResponse(fields[index - Int(field.up)].key)
        return isOfHTTP || range.contains { isRequest(fields[$0].key) } ? RequestOutcome(http: status) : .unknown
    }

    private func isResponse(_ key: ByteRange) -> Bool {
        ends(key, "http") || ends(key, "response") || ends(key, "res")
    }

    private func isRequest(_ key: ByteRange) -> Bool {
        ["method", "path", "url", "uri", "route", "target", "request"].contains { ends(key, $0) }
    }

    private func number(_ field: LogField) -> Int? {
        switch field.kind {
        case .integer: Int(field.bits)
        case .number: Int(exactly: Double(bitPattern: UInt64(bitPattern: field.bits)))
        case .string where field.text.count <= 3:
            bytes.withUnsafeBytes { LogReader.integer(UnsafeRawBufferPointer(rebasing: $0[range(field.text)])) }
                .map { Int($0) }
        default: nil
        }
    }

    /// The outcome that the name of a code says: `UNAVAILABLE`, `DeadlineExceeded`.
    private func grpc(_ field: LogField) -> RequestOutcome {
        guard field.kind == .string else { return .unknown }
        let isName = { (name: StaticString) in self.isSame(field.text, name) }
        if isName("ok") { return .answered }
        if Self.failures.contains(where: isName) { return .failed }
        return Self.refusals.contains(where: isName) ? .refused : .unknown
    }

    private static let failures: [StaticString] = [
        "unknown", "deadlineexceeded", "unimplemented", "internal", "unavailable", "dataloss",
    ]
    private static let refusals: [StaticString] = [
        "cancelled", "canceled", "invalidargument", "notfound", "alreadyexists", "permissiondenied",
        "resourceexhausted",
        "failedprecondition", "aborted", "outofrange", "unauthenticated",
    ]

    /// Whether a text is a word of small letters, underscores and the size of letters apart.
    private func isSame(_ text: ByteRange, _ word: StaticString) -> Bool {
        var count = 0
        for byte in bytes[range(text)] where byte != 0x5f {
            guard count < word.utf8CodeUnitCount, byte | 0x20 == word.utf8Start[count] else { return false }
            count += 1
        }
        return count == word.utf8CodeUnitCount
    }

    private func ends(_ key: ByteRange, _ word: StaticString) -> Bool {
        Int(key.count) >= word.utf8CodeUnitCount
            && isWord(word, at: Int(key.start) + Int(key.count) - word.utf8CodeUnitCount)
    }

    private func contains(_ key: ByteRange, _ word: StaticString) -> Bool {
        let last = Int(key.start) + Int(key.count) - word.utf8CodeUnitCount
        return last >= Int(key.start) && (Int(key.start)...last).contains { isWord(word, at: $0) }
    }

    private func isWord(_ word: StaticString, at start: Int) -> Bool {
        (0..<word.utf8CodeUnitCount).allSatisfy {
            let byte = bytes[start + $0]
            return (byte.isUppercase ? byte | 0x20 : byte) == word.utf8Start[$0]
        }
    }
}
