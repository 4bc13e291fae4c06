import Records
import Testing

struct JSONLineWriterTests {
    @Test func `the last byte is that of what was written, also after the memory has grown`() {
        var line = JSONLineWriter(capacity: 1)
        #expect(line.last == nil)
        line.literal("{")
        #expect(line.last == UInt8(ascii: "{"))
        line.value("a longer text")
        #expect(line.last == UInt8(ascii: "\"") && line.last == line.bytes.last)
    }
}
