import Records
import Statistics
import Testing

@testable import Logs

/// What is known of a form of texts only takes less time: with it and without it, the same is found.
struct TextFormTests {
    private static let numbers = [
        "0", "00", "000", "007", "42", "1234", "12345678", "1.2", "10.0.0.3", "12-34", "2026-01-05", "29000ms", "0.0",
        "-5", "_7", "7_", "00a", "a0", "0a1",
    ]
    private static let mixed = [
        "acct-0007", "acct-0011", "acct7", "ab-12:", "ab-12.", "host-1.example.com", "u4@acme2.com", "tenant_acme2",
        "cust7", "req-7fa3b21c", "2001:db8::17",
        "DE:7", "DE:CUST:3", "org-2=", "shop7:", "tenant=7", "é4", "acme-2.example.org",
    ]
    private static let plain = [
        "cannot", "open", "for", "Ash", "Oak", "Ash & Oak", "Bright Garden", "Garden", "acme", "tenant", "customer:",
        "org", "account=", "foo.bar", "x@y",
        "foo-bar", "foo_bar", "--", "...", "invoice", "DE", "(a)", "path/to", "session", "in", "zürich",
    ]

    private static func context(hasLongAddresses: Bool) -> CustomerContext {
        var aliases = [
            AccountAlias(account: "acme-2", kind: "domain", value: "acme2.com"),
            AccountAlias(account: "acme-2", kind: "ip", value: "10.0.0.0/29"),
            AccountAlias(account: "acme-3", kind: "workspace", value: "invoice"),
            AccountAlias(account: "acme-2", kind: "workspace", value: "session"),
            AccountAlias(account: "acme-3", kind: "workspace", value: "session"),
        ]
        if hasLongAddresses { aliases.append(AccountAlias(account: "acme-3", kind: "ip", value: "2001:db8::/64")) }
        return CustomerContext(
            accounts: (0..<20).map { Account(id: "acct-00\($0 < 10 ? "0" : "")\($0)") } + [
                Account(id: "acme-2", name: "acme2"), Account(id: "acme-3", name: "Ash & Oak"),
                Account(id: "x-1", name: "Bright Garden"),
                Account(id: "x-2", name: "DE:7"), Account(id: "x-3", name: "DE:CUST:3"),
            ],
            deployments: [
                Deployment(id: "cell-1", hosts: ["host-1"], accounts: ["acme-2", "acct-0007"]),
                Deployment(id: "cell-2", hosts: ["host-2"], accounts: ["acme-3"]),
            ],
            aliases: aliases)
    }

