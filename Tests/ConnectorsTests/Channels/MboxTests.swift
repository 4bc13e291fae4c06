import Records
import Testing

@testable import Connectors

@Suite("Mail folders in one file")
struct MboxTests {
    private func mails(_ text: String, chunk: Int, longest: Int = MailFile.longest) -> (mails: [MailFile], stray: Int) {
        let bytes = Array(text.utf8)
        var reader = MboxReader(file: "box", longest: longest)
        var mails: [MailFile] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            bytes[start..<min(bytes.count, start + chunk)].withUnsafeBytes { mails += reader.feed($0) }
        }
        mails += reader.finish()
        return (mails, reader.strayBytes)
    }

    private let separator = "From ann@x.test Mon Mar  2 08:00:00 2026\n"

    @Test(arguments: [1, 2, 7, 100_000])
    func `lines that only look like the next mail are text`(chunk: Int) {
        let first = "Subject: a\n\nFrom my desk, about 10.15\nsaid\n>From here\n>>From there\n> From no\n"
        let second = "Subject: b\n\n\nFrom my side all ok at 10:15 today\n\n"
        let third = "Subject: c\r\n\r\nsaid"
        let text = separator + first + "\n" + separator + second + "\n" + separator + third
        let (mails, stray) = mails(text, chunk: chunk)
        #expect(
            mails.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                first.replacing(">From here", with: "From here").replacing(">>From", with: ">From"), second, third,
            ])
        #expect(stray == 0)
        #expect(mails.map(\.place.line) == [1, 10, 17])
        let starts = [0, separator.utf8.count + first.utf8.count + 1]
        #expect(mails[0].place.byte == starts[0] && mails[1].place.byte == starts[1])
        #expect(mails.allSatisfy { $0.arrival?.iso8601 == "2026-03-02T08:00:00Z" && !$0.isCut })
    }

    @Test func `a mail that is too long is cut and the next one is read`() {
        let text =
            separator + "Subject: a\n\n" + String(repeating: "x", count: 300_000) + "\n\n" + separator
            + "Subject: b\n\nc\n"
        for chunk in [1_000, 1 << 20] {
            let (mails, _) = mails(text, chunk: chunk, longest: 1_000)
            #expect(mails.map(\.bytes.count) == [1_000, 14] && mails.map(\.isCut) == [true, false])
            #expect(mails[1].place.line == 6)
        }
    }

    @Test func `what stands before the first mail is counted`() {
        let (mails, stray) = mails("rubbish\n\n" + separator + "A: b\n", chunk: 5)
        #expect(mails.count == 1 && stray == 9)
        #expect(MboxReader.isMbox(Array("\n\nFrom x".utf8)) && !MboxReader.isMbox(Array("From: x".utf8)))
    }
}
