@_spi(RawText) import Records
import Testing

@testable import Connectors

@Suite("Bodies of mails")
struct MIMEBodyTests {
    private func body(_ text: String, isWhole: Bool = true) -> MIMEBody { body(Array(text.utf8), isWhole: isWhole) }

    private func body(_ bytes: [UInt8], isWhole: Bool = true) -> MIMEBody {
        MIMEBody(bytes, MailHeaders(bytes, 0..<bytes.count), isWhole: isWhole)
    }

    private func texts(_ body: MIMEBody) -> [String] {
        body.pieces.map { String(decoding: $0.text.bytes, as: UTF8.self) }
    }

    private func names(_ body: MIMEBody) -> [String] {
        body.files.map { String(decoding: $0.name.bytes, as: UTF8.self) }
    }

    @Test(arguments: [
        (
            "quoted-printable", "If you believe that truth=3Dbeauty, then=20=\r\nsurely=  \r\n mathematics   \r\nends",
            "If you believe that truth=beauty, then surely mathematics\nends"
        ),
        ("quoted-printable", "a=XYb = c=C3=BC =", "a=XYb = cü "), ("base64", "aGVs bG8g\r\nd29ybGQ=", "hello world"),
        ("base64", "aGVsbG8*gd29ybGQ", "hello world"), ("base64", "aGk=aGk=", "hihi"), ("base64", "a", ""),
        // The footer of a list, below padding and where there is none; one that is a part of the base64.
        ("base64", "aGVsbG8=\r\n\r\n____\r\nfooter text\r\n", "hello"), ("base64", "aGVsbG8=\n____\nfooter\n", "hello"),
        ("base64", "aGVsbG8h\r\n\r\n-- \r\nfooter text\r\n", "hello!"), ("base64", "aGVs\n\nbG8h\n\n", "hello!"),
        ("base64", "\n\naGVs bG8h\n", "hello!"),
        ("8bit", "as it is =3D", "as it is =3D"), ("x-unknown", "as it is", "as it is"),
    ])
    func `transfer encodings, broken ones as far as they go`(encoding: String, content: String, expected: String) {
        #expect(texts(body("Content-Transfer-Encoding: \(encoding)\r\n\r\n\(content)")) == [expected])
    }

    @Test(
        arguments: [
            ("iso-8859-1", [0xE4, 0x80], "ä€"), ("ISO-8859-15", [0xA4], "€"), ("windows-1252", [0x84, 0x93], "„“"),
            ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"), ("Shift_JIS", [0x93, 0xFA], "日"),
            ("utf-16le", [0x41, 0x00, 0xE4, 0x00], "Aä"), ("gb2312", [0xC8, 0xD5], "日"), ("euc-kr", [0xC0, 0xCF], "일"),
            ("unicode-1-1-utf-7", Array("+ZeU-".utf8), "日"), ("x-mac-cyrillic", [0x8F, 0x80], "ПА"),
            // Wrong names and wrong bytes.
            ("utf-8", [0xE4, 0x20], "ä "), ("iso-8859-1", [0xC3, 0xA4, 0x41], "äA"),
            ("windows-1252", [0xC3, 0xA4, 0xE4], "Ã¤ä"),
            ("iso-8859-2", [0xC3, 0xA4], "Ă¤"), ("no-such-set", [0xC3, 0xA4], "ä"), ("us-ascii", [0xC3, 0xA4], "ä"),
            ("utf-8", [0xC3, 0xA4, 0xC3, 0xB6, 0xC3], "äö\u{FFFD}"), ("../../etc/passwd", [0x41], "A"),
            ("iso-2022-jp", [0x41, 0x1B, 0x24, 0x42, 0x46], "A\u{FFFD}"),
        ] as [(String, [UInt8], String)])
    func `character sets`(charset: String, content: [UInt8], expected: String) {
        let head = Array("Content-Type: text/plain; charset=\"\(charset)\"\n\n".utf8)
        #expect(texts(body(head + content)) == [expected])
    }

