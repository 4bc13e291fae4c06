import Features
import Glibc
import LinearAlgebra
import Testing

struct TextEncodingTests {
    private static let printing = [
        "printer paper jam", "printer toner empty", "paper tray printer", "toner paper printer",
    ]
    private static let network = [
        "vpn login timeout", "login vpn password", "vpn timeout network", "password login network",
    ]
    private static let texts = (0..<6).flatMap { _ in printing + network }

    private func encoding(_ texts: [String] = texts, dimensions: Int = 4, seed: UInt64 = 1) throws -> TextEncoding {
        var generator = SplitMix64(state: seed)
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
    func `a text without known terms is zero`(text: String) throws {
        #expect(try encoding().encode(text) == [0, 0, 0, 0])
    }

    @Test func `a term needs three documents, however often it stands in one`() throws {
        let encoding = try encoding(Self.texts + ["rare rare rare rare", "rare"])
        #expect(encoding.encode("rare").allSatisfy { $0 == 0 })
        let three = try self.encoding(Self.texts + ["rare", "rare", "rare"])
        #expect(three.encode("rare").contains { $0 != 0 })
    }

    @Test func `without frequent terms there is no encoding`() throws {
        var generator = SplitMix64(state: 1)
        for texts in [[], ["", ""], ["one", "two", "three"]] as [[String]] {
            let encoding = try TextEncoding(name: "body", texts: texts, dimensions: 4, using: &generator)
            #expect(encoding == nil)
        }
    }

    @Test func `terms that always stand together are one direction, and apart they stay bounded`() throws {
        let texts = (0..<20).map { $0 % 2 == 0 ? "null pointer" : "disk full" }
        let encoding = try encoding(texts, dimensions: 24)
        #expect(encoding.dimensions == 2)
        for text in texts + ["null", "pointer disk", "full"] {
            #expect(encoding.encode(text).allSatisfy { abs($0) < 10 })
        }
    }
}
