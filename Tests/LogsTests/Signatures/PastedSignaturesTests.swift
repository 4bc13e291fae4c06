@_spi(RawText) import Records
import Testing

@testable import Logs

@Suite("Signatures in what people paste")
struct PastedSignaturesTests {
    private let redactor: Redactor
    private let set: SignatureSet
    private let pasted: PastedSignatures

    init() throws {
        let redactor = try #require(Redactor(key: Array("a key of sixteen bytes or more".utf8)))
        self.redactor = redactor
        var miner = SignatureMiner(redactor: redactor)
        for number in 1...40 {
            for line in [
                "Connection to 10.0.0.\(number):5432 refused for ann\(number)@shop.example",
                "request \(number) took 3 ms",
                "E\(number)",
            ] { _ = miner.learn(Array(line.utf8).span) }
        }
        set = miner.signatures()
        let shapes = miner.newShapes()
        pasted = PastedSignatures(shapes: shapes.map { ($0, 40) })
    }

    private func ids(_ text: String) -> [String] { pasted.ids(in: redactor.redact(RawText(text))) }

    private func id(_ template: String) throws -> String {
        try #require(set.signatures.first { $0.template == template }).id.description
    }

    @Test("are found whatever the values are, in lines with a header or without one, though values were redacted")
    func values() throws {
        let refused = try id("Connection to <*> refused for <*>")
        #expect(
            ids("2026-03-01T10:00:00Z ERROR [store] Connection to 192.0.2.7:99 refused for bob@mail.example") == [
                refused
            ])
        #expect(ids("Connection to 192.0.2.7:99 refused for bob@mail.example") == [refused])
        let took = try id("request <*> took <*> ms")
        #expect(
            ids(
                """
                2026-03-01T10:00:00Z ERROR [store] request 77 took 9 ms
                2026-03-01T10:00:01Z ERROR [store] Connection to 192.0.2.7:99 refused for bob@mail.example
                2026-03-01T10:00:02Z ERROR [store] request 78 took 9 ms
                """) == [took, refused])
    }

    @Test("are not those of lines that are no errors, that nobody knows, or whose template has hardly a word")
    func nothing() {
        #expect(ids("2026-03-01T10:00:00Z INFO [store] request 77 took 9 ms").isEmpty)
        #expect(ids("2026-03-01T10:00:00Z ERROR [store] disk of host7 is full").isEmpty)
        #expect(ids("E17").isEmpty)
        #expect(ids("").isEmpty)
    }
}
