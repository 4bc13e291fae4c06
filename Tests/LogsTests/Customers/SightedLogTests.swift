import Logs
import Records
import Testing

struct SightedLogTests {
    private static let text = [
        #"{"timeUnixNano":"1","severityNumber":17,"body":"order 17 of acme-1 failed"}"#,
        #"{"timeUnixNano":"2","severityNumber":17,"body":"order 18 of bolt-2 failed"}"#,
        #"{"timeUnixNano":"3","severityNumber":9,"body":"idle"}"#, "not JSON at all",
    ].joined(separator: "\n")

    /// - Parameter chunk: The bytes that are handed over together.
    private func read(_ redactor: Redactor?, chunk: Int) -> (
        sightings: LogSightings, signatures: [Signature], lines: Int64
    ) {
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "acme-1"), Account(id: "bolt-2")]))
        var log = SightedLog(directory, redactor: redactor, observedTime: ReadLog.now)
        let bytes = Array(Self.text.utf8)
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                log.read(UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + chunk)]))
            }
        }
        #expect(log.faults[.notThisFormat] <= 1)
        let lines = log.counts.lines
        let (sightings, signatures) = log.finish()
        return (sightings, signatures, lines)
    }

    @Test(arguments: [1, 7, 10_000])
    func `each record has its signature and its accounts, wherever the log is cut`(chunk: Int) {
        let read = read(Redactor(key: Array(repeating: 7, count: 16)), chunk: chunk)
        #expect(read.sightings.lines.count == 4)
        #expect(read.sightings.lines.map { read.sightings.mentions(of: $0).map(\.account) } == [[0], [1], [], []])
        let templates = read.sightings.lines.map { read.signatures[Int($0.signature)].template }
        #expect(templates[0] == templates[1] || templates[0].hasPrefix("order <*> of"))
        #expect(templates[2...] == ["idle", "not JSON at all"])
    }

    @Test func `without a redactor there are no signatures, and the same accounts`() {
        let read = read(nil, chunk: 10_000)
        #expect(read.signatures.isEmpty)
        #expect(read.sightings.lines.map(\.signature) == [-1, -1, -1, -1])
        #expect(read.sightings.mentions.map(\.account) == [0, 1])
    }
}
