@_spi(RawText) import Records
import Testing

@testable import Connectors

@Suite("Files in a winmail.dat")
struct TNEFTests {
    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func attribute(_ id: Int, level: Int = 2, _ data: [UInt8]) -> [UInt8] {
        number(level, 1) + number(id, 4) + number(data.count, 4) + data + number(0, 2)
    }

    private static func text(_ bytes: [UInt8]) -> [UInt8] {
        number(1, 4) + number(bytes.count, 4) + bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    private static let beginning = attribute(0x69002, [UInt8](repeating: 0, count: 14))
    private static let head = number(0x223E_9F78, 4) + number(1, 2)

    /// A file with a short name in Cyrillic, and one whose properties hold its long name behind one with a name and one of two numbers.
    private static let file: [UInt8] = {
        let units: [UInt8] = "größer.log".utf16.flatMap { number(Int($0), 2) }
        var named = number(0x1F, 2) + number(0x8001, 2) + [UInt8](repeating: 7, count: 16)
        named += number(1, 4) + number(6, 4) + [0x61, 0, 0x62, 0, 0, 0, 0, 0] + text([0x63, 0, 0, 0])
        let numbers = number(0x1003, 2) + number(0x0E21, 2) + number(2, 4) + number(5, 4) + number(6, 4)
        let name = number(0x1F, 2) + number(0x3707, 2) + text(units + [0, 0])
        var file = head + attribute(0x69007, level: 1, number(1_251, 4) + number(0, 4))
        file += beginning + attribute(0x18010, [0xEF, 0xF0, 0x2E, 0x74, 0x78, 0x74, 0])
        file += attribute(0x6800F, Array("hello".utf8))
        file += beginning + attribute(0x6800F, []) + attribute(0x18010, Array("GRSSER~1.LOG\0".utf8))
        return file + attribute(0x69005, number(3, 4) + named + numbers + name)
    }()

    private func names(_ files: [ChannelMessage.File]) -> [String] {
        files.map { String(decoding: $0.name.bytes, as: UTF8.self) }
    }

    @Test func `files have their long names`() throws {
        let files = try #require(TNEFFiles.read(Self.file))
        #expect(names(files) == ["пр.txt", "größer.log"])
        #expect(files.map(\.size) == [5, 0] && files[0].hash?.first == 0x2C)
    }

    @Test func `they stand for the part that holds them`() {
        let head =
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsaid\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
        func body(_ content: [UInt8]) -> MIMEBody {
            let bytes = Array(head.utf8) + content + Array("\n--b--\n".utf8)
            return MIMEBody(bytes, MailHeaders(bytes, 0..<bytes.count), isWhole: true)
        }
        #expect(names(body(Self.file).files) == ["пр.txt", "größer.log"])
        #expect(names(body(Array("something else".utf8)).files) == ["winmail.dat"])
    }

    @Test func `what is cut off is read as far as it goes`() {
        for end in Self.file.indices {
            let files = TNEFFiles.read(Array(Self.file[..<end]))
            #expect((files == nil) == (end < Self.head.count) && (files?.count ?? 0) <= 2)
        }
        #expect(TNEFFiles.read([]) == nil)
    }
}
