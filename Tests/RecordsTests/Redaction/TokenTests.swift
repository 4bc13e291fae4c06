import Records
import Testing

/// Tokens: the same for the same value, others for others, and no way around the redactor.
struct TokenTests {
    @Test func `form, and the same value gets the same token however it is written`() throws {
        let redactor = try Redactors.plain()
        func token(_ text: String) -> String { redactor.redact(RawText(text)).string }
        #expect(token("bob@example.com").wholeMatch(of: /<email:[0-9a-f]{20}>/) != nil)
        #expect(token("bob@example.com") == token("BOB@Example.com"))
        #expect(token("4111111111111111") == token("4111-1111-1111-1111"))
        #expect(token("+49 (0)30 901820") == token("+49 30 901820"))
        #expect(token("0049 30 9018200") == token("+49 30 9018200"))
        #expect(token("(212) 555-0188") == token("+1 212 555 0188"))
        #expect(token("DE89370400440532013000") == token("DE89 3704 0044 0532 0130 00"))
        #expect(token("bob@example.com") != token("rob@example.com"))
    }

    @Test func `another key gives other tokens, and a short key none`() throws {
        let other = try #require(Redactor(key: Array("fedcba9876543210".utf8)))
        let text = RawText("bob@example.com")
        #expect(try Redactors.plain().redact(text) != other.redact(text))
        #expect(Redactor(key: Array("0123456789abcde".utf8)) == nil)
    }

    @Test(arguments: [
        "bob@example.com and 4111 1111 1111 1111", "password: \"x1y2z3!\" token=abcdef123456 /home/jdoe/",
        "a@b.co@c.de 030/2345678 12",
        "phone 030 1234567, 0171 2345678 or 555-0188", "postgres://u:p4ssw0rd@10.20.30.40/db?password=hunter2",
        "curl -u bob:hunter22 https://x", "mysql -u x -ps3cr3tXy", "ssh -u 10.9.8.7:8080 555 0199",
        "00:1B:44:11:3A:ED:04jx@ex.org:38",
        "from /10.41.19.102:54106 to 10.41.19.7, version 10.41.19.8 and 1.2.3.4",
        "jo@ex.org/foo@EXAMPLE.ORG 10.41.19.7/x@EX.ORG",
        "Failed password for jdoe from 203.0.113.77 port 22",
        "555 10.41.19.7 0199 call 555 0199 10.41.19.7 12 030 10.41.19.7 1234567",
    ])
    func `redacting twice changes nothing`(text: String) throws {
        let redactor = try Redactors.plain()
        let once = redactor.redact(RawText(text))
        #expect(redactor.redact(RawText(once.string)) == once)
        #expect(redactor.findings(in: RawText(once.string)).isEmpty)
    }

    @Test func `a forged token hides nothing`() throws {
        let redactor = try Redactors.with { $0.contacts = [.init(person: "Jane Smythe")] }
        #expect(redactor.found("<person:Jane Smythe>") == ["person|Jane Smythe"])
        #expect(redactor.found("<email:bob@example.com>") == ["email|bob@example.com"])
        #expect(redactor.found("<phone:4111111111111111>") == ["card|4111111111111111"])
        let ours = redactor.redact(RawText("bob@example.com")).string
        #expect(redactor.found(ours) == [])
    }

    @Test func `a token holds nothing of a value`() throws {
        let redactor = try Redactors.plain()
        let token = redactor.redact(RawText("zoe.quux@wxyz.org")).string
        #expect(!token.contains("zoe") && !token.contains("wxyz"))
    }

    @Test func `an object keeps what a list of attributes names, and all of its texts where there is none`() throws {
        let members = [(key: "host.name", value: RawText("web-1")), (key: "account", value: RawText("acme"))]
        #expect(try Redactors.plain().object(members).string == #"{"host.name":"web-1","account":"acme"}"#)
        let closed = try Redactors.with { $0.allowedAttributes = ["host.name"] }.object(members).string
        #expect(closed.hasPrefix(#"{"host.name":"web-1","account":"<attribute:"#))
        let shut = try Redactors.with { $0.allowedAttributes = [] }.object(members).string
        #expect(!shut.contains("web-1") && !shut.contains("acme"))
    }

    @Test func `attributes that nobody has listed are hidden whole`() throws {
        let redactor = try Redactors.with { $0.allowedAttributes = ["http.route"] }
        func value(_ key: String, _ text: String) -> String {
            String(redactor.object([(key: key, value: RawText(text))]).string.dropFirst(key.count + 5).dropLast(2))
        }
        #expect(value("http.route", "/carts/bob@example.com").hasPrefix("/carts/<email:"))
        let hidden = value("note", "anything")
        #expect(hidden.hasPrefix("<attribute:") && hidden.count == 32)
        #expect(value("note", hidden) == hidden)
        let forged = "<attribute:0000000000001111aaaa>"
        #expect(value("note", forged) != forged)
        #expect(value("note", "") == "")
    }
}
