import Records
import Testing

/// What is found in a text, whole and as what, and what is left alone.
struct RecognitionTests {
    @Test(arguments: [
        ("write to Jane.Doe+x@mail.example.co.uk, please", "email|Jane.Doe+x@mail.example.co.uk"),
        ("<mailto:o'neil@example.org>", "email|o'neil@example.org"),
        ("user=bob@example.com&x=1", "email|bob@example.com"),
        ("grüße@münchen.example.de", "email|grüße@münchen.example.de"), ("root@[192.0.2.1]", "email|root@[192.0.2.1]"),
        ("from 203.0.113.77 port 22", "ip|203.0.113.77"), ("/10.20.30.40:50010", "ip|10.20.30.40"),
        ("host ip-10-1-2-3.ec2", "ip|10-1-2-3"),
        ("via 2001:db8::8a2e:370:7334 ok", "ip|2001:db8::8a2e:370:7334"),
        ("[fe80::1ff:fe23:4567:890a]:80", "ip|fe80::1ff:fe23:4567:890a"),
        ("ether 00:1B:44:11:3A:B7 up", "mac|00:1B:44:11:3A:B7"), ("00-1b-44-11-3a-b7", "mac|00-1b-44-11-3a-b7"),
        ("001b.4411.3ab7", "mac|001b.4411.3ab7"),
        ("card 4111 1111 1111 1111 exp", "card|4111 1111 1111 1111"), ("5555555555554444", "card|5555555555554444"),
        ("3782-822463-10005", "card|3782-822463-10005"),
        ("DE89 3704 0044 0532 0130 00", "iban|DE89 3704 0044 0532 0130 00"),
        ("gb82west12345698765432", "iban|gb82west12345698765432"),
        ("SSN 078-05-1121", "ssn|078-05-1121"), ("my social security number is 078051121", "ssn|078051121"),
        ("NIF 12345678Z", "national-id|12345678Z"), ("CPF 529.982.247-25", "national-id|529.982.247-25"),
        ("NHS number 943 476 5919", "national-id|943 476 5919"),
        ("RSSMRA85T10A562S", "national-id|RSSMRA85T10A562S"), ("AHV 756.9217.0769.85", "national-id|756.9217.0769.85"),
        ("11010519491231002X", "national-id|11010519491231002X"),
        ("NIR 1 85 05 78 006 084 91", "national-id|1 85 05 78 006 084 91"),
        ("passport number is C01X00T47", "document|C01X00T47"),
        ("driver's license number: D1234567", "document|D1234567"),
        ("/home/jsmith/x.log", "username|jsmith"), ("C:\\Users\\Jane Doe\\Desktop", "username|Jane Doe"),
        ("open C:\\Documents and Settings\\bob\\a failed", "username|bob"),
        ("C:\\Users\\Jane van Doe\\x", "username|Jane van Doe"), ("C:\\Benutzer\\anna\\x", "username|anna"),
        ("num 4111.1111.1111.1111.", "card|4111.1111.1111.1111"),
        ("GET /u?e=kim%40acme.io 200", "email|kim%40acme.io"), ("?u=kim%2540acme.io&x", "email|kim%2540acme.io"),
        ("data=02%7c01%7ckim%2Bx%40acme.io%7c73", "email|kim%2Bx%40acme.io"),
        ("NI number AB 12 34 56 C", "national-id|AB 12 34 56 C"),
    ])
    func found(text: String, expected: String) throws {
        #expect(try Redactors.plain().found(text) == [expected])
    }

    @Test(arguments: [
        "+49 (0)30 901820", "+1 (212) 555-0188", "001-212-555-0188x1234", "(555) 123-4567", "06 12 34 56 78",
        "+33 6 12 34 56 78", "0171 2345678",
        "030/2345678", "020 7946 0958", "+44 20 7946 0958", "070-123 45 67", "212-555-0188 ext. 44", "+81 3-1234-5678",
        "(02) 9876 5432", "+4915112345678", "06.12.34.56.78",
    ])
    func `phone numbers in the forms of many countries`(number: String) throws {
        let redactor = try Redactors.plain()
        #expect(redactor.found("reached \(number) then") == ["phone|\(number)"])
        // Where the next number begins cannot always be known.
        let crowded = redactor.found("in stage \(number) 17 (TID 4)")
        #expect(crowded.count == 1 && crowded[0].hasPrefix("phone|\(number)"))
    }

