import Logs
import Records
import Testing

struct AccountFinderTests {
    private static let ids: [String: [String]] = [
        "numbers": (0..<40).map { String(10_000 + 37 * $0) }, "short numbers": (1...40).map(String.init),
        "slugs":
            "amber basil cedar dahlia elder fennel garnet hazel iris jasper kelp larch maple nettle olive poppy quartz rowan sage thyme"
            .split(separator: " ").map(String.init),
        "codes": (0..<40).map { "KX-\($0 % 9)\(["Q", "R", "T"][$0 % 3])\(10 + $0)" },
        "padded": (1...40).map { "acct-" + String(repeating: "0", count: $0 < 10 ? 4 : 3) + String($0 * 7) },
        "colons": (1...40).map { "DE:CUST:0\(100 + $0 * 7)" },
        "hashes": (1...40).map { "BR#ACC#\(1_500 + $0 * 7)" },
        "uuids": (0..<40).map { "0f3c\(1000 + $0)-58cc-4372-a567-0e02b2c3d4\($0 + 10)" },
    ]

    /// Lines of an outage, of which every second says nothing about its account, and numbers that are none stand in all.
    private func outage(_ ids: [String], _ name: (String) -> (body: String, attributes: [String: String]))
        -> SightingLog
    {
        var log = SightingLog(ids: ids)
        for index in 0..<400 {
            let noise = "took \(index % 97) ms, \(index % 13) retries on shard \(index % 41)"
            if index % 2 == 0 {
                log.add("lost connection, " + noise, ["attempt": "#\(index % 40)", "component": "oak"])
            } else {
                let (body, attributes) = name(ids[index / 2 % ids.count])
                log.add(body + " " + noise, attributes.merging(["attempt": "#\(index % 40)"]) { $1 })
            }
        }
        return log
    }

    private func expected(_ ids: [String]) -> [[String]] {
        (0..<400).map { $0 % 2 == 0 ? [] : [ids[$0 / 2 % ids.count]] }
    }

    @Test(arguments: Self.ids.keys.sorted(), ["tenant.id", "x.client_ref", "accountId"])
    func `an id under a key that tells it is found, and no number beside it`(kind: String, key: String) throws {
        let ids = try #require(Self.ids[kind])
        #expect(outage(ids) { ("request failed", [key: $0]) }.named() == expected(ids))
    }

    @Test(arguments: ["numbers", "slugs", "codes", "padded", "uuids"])
    func `an id under a key that tells nothing is found by what stands there`(kind: String) throws {
        let ids = try #require(Self.ids[kind])
        #expect(outage(ids) { ("request failed", ["ctx.owner": $0]) }.named() == expected(ids))
    }

    @Test(
        arguments: Self.ids.keys.sorted(),
        [
            "failed for customer %,", "cust=% failed:", "request [tenant=%] failed", "GET /account/%/items failed",
            #"realm "x" org "%" failed"#,
        ])
    func `an id in the text behind a word that tells it is found`(kind: String, phrase: String) throws {
        let ids = try #require(Self.ids[kind])
        #expect(outage(ids) { (phrase.replacing("%", with: $0), [:]) }.named() == expected(ids))
    }

    @Test(
        arguments: ["numbers", "slugs", "codes", "padded", "uuids"],
        [
            "failed on behalf of % today:", "zq=% failed:", "failed (%)", "GET /t/%/v2 failed",
            "https://%.app.test/api failed",
        ])
    func `an id in the text without such a word is found by its place`(kind: String, phrase: String) throws {
        let ids = try #require(Self.ids[kind])
        if kind == "numbers", phrase.contains("app.test") { return }
        #expect(outage(ids) { (phrase.replacing("%", with: $0), [:]) }.named() == expected(ids))
    }

    @Test(arguments: ["acct#%", "ref='%',", "owner: %;"])
    func `an id of several words is found where marks stand around it`(phrase: String) throws {
        for kind in ["colons", "hashes"] {
            let ids = try #require(Self.ids[kind])
            #expect(outage(ids) { ("failed " + phrase.replacing("%", with: $0), [:]) }.named() == expected(ids))
        }
    }

