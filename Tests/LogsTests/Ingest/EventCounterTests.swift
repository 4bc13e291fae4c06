@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("Counting events")
struct EventCounterTests {
    private let redactor: Redactor

    init() throws {
        var rules = RedactionRules()
        let file = RecordFile(path: "c", bytes: Array(#"{"name":"Zelda Quimby","company":"Quimby Yachts"}"#.utf8))
        rules.contacts = try RedactionRules.Contact.read(file)
        redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8), rules: rules))
    }

    private func batch(_ lines: String, _ format: LogFormat = .json) -> LogBatch {
        var reader = LogReader(format: format, observedTime: ReadLog.now)
        var batch = LogBatch()
        reader.read(Array(lines.utf8), into: &batch)
        reader.finish(into: &batch)
        return batch
    }

    @Test("sums by minute, signature, scope and severity")
    func sums() {
        var counter = EventCounter(redactor: redactor)
        counter.add(
            batch(
                """
                {"time":"1969-12-31T23:59:59Z","msg":"a 1","resource":{"service.name":"s"}}
                {"time":"1970-01-01T00:00:00Z","msg":"a 2","resource":{"service.name":"s"}}
                {"time":"1970-01-01T00:00:59Z","msg":"a 3","resource":{"service.name":"s"}}
                {"time":"1970-01-01T00:00:59Z","msg":"b","level":"error","service.name":"s"}
                {"msg":"b","other":"s"}
                """))
        counter.addPassed(7, at: 0)
        let events = counter.take()
        let rows = events.counts.map {
            [$0.key.minute, $0.key.shape, $0.key.scope, Int32($0.key.severity), Int32($0.records)]
        }
        #expect(rows.first == [-1, 0, 0, 0, 1])
        #expect(
            rows[1...].sorted { $0[1] < $1[1] } == [
                [0, -1, -1, 0, 7], [0, 0, 0, 0, 2], [0, 1, 0, 17, 1], [29_540_160, 1, -1, 0, 1],
            ])
        #expect(events.shapes.count == 2)
        #expect(events.scopes.map(\.string) == ["{\"service.name\":\"s\"}"])
        #expect(counter.take().isEmpty)
    }

    @Test("goes on with what was kept under the same numbers")
    func resumed() {
        var first = EventCounter(redactor: redactor)
        let lines = #"{"msg":"a 1","account":"x"}"# + "\n" + #"{"msg":"b of Zelda Quimby","account":"y"}"#
        first.add(batch(lines))
        let kept = first.take()
        var second = EventCounter(
            redactor: redactor, shapes: kept.shapes.map { ($0, 1) }, scopes: kept.scopes)
        second.add(batch(lines))
        let again = second.take()
        #expect(again.shapes.isEmpty && again.scopes.isEmpty)
        #expect(again.counts == kept.counts)
        #expect(second.miner.lines == 4)
    }

    @Test("keeps nobody's name, in messages or in scopes")
    func names() {
        var counter = EventCounter(redactor: redactor)
        let lines = ["Zelda Quimby", "Quimby Yachts", "zelda@yachts.example"].map {
            #"{"msg":"sent to "# + $0 + #" now","account":""# + $0 + #""}"#
        }
        counter.add(batch(lines.joined(separator: "\n")))
        counter.add(batch(lines.joined(separator: "\n")))
        let kept = counter.take()
        #expect(kept.shapes.count == 1)
        #expect(kept.counts.reduce(0) { $0 + $1.records } == 6)
        for text in kept.shapes + kept.scopes {
            #expect(!text.string.lowercased().contains("quimby") && !text.string.lowercased().contains("zelda"))
        }
        #expect(kept.scopes.count == 3)
    }

    @Test("hides a scope's values that the tenant's list of attributes does not name")
    func closed() throws {
        var rules = RedactionRules()
        rules.allowedAttributes = ["service.name"]
        var counter = EventCounter(
            redactor: try #require(Redactor(key: Array("a key of twenty bytes".utf8), rules: rules)))
        counter.add(batch(#"{"msg":"m","service.name":"shop","account":"violet"}"#))
        counter.add(batch(#"{"msg":"m","service.name":"shop","account":"violet"}"#))
        let scopes = counter.take().scopes.map(\.string)
        #expect(scopes.count == 1)
        #expect(scopes[0].hasPrefix(#"{"service.name":"shop","account":"<attribute:"#))
    }

    private func scopes(_ lines: [String], customers: CustomerContext? = nil, told: [String] = []) -> [String] {
        var counter = EventCounter(
            redactor: redactor, customers: customers.map(CustomerDirectory.init), accountKeys: told)
        counter.add(batch(lines.joined(separator: "\n")))
        return counter.take().scopes.map(\.string)
    }

    @Test(
        "knows keys of accounts by their words, in any spelling",
        arguments: [
            "acct", "customer.id", "account.id", "tenant_id", "tenantId", "customer", "accountId", "client",
            "Tenant-ID",
            "organizationId", "org.uuid", "CustomerRef",
        ])
    func accountKeys(_ key: String) {
        #expect(scopes([#"{"msg":"m","\#(key)":"acme-7"}"#]) == [#"{"account":"acme-7"}"#])
    }

    @Test("knows the members of an object by the words of both, and numbers too")
    func nestedAccounts() {
        #expect(scopes([#"{"msg":"m","customer":{"id":"acme-7"}}"#]) == [#"{"account":"acme-7"}"#])
        #expect(scopes([#"{"msg":"m","customerId":42}"#]) == [#"{"account":"42"}"#])
    }

    @Test(
        "takes no other key for one of accounts",
        arguments: ["client.address", "customer.name", "thread.id", "tid", "store.path", "accounting", "id"])
    func otherKeys(_ key: String) {
        #expect(scopes([#"{"msg":"m","\#(key)":"acme-7"}"#]).isEmpty)
    }

    @Test("keeps known customers by their ids, whatever name of them stands under a key of accounts")
    func knownAccounts() {
        let customers = CustomerContext(
            accounts: [Account(id: "acme-7", name: "Ash and Oak"), Account(id: "acme-8")],
            aliases: [AccountAlias(account: "acme-8", kind: "slug", value: "birch-eu")])
        func account(_ members: String) -> [String] { scopes([#"{"msg":"m",\#(members)}"#], customers: customers) }
        #expect(account(#""tenant":"acme-7""#) == [#"{"tenant":"acme-7"}"#])
        #expect(account(#""customer.name":"Ash and Oak""#) == [#"{"account":"acme-7"}"#])
        #expect(account(#""cid":"birch-eu","account":"violet""#) == [#"{"account":"acme-8"}"#])
        #expect(account(#""tenant":"ACME_8","service":"shop""#).map { $0.contains(#""account":"acme-8""#) } == [true])
        // What is no customer's is none's unless the key is sure.
        #expect(account(#""client":"firefox""#).isEmpty)
        #expect(account(#""account":"violet""#) == [#"{"account":"violet"}"#])
    }

    @Test("takes what somebody said is a key of accounts for one")
    func toldAccounts() {
        let line = #"{"msg":"m","billed_to":"acme-7","account":"violet","who":{"paid":"acme-9"}}"#
        #expect(scopes([line], told: ["billed_to"]) == [#"{"account":"acme-7"}"#])
        #expect(scopes([line], told: ["who.paid"]) == [#"{"account":"acme-9"}"#])
        #expect(scopes([line]) == [#"{"account":"violet"}"#])
    }

    @Test("counts the records that name no customer, where some are known")
    func recordsWithoutAccount() {
        let lines = [#"{"msg":"m","acct":"acme-7"}"#, #"{"msg":"m","acct":"other"}"#, #"{"msg":"m"}"#]
        var known = EventCounter(
            redactor: redactor, customers: CustomerDirectory(CustomerContext(accounts: [Account(id: "acme-7")])))
        known.add(batch(lines.joined(separator: "\n")))
        #expect(known.recordsWithoutAccount == 2)
        var unknown = EventCounter(redactor: redactor, customers: CustomerDirectory(CustomerContext()))
        unknown.add(batch(lines.joined(separator: "\n")))
        #expect(unknown.recordsWithoutAccount == 0)
    }

    @Test("counts records of too many scopes without one")
    func bounded() {
        var counter = EventCounter(redactor: redactor)
        let lines = (0..<10_000).map { #"{"msg":"m","account":"account number \#($0)"}"# }
        counter.add(batch(lines.joined(separator: "\n")))
        counter.add(batch(lines.suffix(10).joined(separator: "\n")))
        let events = counter.take()
        #expect(events.scopes.count == EventCounter.mostScopes)
        #expect(events.counts.reduce(0) { $0 + $1.records } == 10_010)
        #expect(counter.recordsWithoutScope == 10_010 - EventCounter.mostScopes)
    }

    @Test("passes over lines without reading them")
    func passing() {
        var reader = LogReader(format: .plain, observedTime: ReadLog.now)
        var batch = LogBatch()
        let text = Array("a\nb\nc\nd\nunfin".utf8)
        let passed = text.withUnsafeBytes { reader.pass($0, into: &batch) }
        reader.read(Array("ished\n".utf8), into: &batch)
        reader.finish(into: &batch)
        #expect(passed == 3)
        #expect(batch.records.map(\.line) == [1, 5])
        #expect(reader.counts.lines == 5)
        #expect(reader.counts.linesOfRecords + reader.counts.passedLines == 5)
        #expect(reader.checkpoint.position == Int64(text.count + 6))
        var document = LogReader(format: .otlpJSON, observedTime: ReadLog.now)
        #expect(text.withUnsafeBytes { document.pass($0, into: &batch) } == 0)
    }
}
