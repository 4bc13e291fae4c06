internal import Records

extension LogReader {
    /// Takes a line of a web server's access log; a line that is none is kept as plain text.
    ///
    /// The message begins with the request. Failures of the server are errors, those of the client warnings.
    mutating func takeAccess(_ line: LineFraming.Line, in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        let text = UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count])
        guard let access = AccessLine(text, clock: clock) else {
            return takeUnread(line, in: buffer, error: 0, into: &batch)
        }
        var record = beginRecord(line, text, into: &batch)
        let base = Int(record.body.start)
        let part = { (range: Range<Int>) in ByteRange(start: base + range.lowerBound, count: range.count) }
        record.messageOffset = UInt32(truncatingIfNeeded: access.request.lowerBound - 1)
        record.severityNumber = access.status >= 500 ? 17 : access.status >= 400 ? 13 : 9
        if let time = access.time {
            record.time = time
        } else {
            faults.add(.timeOutOfRange, line: line.number, field: "time")
        }
        batch.add("client.address", text: part(access.host))
        if let user = access.user { batch.add("user.name", text: part(user)) }
        if let method = access.method { batch.add("http.request.method", text: part(method)) }
        if let target = access.target { batch.add("url.original", text: part(target)) }
        if let version = access.version { batch.add("network.protocol.version", text: part(version)) }
        batch.add("http.response.status_code", number: Int64(access.status))
        if let size = access.size { batch.add("http.response.body.size", number: Int64(size)) }
        if let referrer = access.referrer { batch.add("http.request.header.referer", text: part(referrer)) }
        if let agent = access.agent { batch.add("user_agent.original", text: part(agent)) }
        end(&record, into: &batch)
    }
}
