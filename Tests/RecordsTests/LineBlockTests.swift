import Records
import Testing

struct LineBlockTests {
    /// Blocks of a text that a source gives away `step` bytes at a time.
    private func blocks(_ text: String, size: Int, step: Int) throws -> [LineBlock] {
        let bytes = Array(text.utf8)
        var reader = LineBlockReader(size: size)
        var given = 0
        var blocks: [LineBlock] = []
        func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
            let count = min(step, buffer.count, bytes.count - given)
            buffer.copyBytes(from: bytes[given..<(given + count)])
            given += count
            return count
        }
        while let block = try reader.next(fill) { blocks.append(block) }
        return blocks
    }

    @Test(arguments: ["", "one", "one\n", "one\ntwo\n\nfour", "\n\n\n", "a long line that no block holds\nshort\n"])
    func `blocks are whole lines that follow each other`(text: String) throws {
        for size in [1, 2, 5, 16, 1_000] {
            for step in [1, 3, 1_000] {
                let blocks = try blocks(text, size: size, step: step)
                #expect(blocks.flatMap(\.bytes) == Array(text.utf8))
                #expect(blocks.dropLast().allSatisfy { $0.bytes.last == UInt8(ascii: "\n") })
                var line = 1
                for block in blocks {
                    #expect(block.firstLine == line && !block.bytes.isEmpty)
                    line += block.bytes.count { $0 == UInt8(ascii: "\n") }
                }
            }
        }
    }

    @Test func `an error of the source is passed on`() {
        struct Broken: Error {}
        var reader = LineBlockReader(size: 10)
        #expect(throws: Broken.self) { try reader.next { _ in throw Broken() } }
    }

    @Test(arguments: [20, 90, 200, 100_000])
    func `tickets are read the same in blocks, with the lines of the whole source`(size: Int) throws {
        let lines = (1...40).map { number in
            number % 7 == 0
                ? "no json" : #"{"id":"\#(number)","openedAt":"2024-01-01T00:00:00Z","group":"g\#(number % 3)"}"#
        }
        let text = lines.joined(separator: "\n") + "\n{\"id\":"
        func reader() throws -> TicketLineReader {
            try TicketLineReader(
                file: "f", columns: ["group": .categorical], batchSize: 5, badRows: .areSetAside,
                redactor: Redactors.plain())
        }
        var whole = try reader()
        let expected = try whole.read(Array(text.utf8)) + whole.finish()
        var blocked = try reader()
        let found = try blocks(text, size: size, step: 64).flatMap { try blocked.read($0) }
        #expect(found.flatMap(\.table.ids) == expected.flatMap(\.table.ids))
        #expect(found.flatMap(\.lines) == expected.flatMap(\.lines))
        #expect(found.flatMap(\.rejected) == expected.flatMap(\.rejected))
        #expect(found.flatMap(\.rejected).last?.fault.reason == .halfWritten)
    }
}