    @Test func `a name with an ampersand is found`() {
        var log = SightingLog(ids: ["a-1"], aliases: [("a-1", "Ash & Oak Ltd.")])
        log.add("no answer for Ash & Oak Ltd. today")
        log.add("no answer for Ash & Elm Ltd. today")
        #expect(log.named() == [["a-1"], []])
    }

    @Test func `a status is no account, even if most numbers of its size are`() {
        var log = SightingLog(ids: (1...215).map { "acct#000\($0 < 10 ? "00" : $0 < 100 ? "0" : "")\($0)" })
        for index in 0..<600 {
            log.add("answered", ["status": "#\([200, 200, 200, 400, 404, 409, 422, 500, 503][index % 9])"])
        }
        #expect(log.named().allSatisfy { $0.isEmpty })
    }

    @Test func `short numbers under a key that tells nothing are accounts where the deployments bear them out`() throws
    {
        let ids = try #require(Self.ids["short numbers"])
        var log = SightingLog(ids: ids, deployments: true)
        for index in 0..<400 {
            let id = ids[index % 40]
            log.add(
                "failed after \(index * 7 % 40) retries", ["ref": "#\(id)", "queue": "#\(index * 3 % 41)"],
                resource: ["host.name": "host-of-\(id)"])
        }
        #expect(log.named() == (0..<400).map { [ids[$0 % 40]] })
    }

    @Test func `short numbers that stand anywhere are no accounts`() throws {
        let ids = try #require(Self.ids["short numbers"])
        var log = SightingLog(ids: ids)
        for index in 0..<400 {
            log.add(
                "took \(index % 40 + 1) ms for \(index % 17 + 1) rows",
                ["size": "#\(index % 40 + 1)", "code": "\(index % 9)"])
        }
        #expect(log.named().allSatisfy { $0.isEmpty })
    }

    @Test func `words that happen to be names are no accounts where other words stand too`() {
        let ids = ["shipment", "ledger", "mercury", "saturn"]
        var log = SightingLog(ids: ids)
        let objects = [
            "shipment", "invoice", "order", "ledger", "payment", "report", "basket", "price", "stock", "refund",
            "label", "return",
        ]
        for index in 0..<300 {
            log.add("cannot save \(objects[index % 12]) now", ["step": objects[(index + 5) % 12]])
        }
        #expect(log.named().allSatisfy { $0.isEmpty })
    }

    @Test func `a constant of the program that is called as an account is none`() {
        let ids = (0..<20).map { "team-\($0)x" }
        var log = SightingLog(ids: ids, aliases: [("team-3x", "central-broker.example")], deployments: true)
        for index in 0..<400 {
            let id = ids[index % 20]
            log.add(
                "cannot reach central-broker.example in time", ["tenant": id], resource: ["host": "host-of-\(id)"])
        }
        #expect(log.named() == (0..<400).map { [ids[$0 % 20]] })
    }

    // MARK: - Forms

    private func mentions(
        _ body: String, _ attributes: [String: String] = [:], of context: CustomerContext
    ) -> [AccountMention] {
        var log = SightingLog(context)
        log.add(body, attributes)
        return log.sightings().mentions
    }

    @Test(arguments: [
        "ACME-Corp-EU", "acme_corp_eu", "acmecorpeu", "Acme Corp EU", "Acme.Corp.EU", "tenant_acme-corp-eu",
        "it@acme-corp.example",
        "api.eu.acme-corp.example", "lea@mail.example", "acct-0042", "ACCT0042", "acct-42", "L7700123",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7", "7C9E6679742540DE944BE07FC1F90AE7", "7c9e6679", "10.1.2.3",
        "2001:db8::7",
        "https://acme-corp-eu.app.test/x", "\"acme-corp-eu\"",
    ])
    func `an account is known in any form that programs write`(name: String) {
        let context = CustomerContext(
            accounts: [Account(id: "acct-0042", name: "Acme Corp EU"), Account(id: "acct-0043", name: "Bolt")],
            contacts: [
                Contact(id: "P1", account: "acct-0042", email: RawText("lea@mail.example")),
                Contact(id: "P2", account: "acct-0043", email: RawText("bo@mail.example")),
            ],
            aliases: [
                "acme-corp.example", "L7700123", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "10.1.0.0/16", "2001:db8::/32",
            ].map {
                AccountAlias(account: "acct-0042", kind: "alias", value: $0)
            })
        #expect(mentions("rejected \(name) for good", of: context).map(\.account) == [0])
        #expect(mentions("rejected", ["seen": name], of: context).map(\.account) == [0])
    }