    @Test(
        arguments: [
            // "Привет" in KOI8-R, which neither the part nor, for the last two, the mail names.
            (
                "Subject: =?koi8-r?Q?=F0?=\nContent-Type: text/plain\n\n", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4],
                "Привет"
            ),
            ("Subject: =?koi8-r?Q?=F0?=\n\n", Array("grün".utf8), "grün"),
            ("Content-Type: text/html\n\n<meta charset='koi8-r'>", [0xF0], "<meta charset='koi8-r'>П"),
            (
                "Content-Type: text/html\n\n<META content=\"text/html; CHARSET=Shift_JIS\">", [0x93, 0xFA],
                "<META content=\"text/html; CHARSET=Shift_JIS\">日"
            ),
            // A header is believed before the text, and a set that the text could not be read in is none.
            ("Content-Type: text/html; charset=iso-8859-1\n\n<meta charset=koi8-r>", [0xFC], "<meta charset=koi8-r>ü"),
            ("Content-Type: text/html\n\n<meta charset=utf-16>", Array("ü".utf8), "<meta charset=utf-16>ü"),
            ("Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\n", [0xFC, 0x80], "ü€"),
        ] as [(String, [UInt8], String)])
    func `bytes beyond ASCII in parts that name no character set`(head: String, content: [UInt8], expected: String) {
        #expect(texts(body(Array(head.utf8) + content)) == [expected])
    }

    @Test func `a part that names no character set is in that of another part`() {
        let head =
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=koi8-r\n\nok\n--b\n\n"
        #expect(texts(body(Array(head.utf8) + [0xF0, 0xD2])) == ["ok", "Пр"])
    }

    @Test func `flowed lines that are quoted, stuffed or empty`() {
        let head = "Content-Type: text/plain; format=\"Flowed\"; charset=utf-8\n\n"
        #expect(
            texts(body(head + "one \n\ntwo\n >not quoted\n  indented\n")) == ["one \n\ntwo\n>not quoted\n indented\n"])
        #expect(texts(body(head + "> a \n>> b \n> c\n")) == ["> a \n>> b \n> c\n"])
        let encoded = "Content-Type: text/plain; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n"
        #expect(texts(body(encoded + "gr=C3=BCn=20\nund =\nrot\n")) == ["grün und rot\n"])
    }

    @Test func `broken lines are joined, quotes and signatures are kept apart`() {
        // After the examples of RFC 3676, section 4.
        let text = ">> a quote \n>> goes on\n> outer\n stuffed \nline\n-- \nname\nlast "
        let joined = body("Content-Type: text/plain; format=flowed\n\n" + text)
        #expect(texts(joined) == [">> a quote goes on\n> outer\nstuffed line\n-- \nname\nlast "])
        #expect(texts(body("Content-Type: text/plain; format=flowed; delsp=yes\n\nab \ncd\n")) == ["abcd\n"])
    }

    @Test func `parts, alternatives, pictures and files`() throws {
        let mail = body(
            """
            Content-Type: multipart/mixed; boundary="out er"

            not said
            --out er
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/plain

            said
            --in
            Content-Type: multipart/related; boundary=rel

            --rel
            Content-Type: text/html

            <p>said</p>
            --rel
            Content-Type: image/png; name=a.png
            Content-ID: <1>
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --rel--
            --in--
            --out er
            Content-Type: text/plain
            Content-Disposition: attachment; filename="log.txt"

            hello
            --out er--
            not said either
            """)
        #expect(texts(mail) == ["said"])
        #expect(names(mail) == ["a.png", "log.txt"])
        #expect(mail.files.map(\.isInline) == [true, false])
        #expect(mail.files.map(\.type) == ["image/png", "text/plain"])
        #expect(mail.files.map(\.size) == [5, 5])
        let hash = try #require(mail.files[0].hash)
        // What `printf hello | sha256sum` prints.
        #expect(
            hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
                == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(mail.files[0].hash == mail.files[1].hash)
    }

    @Test func `alternatives within what belongs together, within a whole`() {
        let mail = body(
            """
            Content-Type: multipart/mixed; boundary=mix

            --mix
            Content-Type: multipart/related; boundary=rel; type="multipart/alternative"

            --rel
            Content-Type: multipart/alternative; boundary=alt

            --alt
            Content-Type: text/plain

            said
            --alt
            Content-Type: text/html

            <p>said <img src="cid:1"></p>
            --alt--
            --rel
            Content-Type: image/png
            Content-ID: <1>
            Content-Disposition: inline; filename=logo.png

            x
            --rel--
            --mix
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=utf-8''%C3%BC; filename*1=.pdf

            y
            --mix--
            """)
        #expect(texts(mail) == ["said"])
        #expect(names(mail) == ["logo.png", "ü.pdf"] && mail.files.map(\.isInline) == [true, false])
    }

    @Test(arguments: ["", " \r\n", "\n\n\n", "\u{A0}\n\u{A0}", "\u{FEFF}\u{200B} \u{200D}\u{2060}", "\u{34F}\u{3000}"])
    func `HTML is read where nothing else is seen`(blank: String) {
        let mail = body(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\(blank)\n--b\nContent-Type: text/html\n\n<b>x</b>\n--b\nContent-Type: text/html\n\n\(blank)\n--b--\n"
        )
        #expect(texts(mail) == ["<b>x</b>"])
        #expect(mail.pieces[0].isMarkup)
    }

    @Test func `a mail within a mail is passed on with its files`() {
        let mail = body(
            """
            Content-Type: multipart/mixed; boundary=b

            --b

            see below
            --b
            Content-Type: message/rfc822

            From: ann@x.test
            Subject: inner
            Content-Type: multipart/mixed; boundary=c

            --c

            inner words
            --c
            Content-Type: application/x-thing; name=f

            x
            --c--
            --b--
            """)
        #expect(
            texts(mail) == [
                "see below", "---------- Forwarded message ----------\nFrom: ann@x.test\nDate: \nSubject: inner\n",
                "inner words",
            ])
        #expect(names(mail) == ["f"])
    }

    @Test(arguments: [
        // No boundary, one that never comes, none of its end, and a part without headers.
        ("Content-Type: multipart/mixed\n\nstill said", ["still said"]),
        ("Content-Type: multipart/mixed; boundary=b\n\nstill said", ["still said"]),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsaid\n--b\n\nto the end", ["said", "to the end"]),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\nno header\n--b--\n", ["no header"]),
        ("Content-Type: nonsense\n\nsaid", ["said"]), ("X: y\n\n", [""]),
    ])
    func `broken mails are read as far as they go`(text: String, expected: [String]) {
        #expect(texts(body(text)) == expected)
    }

    @Test func `what was cut off has neither size nor hash`() {
        let text =
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsaid\n--b\nContent-Type: a/b; name=x\n\nwhole\n--b\nContent-Type: a/b; name=y\n\ncut"
        let mail = body(text, isWhole: false)
        #expect(texts(mail) == ["said"] && names(mail) == ["x", "y"])
        #expect(mail.files.map(\.size) == [5, nil] && mail.files[1].hash == nil)
    }

    @Test func `parts nest and number no more than may be held`() {
        var text = "X: y\n"
        for depth in 0..<60 { text += "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n" }
        let nested = body(text + "\nsaid\n")
        #expect(nested.files.count == 1 && nested.files[0].type == "multipart/mixed")
        let many = body(
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 3_000))
        #expect(many.isCut && many.pieces.count == MIMEBody.mostParts - 1)
        let long = body("X: y\n\n" + String(repeating: "ä", count: MIMEBody.mostText))
        #expect(long.isCut && long.pieces[0].text.count == MIMEBody.mostText)
    }
}
