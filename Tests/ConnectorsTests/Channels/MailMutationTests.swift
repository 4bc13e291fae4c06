import Glibc
@_spi(RawText) import Records
import Statistics
import Testing

@testable import Connectors

/// Whatever the bytes are: nothing crashes, no mail is lost, text stays within its bounds, and where chunks end makes no difference.
@Suite("Mutated mails")
struct MailMutationTests {
    private static let pieces = [
        "From ann@x.test Mon Mar  2 08:00:00 2026\n", "From: Ann (a \\) b) <ann@x.test>, g: b@x.test;\n",
        "Subject: =?utf-8?B?w7w=?= =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= [#42]\n",
        "Message-ID: <1@x>\nReferences: <2@x> <3@x>\n",
        "Date: Mon, 2 Mar 2026 08:00:00 +0100 (CET)\n", "Content-Type: multipart/mixed; boundary=\"b\"\n",
        "Content-Type: multipart/alternative;\n boundary=c\n", "\n", "--b\n", "--c\n", "--b--\n", "--c--\n",
        "Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes\n",
        "Content-Type: text/html; charset=shift_jis\n", "Content-Type: message/rfc822\n",
        "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: base64\n",
        "Content-Disposition: attachment; filename*0*=utf-8''%c3; filename*1*=%bc\n", "aGVsbG8gd29ybGQ=\n",
        "a=C3=BC =\n",
        "> said \n>> before\n-- \n", "\u{1B}$BF|\u{1B}(B\n", ">From here\n", "<p>words &amp; more</p>\n",
        "From: Ann Lee <ann@y.test>\n", "Reply-To: Ann <ann@y.test>\n",
    ]

    /// How many mutants are read; more in a long run.
    private static let mutants = getenv("CASEBOOK_MUTANTS").flatMap { Int(String(cString: $0)) } ?? 3_000

    private func mutant(_ generator: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...40, using: &generator) {
            bytes += Array(Self.pieces.randomElement(using: &generator)?.utf8 ?? "".utf8)
        }
        for _ in 0..<Int.random(in: 0...8, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
            }
        }
        return bytes
    }

    private func mails(_ bytes: [UInt8], chunk: Int) -> [MailFile] {
        var reader = MboxReader(file: "box")
        var mails: [MailFile] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            bytes[start..<min(bytes.count, start + chunk)].withUnsafeBytes { mails += reader.feed($0) }
        }
        return mails + reader.finish()
    }

    @Test func `mutants are read as far as they go`() {
        let seed: UInt64 = 20_260_302
        var generator = SplitMix64(seed: seed)
        let now = Instant(seconds: 1_772_496_000)
        for number in 0..<Self.mutants {
            let bytes = mutant(&generator)
            let whole = mails(bytes, chunk: max(1, bytes.count))
            let parts = mails(bytes, chunk: 7)
            #expect(
                whole.map(\.bytes) == parts.map(\.bytes) && whole.map(\.place) == parts.map(\.place),
                "seed \(seed), mutant \(number)")
            for file in whole + [MailFile(bytes: bytes, place: ChannelPlace(file: "mail"))] {
                guard let message = MailMessage(file)?.read(now: now, team: SupportTeam(names: ["x.test"])).message
                else { continue }
                let said = message.pieces.reduce(0) { $0 + $1.text.count }
                #expect(said <= 4 * bytes.count + 200, "seed \(seed), mutant \(number)")
                #expect(message.pieces.allSatisfy { String(validating: $0.text.bytes, as: UTF8.self) != nil })
            }
        }
    }

    @Test(arguments: [
        "(", "\"", "<", "=?utf-8?Q?", "--b\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "a;", "[", "=\n",
        "> ",
        "a: b\n", "<a@b>,",
    ])
    func `a megabyte of one thing takes bounded time`(piece: String) {
        let body = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure {
            for head in [
                "From: ", "Subject: ", "Content-Type: ", "References: ", "Date: ",
                "Content-Type: multipart/mixed; boundary=b\n\n",
            ] {
                let file = MailFile(bytes: Array((head + body).utf8), place: ChannelPlace(file: "mail"))
                _ = MailMessage(file)?.read(now: Instant(seconds: 0), team: SupportTeam(names: []))
            }
        }
        #expect(time < .seconds(30))
    }
}