    @Test(arguments: ["1.234", "12-34", "0.1234", "v1234", "1234ms", "x1234", "+1234.5"])
    func `part of another number is no account`(text: String) {
        #expect(mentions("customer \(text)", of: CustomerContext(accounts: [Account(id: "1234")])).isEmpty)
    }

    @Test func `a name that is nearly right says little, and nothing where it could be two`() {
        let context = CustomerContext(
            accounts: [Account(id: "northwind-traders"), Account(id: "acct-1001"), Account(id: "acct-1002")],
            aliases: [
                AccountAlias(account: "acct-1001", kind: "w", value: "helio-systems-a"),
                AccountAlias(account: "acct-1002", kind: "w", value: "helio-systems-b"),
            ])
        var log = SightingLog(context)
        for name in ["northwind-traders", "northwind-trader", "nortwind-traders", "helio-systems-c", "acct-1003"] {
            log.add("x", ["tenant": name])
        }
        let sightings = log.sightings()
        #expect(
            sightings.lines.map { sightings.mentions(of: $0).map(\.form) } == [[.id], [.similar], [.similar], [], []])
    }

    @Test func `an alias that two accounts claim belongs to none, but weakly to the one whose deployment it is`() {
        let context = CustomerContext(
            accounts: [Account(id: "a1"), Account(id: "b2")],
            deployments: [Deployment(id: "east-1", accounts: ["a1"]), Deployment(id: "west-1", accounts: ["b2"])],
            aliases: ["a1", "b2"].map { AccountAlias(account: $0, kind: "workspace", value: "shared-space") })
        #expect(mentions("x", ["tenant": "shared-space"], of: context).isEmpty)
        #expect(
            mentions("x", ["tenant": "shared-space", "cell": "west-1"], of: context) == [
                AccountMention(account: 1, form: .similar)
            ])
    }

    @Test func `the narrowest range that holds an address counts`() {
        let context = CustomerContext(
            accounts: [Account(id: "wide"), Account(id: "narrow"), Account(id: "one"), Account(id: "other")],
            aliases: [
                ("wide", "10.0.0.0/8"), ("narrow", "10.1.0.0/16"), ("one", "10.1.2.3"), ("narrow", "10.9.0.0/24"),
                ("other", "10.9.0.0/24"),
            ]
            .map { AccountAlias(account: $0.0, kind: "ip", value: $0.1) })
        let found = ["10.200.1.1", "10.1.9.9", "10.1.2.3", "11.0.0.1", "10.9.0.1", "10.1.2.300", "::ffff:10.1.2.3"].map
        {
            mentions("x", ["client": $0], of: context).map(\.account)
        }
        #expect(found == [[0], [1], [2], [], [], [], [2]])
    }

    @Test func `a name within a long value is found`() {
        let address = "https://gateway.example/" + String(repeating: "segment/", count: 20) + "acct-0042/items?page=2"
        #expect(
            mentions("x", ["url": address], of: CustomerContext(accounts: [Account(id: "acct-0042")])).map(\.account)
                == [0])
    }

    @Test func `both accounts of a line that names two are found`() {
        var log = SightingLog(ids: ["acme-1234", "bolt-5678"])
        log.add("moved 3 seats from acme-1234 to bolt-5678")
        #expect(log.named() == [["acme-1234", "bolt-5678"]])
    }

    @Test func `a key within an object is known by what is around it`() {
        var log = SightingLog(ids: (1...30).map(String.init))
        for index in 0..<60 {
            log.addLine(
                #"{"timeUnixNano":1,"body":"x","attributes":{"customer":{"id":\#(index % 30 + 1),"age":\#(index % 29 + 1)},"tags":[\#(index % 28 + 1)]}}"#
            )
        }
        #expect(log.named() == (0..<60).map { ["\($0 % 30 + 1)"] })
    }
}
