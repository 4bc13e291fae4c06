import Records
import Testing

@Suite("Names of customers in texts")
struct CustomerNameTests {
    /// A redactor that knows a company by its name, its contact and what machines call it.
    private func redactor(_ name: String, aliases: [String] = [], others: [String] = []) throws -> Redactor {
        try Redactors.with {
            $0.add(
                CustomerContext(
                    accounts: [Account(id: "A0", name: name)]
                        + others.enumerated().map { Account(id: "B\($0)", name: $1) },
                    aliases: aliases.map { AccountAlias(account: "A0", kind: "workspace", value: $0) }))
        }
    }

    @Test(
        arguments: [
            ("see portal.fjordbank.no for it", "fjordbank.no"), ("the workspace fjbk-prod fails", "fjbk-prod"),
            ("FJBK_PROD", "FJBK_PROD"), ("https://fjordbank.no/login", "fjordbank.no"),
            ("upload to fjordbank-net fails", "fjordbank"), ("tenant=fjordbank", "fjordbank"),
            ("net.fjordbank.sync", "fjordbank"), ("sync_fjordbank", "fjordbank"), ("FjordbankSync failed", "Fjordbank"),
            ("runFjordbankSync", "Fjordbank"), ("fjordbank2 is down", "fjordbank"), ("HTTPFjordbank", "Fjordbank"),
            ("same at FJORDBANK", "FJORDBANK"), ("we Fjordbanku to samo", "Fjordbanku"),
            ("Fjordbankissa sama vika", "Fjordbankissa"),
        ])
    func `are found in domains, glued to other words and with endings`(text: String, found: String) throws {
        let redactor = try redactor("Fjordbank AS", aliases: ["fjordbank.no", "fjbk-prod"])
        #expect(redactor.found(text) == ["organization|\(found)"])
        let once = redactor.redact(RawText(text))
        #expect(redactor.redact(RawText(once.string)) == once)
    }

    @Test(arguments: [("Velmora AB", "Velmory"), ("Велмора ООО", "Велморы"), ("Велмор ООО", "Велмором")])
    func `have endings in the place of their last letter and in other scripts`(name: String, word: String) throws {
        #expect(try redactor(name).found("of \(word) too") == ["organization|\(word)"])
    }

    @Test(
        arguments: [
            ("ООО «Велмора»", "Велмора"), ("ЗАО Велмора", "Велмора"), ("ТОВ «Велмора»", "Велмора"),
            ("주식회사 벨모라텔", "벨모라텔"), ("Velmora Sp. z o.o.", "Velmora"), ("Velmora z o.o.", "Velmora"),
        ])
    func `are found without what the law calls them, before or behind`(name: String, found: String) throws {
        #expect(try redactor(name).found("at \(found) too") == ["organization|\(found)"])
    }

    @Test(arguments: [("Zorvik Z", "at Zorvik too"), ("Zorvik O", "at Zorvik too"), ("Zorvik Zoo", "at Zorvik too")])
    func `keep letters that no law means`(name: String, text: String) throws {
        #expect(try redactor(name).found(text) == [])
        #expect(try redactor(name).found("at \(name) too") == ["organization|\(name)"])
    }

    @Test func `of several words are found as one`() throws {
        let redactor = try redactor("Velmora Instruments Ltd.")
        #expect(redactor.found("host velmorainstruments-7") == ["organization|velmorainstruments"])
    }

    @Test(
        arguments: [
            "support", "production", "team", "42", "2024", "abc", "eu-west-1", "prod2", "support-team", "10.0.0.0/8",
            "testing", "v10", "export",
        ])
    func `that say nothing by themselves stay`(alias: String) throws {
        let redactor = try redactor("Fjordbank AS", aliases: [alias])
        for text in [alias, "The \(alias) of it", "\(alias)-id", alias.uppercased(), "my.\(alias).example"] {
            #expect(!redactor.found(text).contains { $0.hasPrefix("organization") }, "\(text)")
        }
    }

    @Test(
        arguments: [
            "fjordbanking", "see fjordbank there", "Fjordbanker", "fjord bank", "Fjbk prod", "fjbkproduct",
            "fjordbank. No", "fjbk, prod",
        ])
    func `are not found in other words`(text: String) throws {
        #expect(try redactor("Fjordbank AS", aliases: ["fjbk-prod", "fjordbank.no"]).found(text) == [])
    }

    @Test(arguments: [("Delta", "delta-sync"), ("Signal AS", "signal-handler"), ("Nova AS", "nova-compute")])
    func `that are everyday words or short are not found in identifiers`(name: String, text: String) throws {
        #expect(try redactor(name).found(text) == [])
    }

    @Test func `in one word are known as aliases where the company's name alone has them`() throws {
        let names = ("Fjordbank Norge AS", ["fjordbank"])
        #expect(try redactor(names.0, aliases: names.1).found("at Fjordbank, fjordbank-net").count == 2)
        #expect(try redactor(names.0, aliases: names.1, others: ["Fjordbank Sverige AB"]).found("at Fjordbank") == [])
        #expect(try redactor("Bakery of Oslo", aliases: ["ovenlane"]).found("an Ovenlane") == [])
    }
}
