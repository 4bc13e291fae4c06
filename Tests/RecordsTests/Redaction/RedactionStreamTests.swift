import Records
import Statistics
import Testing

/// Streams give what whole texts give, in bounded memory.
struct RedactionStreamTests {
    private func stream(_ bytes: [UInt8], by size: Int) throws -> (output: [UInt8], places: [RedactionStream.Place]) {
        var stream = RedactionStream(try Redactors.plain(), isReporting: true)
        var output: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let end = min(bytes.count, place + size)
            bytes[place..<end].withUnsafeBytes { stream.append($0, to: &output) }
            place = end
        }
        stream.finish(to: &output)
        return (output, stream.places)
    }

    private static let key =
        "-----BEGIN PRIVATE KEY-----\r\nMIIEowIBAAKCAQEA7bq8xk3l2vQ1m9c0sZt5\r\nu8yT3aFqJx0v5k2mB7h4gQ==\r\n-----END PRIVATE KEY-----"

    @Test(arguments: [1, 7, 64, 100_000])
    func `blocks of any size`(size: Int) throws {
        let text = "a bob@example.com\r\n\r\n\(Self.key)\nfrom 203.0.113.77 port 22\n\u{0}last +49 30 901820"
        let bytes = Array(text.utf8) + [0xFF, 0xC3]
        let (output, places) = try stream(bytes, by: size)
        let string = String(decoding: output, as: UTF8.self)
        #expect(
            !string.contains("bob") && !string.contains("MIIE") && !string.contains("203.0")
                && !string.contains("901820"))
        #expect(output.suffix(2) == [0xFF, 0xC3] && output.contains(0))
        #expect(output.count { $0 == 0x0A } == bytes.count { $0 == 0x0A })
        #expect(places.map(\.line) == [1, 3, 7, 8])
        #expect(places.map(\.finding.range.lowerBound) == [2, 0, 5, 6])
        #expect(places.map(\.finding.kind) == [.email, .privateKey, .ip, .phone])
    }

    @Test func `a line of ten million bytes`() throws {
        var bytes: [UInt8] = []
        var generator = SplitMix64(seed: 4)
        while bytes.count < 10_000_000 {
            bytes += Array(
                repeating: UInt8.random(in: 97...122, using: &generator),
                count: Int.random(in: 1...300, using: &generator))
            bytes += Array(" bob@example.com password=hunter2 ".utf8)
        }
        let (output, places) = try stream(bytes, by: 1 << 18)
        let text = String(decoding: output, as: UTF8.self)
        #expect(!text.contains("example.com") && !text.contains("hunter2"))
        #expect(places.allSatisfy { $0.line == 1 })
        #expect(places.map(\.finding.range.lowerBound) == places.map(\.finding.range.lowerBound).sorted())
        #expect(places.count == bytes.count { $0 == UInt8(ascii: "@") } * 2)
    }

    @Test(arguments: [
        " ", "a", "0", "-", "@", "/", "\"", "=", ":", "é", "eyJ", "1 ", "a.", "-----BEGIN PRIVATE KEY-----",
        "password=", "a@", "0:", "://a:", "<email:",
    ])
    func `lines of one thing alone end in time`(piece: String) throws {
        let bytes = Array(repeating: Array(piece.utf8), count: 600_000 / piece.utf8.count).flatMap { $0 }
        #expect(try !stream(bytes, by: 1 << 18).output.isEmpty)
    }
}