    /// Texts of some forms that come again and again with other words in the place of those with digits.
    private static func texts(_ count: Int, _ generator: inout SplitMix64) -> [String] {
        let forms = (0..<30).map { _ in
            let kinds = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                Int.random(in: 0..<5, using: &generator)
            }
            let words = kinds.map { _ in plain[Int.random(in: 0..<plain.count, using: &generator)] }
            return (
                kinds: kinds, words: words,
                separator: [" ", " ", ", ", "/", ":"][Int.random(in: 0..<5, using: &generator)]
            )
        }
        return (0..<count).map { _ in
            let form = forms[Int.random(in: 0..<forms.count, using: &generator)]
            return zip(form.kinds, form.words).map { kind, word in
                switch kind {
                case 0: numbers[Int.random(in: 0..<numbers.count, using: &generator)]
                case 1: mixed[Int.random(in: 0..<mixed.count, using: &generator)]
                case 2: String(Int.random(in: 0..<60, using: &generator))
                default: word
                }
            }.joined(separator: form.separator)
        }
    }

    @Test(arguments: [false, true], 1...6)
    func `what is found does not depend on what is remembered`(hasLongAddresses: Bool, seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var log = SightingLog(Self.context(hasLongAddresses: hasLongAddresses))
        let texts = Self.texts(1_500, &generator)
        for (index, text) in texts.enumerated() {
            log.add(
                text,
                index % 3 == 0
                    ? ["tenant": texts[(index * 7) % texts.count], "note": texts[(index * 5) % texts.count]] : [:],
                resource: index % 4 == 0 ? ["host.name": "host-\(index % 3)"] : [:])
        }
        let remembered = log.sightings()
        let looked = log.sightings(remembersForms: false)
        #expect(remembered.lines == looked.lines)
        #expect(remembered.mentions == looked.mentions)
        #expect(remembered.joinKeys == looked.joinKeys)
        #expect(!looked.mentions.isEmpty && !looked.joinKeys.isEmpty)
    }

    /// What a scan has found in a record, and what it has learnt of places.
    private static func state(_ scan: RecordScan) -> String {
        let places = scan.places.evidence.map { "\($0.records) \($0.logOdds { _ in 0.1...0.2 })" }
        return "\(scan.found) \(scan.claims) \(scan.joinKeys) \(scan.deployment) \(places)"
    }

    @Test(arguments: [false, true], 11...13)
    func `each record finds and teaches the same`(hasLongAddresses: Bool, seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let directory = CustomerDirectory(Self.context(hasLongAddresses: hasLongAddresses))
        let (names, regions) = (AccountNames(directory), RegionNames(directory))
        var remembering = RecordScan(names, regions)
        var looking = RecordScan(names, regions, remembersForms: false)
        let bytes = Self.texts(600, &generator).map { Array($0.utf8) }
        for (index, text) in bytes.enumerated() {
            let isTold = index % 5 == 0
            text.withUnsafeBytes {
                remembering.begin(records: index + 1)
                remembering.takeWords(0..<text.count, $0, key: 1, isTold: isTold)
                looking.begin(records: index + 1)
                looking.takeWords(0..<text.count, $0, key: 1, isTold: isTold)
            }
            let (one, other) = (Self.state(remembering), Self.state(looking))
            guard one == other else {
                Issue.record("\(String(decoding: text, as: UTF8.self)): \(one) is not \(other)")
                return
            }
        }
        #expect(looking.places.evidence.contains { $0.records > 20 })
    }

    @Test func `forms are forgotten when there are too many, and what is found stays the same`() {
        var log = SightingLog(Self.context(hasLongAddresses: true))
        for number in 0..<6_000 {
            let word = String(number, radix: 3).map { ["0": "fa", "1": "so", "2": "la"][$0] ?? "" }.joined()
            for _ in 0..<2 { log.add("\(word) of customer \(number % 20) and tenant acme-\(number % 5)") }
        }
        let remembered = log.sightings()
        let looked = log.sightings(remembersForms: false)
        #expect(remembered.lines == looked.lines)
        #expect(remembered.mentions == looked.mentions)
        #expect(!looked.mentions.isEmpty)
    }

    private func form(_ text: String) -> (form: UInt64?, words: [String]) {
        var words: [Range<Int>] = []
        let bytes = Array(text.utf8)
        let form = bytes.withUnsafeBytes { bytes in
            RecordWord.classes.withUnsafeBufferPointer {
                TextForms.form(of: 0..<bytes.count, bytes, $0, key: 1, isTold: false, words: &words)
            }
        }
        return (form, words.map { String(decoding: bytes[$0], as: UTF8.self) })
    }

    @Test(arguments: [
        ("order 17 of acme-1 failed", "order 4 of u9 failed", ["17", "acme-1"]),
        ("-12, x", "-7, x", ["12"]), ("_12 x", "_9.8 x", ["_12"]), ("a0", "7", ["a0"]),
        ("é4-5é and so on", "1 and so on", ["é4-5é"]),
    ])
    func `texts that differ in words with digits are of one form`(one: String, other: String, words: [String]) {
        #expect(form(one).words == words)
        #expect(form(one).form == form(other).form)
    }

    @Test(arguments: [
        ("a 0 b", "a 7 b"), ("a 00 b", "a 0 b"), ("00a", "7"), ("a 7 b", "a 7  b"), ("a 7. b", "a 7 b"),
        ("a 7", "a 7 b"), ("a 7 b", "7 a b"), ("a 7 8", "a 7"),
    ])
    func `texts that differ in anything else are not`(one: String, other: String) {
        #expect(form(one).form != form(other).form)
    }

    @Test func `long texts and those of very many words with digits have no form`() {
        #expect(form(String(repeating: "a", count: TextForms.longest)).form != nil)
        #expect(form(String(repeating: "a", count: TextForms.longest + 1)).form == nil)
        #expect(form(String(repeating: "7 ", count: TextForms.mostWords)).form != nil)
        #expect(form(String(repeating: "7 ", count: TextForms.mostWords + 1)).form == nil)
    }
}
