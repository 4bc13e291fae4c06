import Testing

@testable import Connectors

@Suite("Headers of mails")
struct HeaderTests {
    private func headers(_ text: String) -> MailHeaders {
        let bytes = Array(text.utf8)
        return MailHeaders(bytes, 0..<bytes.count)
    }

    @Test func `headers are unfolded and end at the first empty line`() {
        let text = "Subject: one\r\n two\r\n\tthree\r\nX-Empty:\r\nSUBJECT: other\r\n\r\nBody: no header\r\n"
        let headers = headers(text)
        #expect(headers.fields.map(\.name) == ["subject", "x-empty", "subject"])
        #expect(headers.text("subject") == "one two three")
        #expect(headers.end == text.utf8.count - "Body: no header\r\n".utf8.count)
    }

    @Test func `a line that is no header begins the body`() {
        let text = "From ann@x.example Mon Mar  2 08:00:00 2026\nSubject : spaced\nthis is said\n"
        let headers = headers(text)
        #expect(headers.text("subject") == "spaced")
        #expect(headers.end == text.utf8.count - "this is said\n".utf8.count)
    }

    @Test(arguments: [
        // The examples of RFC 2047, section 8.
        ("=?ISO-8859-1?Q?a?=", "a"), ("=?ISO-8859-1?Q?a?= b", "a b"), ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a?=   =?ISO-8859-1?Q?b?=", "ab"), ("=?ISO-8859-1?Q?a_b?=", "a b"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"),
        ("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"),
        (
            "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
            "If you can read this you understand the example."
        ),
        // A character that was cut in two, other character sets, a language (RFC 2231, section 5).
        ("=?utf-8?B?w7w=?= =?utf-8?B?w?= x", "ü\u{FFFD}x".replacing("\u{FFFD}x", with: " x")),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"), ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?shift_jis?B?k/qWew==?=", "日本"), ("=?koi8-r?Q?=F0=F2=E9=F7=E5=F4?=", "ПРИВЕТ"),
        ("=?iso-8859-15?Q?=A4?=", "€"), ("=?US-ASCII*en?Q?a?=", "a"),
        // What is no encoded word stays.
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="), ("=?utf-8?Q?open", "=?utf-8?Q?open"), ("1 =? 2", "1 =? 2"),
        ("=?nonsense?Q?a=FCb?=", "aüb"), ("gr\u{FC}n", "grün"),
    ])
    func `encoded words`(text: String, expected: String) {
        #expect(EncodedWords.decode(Array(text.utf8)) == expected)
    }

    @Test func `bytes beyond ASCII are read as UTF-8 or as windows-1252`() {
        #expect(EncodedWords.decode([0x67, 0x72, 0xFC, 0x6E]) == "grün")
        #expect(EncodedWords.decode([0x80]) == "€")
    }

    @Test func `parameters with quotes, comments, pieces and character sets`() {
        // After the examples of RFC 2231, sections 3 and 4.
        let type = HeaderParameters(
            Array(
                "Text/Plain (a comment; no=parameter); Charset=\"utf-8\"; title*0*=us-ascii'en'This%20is%20even%20more%20; "
                    .utf8)
                + Array("title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"; a=\"x;\\\"y\\\"\"".utf8))
        #expect(type.value == "text/plain")
        #expect(type["charset"] == "utf-8")
        #expect(type["title"] == "This is even more ***fun*** isn't it!")
        #expect(type["a"] == "x;\"y\"")
        let name = HeaderParameters(Array("attachment; filename*=iso-8859-1''%a3%20rates; size".utf8))
        #expect((name.value, name["filename"]) == ("attachment", "£ rates"))
        #expect(HeaderParameters(Array("attachment; filename=\"=?utf-8?B?w7w=?=.txt\"".utf8))["filename"] == "ü.txt")
        #expect(HeaderParameters([]).value.isEmpty)
    }

    @Test(arguments: [
        // Pieces in any order, a language, no character set, one that is not known, and escapes that are none.
        ("filename*1*=%BC.txt; filename*0*=utf-8'de'gr%C3", "grü.txt"), ("filename*=''a%20b.txt", "a b.txt"),
        ("filename*=nonsense''%C3%BC%zz.txt", "ü%zz.txt"),
        ("filename*0=\"long \"; filename*1=\"name.txt\"", "long name.txt"),
        ("filename*=\"UTF-8''%e2%82%ac.txt\"", "€.txt"), ("filename=old.txt; filename*=utf-8''new.txt", "new.txt"),
        // What programs write that know no better: encoded words, whole and in pieces, and names without quotes.
        ("filename*0=\"=?utf-8?B?w7x\"; filename*1=\"4LnR4dA==?=\"", "üx.txt"),
        ("filename==?utf-8?Q?=C3=BC?=.txt", "ü.txt"),
        ("filename=my report (1).pdf; size=3", "my report (1).pdf"), ("filename=a.txt (a comment); size=3", "a.txt"),
    ])
    func `names of files`(parameters: String, expected: String) {
        #expect(HeaderParameters(Array("attachment; \(parameters)".utf8))["filename"] == expected)
    }

    @Test func `mailboxes with groups, comments, routes and obsolete forms`() {
        // Partly after RFC 5322, appendix A.
        let text =
            #"Pete(A nice \) chap) <pete(his account)@silly.test>, A Group:Ed Jones <joe@where.test>,jdoe@one.test;, "#
            + #""Joe Q. Public" <John.Q.Public@Example.COM>, <@a.test,@b.test:c@d.test>, old@x.test (Old Form), , <>, nobody"#
        let found = MailAddress.list(Array(text.utf8))
        #expect(
            found == [
                MailAddress(name: "Pete", address: "pete(hisaccount)@silly.test"),
                MailAddress(name: "Ed Jones", address: "joe@where.test"),
                MailAddress(name: "", address: "jdoe@one.test"),
                MailAddress(name: "Joe Q. Public", address: "john.q.public@example.com"),
                MailAddress(name: "", address: "c@d.test"), MailAddress(name: "Old Form", address: "old@x.test"),
                MailAddress(name: "", address: ""),
            ])
        #expect(
            MailAddress.list(Array("=?utf-8?Q?Z=C3=A9lda?= <z@x.test>".utf8))
                == [MailAddress(name: "Zélda", address: "z@x.test")])
    }

    @Test func `ids of tickets in subjects`() {
        #expect(SubjectNames.ids(in: "Re: [#42] upload fails") == ["42"])
        #expect(SubjectNames.ids(in: "[KEY-42] upload [URGENT]") == ["KEY-42", "URGENT"])
        #expect(SubjectNames.ids(in: "AW: [Desk #17] x") == ["Desk #17", "17"])
        #expect(SubjectNames.ids(in: "42] no [bracket").isEmpty)
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied", true), ("Auto-Submitted: no", false),
        ("Precedence: auto_reply", true),
        ("Precedence: list", false), ("Precedence: first-class", false), ("X-Auto-Response-Suppress: None", false),
        ("Return-Path: <a@x.test>", false),
        ("Content-Type: multipart/report; boundary=x", true), ("X-Autoreply: yes", true),
        ("From: MAILER-DAEMON@x.test", true),
        ("From: ann@x.test", false),
    ])
    func `what a machine wrote`(header: String, expected: Bool) {
        let headers = headers(header + "\n\nhello\n")
        let author = MailAddress.list(headers["from"] ?? []).first?.address ?? ""
        #expect(AutomaticMail.isAutomatic(headers, author: author) == expected)
    }

    @Test(arguments: [
        "Precedence: bulk", "Precedence: junk", "X-Auto-Response-Suppress: OOF, AutoReply", "X-Loop: a@x.test",
        "Return-Path: < >",
    ])
    func `what may stand in mails of people too marks only answers of machines`(header: String) {
        #expect(!AutomaticMail.isAutomatic(headers(header + "\n\nhello\n"), author: "ann@x.test"))
        for answer in ["In-Reply-To: <1@x.test>", "References: <1@x.test> <2@x.test>"] {
            #expect(AutomaticMail.isAutomatic(headers("\(header)\n\(answer)\n\nhello\n"), author: "ann@x.test"))
        }
    }
}
