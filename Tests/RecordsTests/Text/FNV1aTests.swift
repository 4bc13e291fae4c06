import Records
import Testing

struct FNV1aTests {
    // The test vectors of its authors.
    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)])
    func `hashes are those of the authors`(text: String, hash: UInt64) {
        #expect(FNV1a.hash(text.utf8) == hash)
        #expect(text.utf8.reduce(FNV1a.offsetBasis) { FNV1a.hash($0, appending: $1) } == hash)
    }
}
