@_spi(RawText) @_spi(Stored) import Records
import Testing

@Suite("Sealed text")
struct TextSealTests {
    private let cell = SealedCell("alias.value", row: ["a", "b"])

    private func seal(_ key: String = "a key of twenty bytes", store: [UInt8] = [1]) throws -> TextSeal {
        TextSeal(try #require(TenantKey(Array(key.utf8))), store: store)
    }

    @Test func `opens where it was sealed, and only there`() throws {
        let seal = try seal()
        let sealed = try seal.seal(RawText("Zelda"), in: cell)
        #expect(try seal.open(sealed, in: cell) == RawText("Zelda"))
        #expect(try seal.string(of: sealed, in: cell) == "Zelda")
        #expect(sealed.bytes.count == 12 + 5 + 16)
        #expect(sealed.description == "sealed text of 33 bytes")
        for other in [
            SealedCell("alias.value", row: ["ab", ""]), SealedCell("alias.value", row: ["a"]),
            SealedCell("fact.value", row: ["a", "b"]),
        ] {
            #expect(throws: SealError.refused) { try seal.open(sealed, in: other) }
        }
        #expect(throws: SealError.refused) { try self.seal(store: [2]).open(sealed, in: cell) }
        #expect(throws: SealError.refused) { try self.seal("another key of twenty").open(sealed, in: cell) }
        var bytes = sealed.bytes
        bytes[14] ^= 1
        #expect(throws: SealError.refused) { try seal.open(SealedText(stored: bytes), in: cell) }
        #expect(throws: SealError.refused) { try seal.open(SealedText(stored: [1, 2]), in: cell) }
    }

    @Test func `is another one each time, and is found by its hash`() throws {
        let seal = try seal()
        #expect(try seal.seal(RawText("Zelda"), in: cell) != seal.seal(RawText("Zelda"), in: cell))
        #expect(seal.hash(RawText("Zelda"), as: "name") == seal.hash(RawText("Zelda"), as: "name"))
        #expect(seal.hash(RawText("Zelda"), as: "name").count == 16)
        #expect(seal.hash(RawText("Zelda"), as: "nam") != seal.hash(RawText("eZelda"), as: "nam"))
        #expect(seal.hash(RawText("Zelda"), as: "name") != seal.hash(RawText("Zelda"), as: "other"))
        #expect(try seal.hash(RawText("Zelda"), as: "name") != self.seal(store: [2]).hash(RawText("Zelda"), as: "name"))
    }

    @Test func `keys are told apart by what they derive for a store`() throws {
        #expect(try seal().check == seal().check)
        #expect(try seal().check != seal(store: [2]).check)
        #expect(try seal().check != seal("another key of twenty").check)
        #expect(TenantKey(Array(repeating: 1, count: 15)) == nil)
    }

    @Test func `a tenant's key is that of its redactor`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a key of twenty bytes\n", to: "key")
        let files = RedactionFiles(rules: nil, contacts: nil, keyFile: file, environment: [:])
        let key = try #require(try files.tenantKey())
        #expect(TextSeal(key, store: [1]).check == (try seal().check))
        #expect(try RedactionFiles(rules: nil, contacts: nil, keyFile: nil, environment: [:]).tenantKey() == nil)
        let short = RedactionFiles(
            rules: nil, contacts: nil, keyFile: nil, environment: [RedactionFiles.keyVariable: "short"])
        #expect(throws: RecordError.shortKey(source: RedactionFiles.keyVariable, bytes: 5)) { try short.tenantKey() }
    }
}
