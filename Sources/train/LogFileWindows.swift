import Commands
import Glibc
import Logs
import Records

/// Reads a log from a file and cuts it into windows.
enum LogFileWindows {
    private static let chunk = 1 << 20

    /// The windows of a log.
    ///
    /// - Throws: ``RecordError``; that the file is empty where it has no record, and that its first line has no time where
    ///   windows of minutes are wanted and no record has one.
    static func read(_ path: String, window: LogWindow, redactor: Redactor) throws(RecordError) -> LogWindows {
        let bytes = try RecordFile(reading: path).bytes
        var windowing = LogWindowing(window: window, redactor: redactor)
        var batch = LogBatch()
        var stream = LogStream(observedTime: WallClock.nanoseconds)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            bytes.withUnsafeBytes { buffer in
                let end = min(start + chunk, buffer.count)
                stream.read(UnsafeRawBufferPointer(rebasing: buffer[start..<end]), into: &batch)
            }
            windowing.add(batch)
            batch.removeAll()
        }
        stream.finish(into: &batch)
        windowing.add(batch)
        if windowing.records == 0 { throw .emptyFile(file: path) }
        if case .minutes = window, windowing.recordsWithoutTime == windowing.records {
            throw .invalidRow(RowFault(file: path, line: 1, field: "time", excerpt: "", reason: .missingValue))
        }
        return windowing.take(isWhole: true)
    }
}