    @Test(arguments: [
        ("stage 28.0 5018 9883 4838 1851 (TID", "5018 9883 4838 1851"),
        ("081110 07714 281483 145506 12603", "07714 281483"),
        ("task 25.0 5194 2550 3880 9450 in", "5194 2550 3880 9450"),
    ])
    func `a number that begins within what may be another one is hidden whole`(text: String, number: String) throws {
        let redacted = try Redactors.plain().redact(RawText(text)).string
        let groups = number.split(separator: " ")
        #expect(groups.allSatisfy { !redacted.contains($0) })
    }

    @Test(arguments: [
        ("password=hunter2!", "password|hunter2!"), ("\"password\": \"s3cret,x\",", "password|s3cret,x"),
        ("my password is letmein9", "password|letmein9"), ("password: 68KGo3&3ExT ok", "password|68KGo3&3ExT"),
        ("GET /in?password=68KGo3&user=ann", "password|68KGo3"), ("clave: 68KGo3ExT", "password|68KGo3ExT"),
        ("a=&quot;x&quot; password=68KGo3&quot;", "password|68KGo3"),
        ("The new password will be Xk9#mm2", "password|Xk9#mm2"),
        ("<password>Tr0ub4dor</password>", "password|Tr0ub4dor"), ("--password swordf1sh", "password|swordf1sh"),
        ("dbPassword = 'qwe rty'", "password|qwe rty"),
        ("Passwort lautet Geheim77", "password|Geheim77"), ("mysql -u app -ps3cr3tXy db", "password|s3cr3tXy"),
        ("postgres://app:s3cr3t@db/x", "credentials|app:s3cr3t"),
        ("curl -u bob:hunter22 https://x", "credentials|bob:hunter22"),
        ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "credentials|dXNlcjpwYXNzd29yZA=="),
        ("Authorization: Bearer a1B2c3D4e5F6g7H8", "secret|a1B2c3D4e5F6g7H8"),
        ("https://x.example/?api_key=Zx81kk20aa&p=1", "secret|Zx81kk20aa"),
        (
            "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "secret|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        ),
        ("log in as admin / Passw0rd! please", "password|Passw0rd!"), ("root:t0p$ecret, then", "password|t0p$ecret"),
        ("login: jdoe S3cure&Safe", "password|S3cure&Safe"), ("user: jdoe / Xy1!zzz", "password|Xy1!zzz"),
        (
            "/bot5555787055:AAgg5Wa1NW51x3YtLA1zxJE4cLNzUvcJ8iT/send",
            "api-key|5555787055:AAgg5Wa1NW51x3YtLA1zxJE4cLNzUvcJ8iT"
        ),
        (
            "Cookie: session=d4ca6635d4f9e734b4c179f9319e8fa7; theme=dark",
            "secret|d4ca6635d4f9e734b4c179f9319e8fa7"
        ),
        ("key AKIAIOSFODNN7EXAMPLE used", "api-key|AKIAIOSFODNN7EXAMPLE"),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "api-key|ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
        (
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9",
            "jwt|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"
        ),
        (
            "abc8Q~" + String(repeating: "x1Y", count: 11) + " end",
            "api-key|abc8Q~" + String(repeating: "x1Y", count: 11)
        ),
        (
            "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            "api-key|services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
        ),
    ])
    func secrets(text: String, expected: String) throws {
        #expect(try Redactors.plain().found(text) == [expected])
    }

    @Test(arguments: [
        ("081110 07710 898195 012855 5509 INFO", "phone|07710 898195"),
        ("081110 002223 06 31 84 83 52 19 INFO", "phone|06 31 84 83 52"),
        ("iar 00106834 020 4082 9895 dear", "phone|020 4082 9895"),
        ("(3486037) 044 637 56 72 iar", "phone|044 637 56 72"),
        ("Aug 04 020 4082 9895 15:29:45", "phone|020 4082 9895"),
        ("081110 203615 4824 5105 1051 0510 5100 INFO", "card|5105 1051 0510 5100"),
    ])
    func `numbers of people between columns of numbers`(text: String, expected: String) throws {
        #expect(try Redactors.plain().found(text) == [expected])
    }

    @Test(arguments: [
        "4111 1111 1111 1112", "DE89370400440532013001", "version 10.19.0.41, jdk 1.8.0_232",
        "Upgrade derby to 10.17.1.0", "1.2.3.4-315", "127.0.0.1", "255.255.255.0",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "2024-05-06T09:30:00.123Z",
        "081109 203615 148 INFO", "06/11/2009 12:45:33,982",
        "1445144423722", "size 67108864 from", "blk_-1608999687919862906", "job_1445144423722_0020", "0x7f3a2c001b40",
        "libcrypto.so.1.1", "hadoop-auth-3.3.4.jar",
        "password=****", "password=${DB_PASSWORD}", "Failed password for root from host", "token = getToken();",
        "the password is required", "token: Kind: DELEGATION_TOKEN",
        "nn/_HOST@EXAMPLE.COM", "git@github.com:apache/x.git", "com.example.TokenSecretManager", "12:34:56:789",
        "at Foo.bar(Foo.java:123)", "10:20:30", "std::string::npos",
        "/home/ubuntu/app", "10 20 30 40 50 60 70 80", "3.14159265358979", "1,234,567,890",
        "555 records in 12345678 ms", "admin/node1/x", "root / 2024-01-01", "user: jdoe logged in",
        "login: jdoe from host1",
        "4111.1111.1111.1112", "Rechnung Nr. 2024 0815 4711", "/%40types%2Fnode", "progress 100%40 of",
        "1234567:da39a3ee5e6b4b0d3255bfef95601890afd80709", "1234567:TheNameOfSomeVeryLongClassInAModule2",
        "session=d4ca6635d4f9e734b4c179f9319e8fa7", "Set-Cookie: theme=dark; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
        "C:\\Documents and Settings\\All Users\\x", "in settings/general/x", "AB 12 34 56 Z",
        "20240506 09:30 148 INFO", "2024-05-06 12 12345678", "2005.07.03 516 8367",
    ])
    func `look-alikes stay`(text: String) throws {
        #expect(try Redactors.plain().found(text) == [])
    }

    @Test func `scripts without blanks`() throws {
        let found = try Redactors.plain().found(
            "服务器203.0.113.77，卡号4111111111111111。电话+86 138 1234 5678，邮件bob@example.com。")
        #expect(found.prefix(3) == ["ip|203.0.113.77", "card|4111111111111111", "phone|+86 138 1234 5678"])
        #expect(found.count == 4 && found[3].hasSuffix("bob@example.com"))
    }

    @Test func `private keys over several lines, with and without their end`() throws {
        let redactor = try Redactors.plain()
        let body = "MIIEowIBAAKCAQEA7bq8xk3l2vQ1m9c0sZt5\nu8yT3aFqJx0v5k2mB7h4gQ==\n"
        let whole = "a\n-----BEGIN RSA PRIVATE KEY-----\n\(body)-----END RSA PRIVATE KEY-----\nb\n"
        var text = redactor.redact(RawText(whole)).string
        #expect(text.hasPrefix("a\n<private-key:") && text.hasSuffix("\nb\n"))
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 7)
        text =
            redactor.redact(RawText("-----BEGIN PRIVATE KEY-----\n\(body)and then some words of prose follow\n")).string
        #expect(
            text.hasSuffix("and then some words of prose follow\n") && !text.contains("MIIE") && !text.contains("gQ=="))
    }
}
