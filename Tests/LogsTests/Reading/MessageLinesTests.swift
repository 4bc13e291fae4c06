import Logs
import Testing

@Suite("Lines of a stream")
struct MessageLinesTests {
    private func lines(_ text: [UInt8], chunk: Int) -> (lines: [[UInt8]], splitter: MessageLines) {
        var splitter = MessageLines()
        var lines: [[UInt8]] = []
        func keep(_ line: Span<UInt8>) {
            var bytes: [UInt8] = []
            for index in line.indices { bytes.append(line[index]) }
            lines.append(bytes)
        }
        for start in stride(from: 0, to: text.count, by: chunk) {
            text[start..<min(start + chunk, text.count)].withUnsafeBytes { splitter.feed($0, keep) }
        }
        splitter.finish(keep)
        return (lines, splitter)
    }

    @Test("end in LF, CRLF or with the stream, wherever the chunks end", arguments: [1, 2, 3, 7, 100])
    func ends(_ chunk: Int) {
        let read = lines(Array("one\r\ntwo\n\nfour\r\nlast".utf8), chunk: chunk)
        #expect(read.lines.map { String(decoding: $0, as: UTF8.self) } == ["one", "two", "", "four", "last"])
        #expect(read.splitter.lines == 5)
        #expect(read.splitter.cutLines == 0)
    }

    @Test("do not count an end twice")
    func empty() {
        #expect(lines([], chunk: 8).lines.isEmpty)
        #expect(lines(Array("a\n".utf8), chunk: 8).lines == [Array("a".utf8)])
    }

    @Test("are cut when they are too long, and counted", arguments: [1 << 16, 1 << 24])
    func long(_ chunk: Int) {
        let text = Array(repeating: UInt8(ascii: "x"), count: MessageLines.longestLine + 5) + Array("\nshort".utf8)
        let read = lines(text, chunk: chunk)
        #expect(read.lines.map(\.count) == [MessageLines.longestLine, 5])
        #expect(read.splitter.cutLines == 1)
        #expect(read.splitter.lines == 2)
    }
}
