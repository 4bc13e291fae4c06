import Features
import Glibc
import LinearAlgebra
@_spi(Stored) import Records
import Statistics
import Testing

struct TextEncodingTests {
    private static let printing: [RedactedText] = [
        "printer paper jam", "printer toner empty", "paper tray printer", "toner paper printer",
    ]
    private static let network: [RedactedText] = [
        "vpn login timeout", "login vpn password", "vpn timeout network", "password login network",
    ]
    private static let texts = (0..<6).flatMap { _ in printing + network }

    private func encoding(_ texts: [RedactedText] = texts, dimensions: Int = 4, seed: UInt64 = 1) throws -> TextEncoding
    {
        var generator = SplitMix64(seed: seed)
        return try #require(
            try TextEncoding(name: "subject", texts: texts, dimensions: dimensions, using: &generator))
    }

    private func cosine(_ a: [Double], _ b: [Double]) -> Double {
        dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }

    @Test func `documents that share words are closer than those that do not`() throws {
        // Two topics are two directions: all directions weigh the same, so that more of them would tell texts of a topic apart.
        let encoding = try encoding(dimensions: 2)
        #expect(encoding.name == "subject" && encoding.dimensions == 2)
        for a in Self.printing {
            for b in Self.printing {
                for c in Self.network {
                    let (x, y, z) = (encoding.encode(a), encoding.encode(b), encoding.encode(c))
                    #expect(cosine(x, y) > cosine(x, z) || a == b, "\(a) | \(b) | \(c)")
                }
            }
        }
        // A text that was never seen lies with the topic of its words.
        let new = encoding.encode("new printer out of toner")
        #expect(cosine(new, encoding.encode(Self.printing[1])) > 0.5)
        #expect(cosine(new, encoding.encode(Self.network[0])) < 0.3)
    }

    @Test func `one seed gives the same bits, another the same geometry`() throws {
        let (first, again, other) = try (encoding(), encoding(), encoding(seed: 2))
        for text in Self.printing + Self.network {
            #expect(first.encode(text) == again.encode(text))
        }
        let similarity = { (encoding: TextEncoding) in
            cosine(encoding.encode(Self.printing[0]), encoding.encode(Self.printing[1]))
        }
        #expect(abs(similarity(first) - similarity(other)) < 1e-6)
    }

    @Test func `every direction has mean square 1 over the documents`() throws {
        let encoding = try encoding()
        let images = Self.texts.map { encoding.encode($0) }
        for dimension in 0..<encoding.dimensions {
            let square = images.reduce(0) { $0 + $1[dimension] * $1[dimension] } / Double(images.count)
            #expect(abs(square - 1) < 0.02)
        }
    }

    @Test func `case, punctuation and order do not matter, and letters beyond ASCII do`() throws {
        let encoding = try encoding(Self.texts + ["größe drucker", "größe drucker", "größe", "grösse"])
        #expect(encoding.encode("Printer: PAPER-jam!") == encoding.encode("jam paper printer"))
        #expect(encoding.encode("größe").contains { $0 != 0 })
        #expect(encoding.encode("grösse").allSatisfy { $0 == 0 })
    }

    @Test(arguments: ["", "   ", "unheard words only", "?!"])
    func `a text without known terms is zero`(text: RedactedText) throws {
        #expect(try encoding().encode(text) == [0, 0, 0, 0])
    }

    @Test func `a term needs three documents, however often it stands in one`() throws {
        let encoding = try encoding(Self.texts + ["rare rare rare rare", "rare"])
        #expect(encoding.encode("rare").allSatisfy { $0 == 0 })
        let three = try self.encoding(Self.texts + ["rare", "rare", "rare"])
        #expect(three.encode("rare").contains { $0 != 0 })
    }

    @Test func `a token counts by its kind, whatever its key, and is no word of the text`() throws {
        let (first, second) = try (redactor("0123456789abcdef"), redactor("fedcba9876543210"))
        let raw = (0..<6).map { RawText("printer of ada\($0)@example.com jams, call her") }
        let (texts, others) = (raw.map(first.redact), raw.map(second.redact))
        #expect(texts != others && texts[0].string.contains("<email:"))
        let encoding = try encoding(Self.texts + texts)
        #expect(texts.map(encoding.encode) == others.map(encoding.encode))
        let mail = encoding.encode(texts[0])
        #expect(mail == encoding.encode(first.redact(RawText("printer of eve@example.org jams, call her"))))
        #expect(mail != encoding.encode("printer of email jams, call her"))
        #expect(encoding.encode(second.redact(RawText("eve@example.org"))).contains { $0 != 0 })
        #expect(encoding.encode("<email> email").allSatisfy { $0 == 0 })
    }

    private func redactor(_ key: String) throws -> Redactor { try #require(Redactor(key: Array(key.utf8))) }

    @Test func `without frequent terms there is no encoding`() throws {
        var generator = SplitMix64(seed: 1)
        for texts in [[], ["", ""], ["one", "two", "three"]] as [[RedactedText]] {
            let encoding = try TextEncoding(name: "body", texts: texts, dimensions: 4, using: &generator)
            #expect(encoding == nil)
        }
    }

    @Test func `terms that always stand together are one direction, and apart they stay bounded`() throws {
        let texts: [RedactedText] = (0..<20).map { $0 % 2 == 0 ? "null pointer" : "disk full" }
        let encoding = try encoding(texts, dimensions: 24)
        #expect(encoding.dimensions == 2)
        for text in texts + ["null", "pointer disk", "full"] {
            #expect(encoding.encode(text).allSatisfy { abs($0) < 10 })
        }
    }
}
