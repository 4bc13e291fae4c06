import Records
import Testing

struct HexadecimalTests {
    @Test func `each byte has two digits, zeros that lead too`() {
        #expect(([0, 1, 15, 16, 171, 255] as [UInt8]).hexadecimal == "00010f10abff")
        #expect(([] as [UInt8]).hexadecimal == "")
    }
}
