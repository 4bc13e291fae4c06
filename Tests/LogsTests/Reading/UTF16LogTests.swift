import Logs
import Testing

/// Logs in UTF-16, as programs of Windows write them.
struct UTF16LogTests {
    private static let text = """
        {"timeUnixNano":"1767571200000000000","severityNumber":17,"body":"Grüße, 世界 😀"}
        {"timeUnixNano":"1767571201000000000","severityNumber":9,"body":"ok"}

        """

    private static func bytes(_ text: String, isBigEndian: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBigEndian ? [high, low] : [low, high]
        }
    }

    @Test(arguments: [true, false], [1, 3, 7, .max])
    func `the records are those of the same text in UTF-8`(isBigEndian: Bool, chunk: Int) {
        let read = ReadLog(Self.bytes(Self.text, isBigEndian: isBigEndian), chunk: chunk)
        let expected = ReadLog(Array(Self.text.utf8))
        #expect(read.format == .json && read.messages == ["Grüße, 世界 😀", "ok"])
        #expect(read.events == expected.events)
        #expect(read.faults == expected.faults)
        #expect(read.counts == expected.counts)
    }

    @Test func `half of a character is replaced and hides no line`() {
        let lone: [UInt8] = [0x3D, 0xD8, 0x61, 0x00, 0x0A, 0x00, 0x62, 0x00, 0x3D, 0xD8, 0x00]
        #expect(ReadLog([0xFF, 0xFE] + lone, .plain).messages == ["\u{FFFD}a", "b\u{FFFD}"])
    }

    @Test func `they are no binary files`() {
        for isBigEndian in [true, false] {
            let bytes = Self.bytes(Self.text, isBigEndian: isBigEndian)
            #expect(LogStream.isUTF16(bytes) && !LogStream.isBinary(bytes))
        }
        #expect(!LogStream.isUTF16(Array(Self.text.utf8)) && !LogStream.isUTF16([0xFF]))
    }
}
