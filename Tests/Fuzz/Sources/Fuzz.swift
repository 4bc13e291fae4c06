import Glibc
@_spi(RawText) import Logs
@_spi(RawText) import Records

/// What libFuzzer calls with every input; the reader is that of `CASEBOOK_FUZZ`, a format or `redactor`.
///
/// Beside crashes and hangs it finds a line that is not counted, records that depend on where chunks end, and text that a
/// second redaction changes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    if let format = target.format { read(bytes, format) } else { redact(bytes) }
    return 0
}

private struct Target {
    var format: LogFormat?
    var redactor: Redactor?

    init() {
        let name = getenv("CASEBOOK_FUZZ").map { String(cString: $0) } ?? ""
        format = LogFormat(rawValue: name)
        redactor = Redactor(key: Array("the key of a fuzzer".utf8))
        precondition(format != nil || name == "redactor", "CASEBOOK_FUZZ is no format and not redactor")
    }
}

private let target = Target()

private func read(_ bytes: [UInt8], _ format: LogFormat) {
    let whole = events(bytes, format, chunk: max(1, bytes.count))
    let parts = events(bytes, format, chunk: 7)
    precondition(whole.counts.linesOfRecords + whole.counts.skippedLines == whole.counts.lines, "a line is not counted")
    precondition(whole.events == parts.events && whole.counts == parts.counts, "chunks make a difference")
}

private func events(_ bytes: [UInt8], _ format: LogFormat, chunk: Int) -> (events: [LogEvent], counts: LogCounts) {
    var reader = LogReader(format: format, observedTime: 1_772_409_600_000_000_000)
    var batch = LogBatch()
    for start in stride(from: 0, to: bytes.count, by: chunk) {
        reader.read(Array(bytes[start..<min(bytes.count, start + chunk)]), into: &batch)
    }
    reader.finish(into: &batch)
    return (batch.records.map { batch.event($0) }, reader.counts)
}

private func redact(_ bytes: [UInt8]) {
    guard let redactor = target.redactor else { return }
    let once = redactor.redact(RawText(bytes: bytes))
    precondition(redactor.redact(RawText(once.string)) == once, "a second redaction changes the text")
}
