import Logs
import Records
import Testing

struct SightedLogTests {
    private static let text = [
        #"{"timeUnixNano":"1","severityNumber":17,"body":"order 17 of acme-1 failed"}"#,
        #"{"timeUnixNano":"2","severityNumber":17,"body":"order 18 of bolt-2 failed"}"#,
        #"{"timeUnixNano":"3","severityNumber":9,"body":"idle"}"#, "not JSON at all",
    ].joined(separator: "\n")

    /// - Parameter chunk: The bytes that are handed over together.
    private func read(_ redactor: Redactor?, chunk: Int) -> (
        sightings: LogSightings, signatures: [Signature], lines: Int64
    ) {
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "acme-1"), Account(id: "bolt-2")]))
        var log = SightedLog(directory, redactor: redactor, observedTime: ReadLog.now)
        let bytes = Array(Self.text.utf8)
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                log.read(UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + chunk)]))
            }
        }
        #expect(log.faults[.notThisFormat] <= 1)
        let lines = log.counts.lines
        let (sightings, signatures) = log.finish()
        return (sightings, signatures, lines)
    }

    @Test(arguments: [1, 7, 10_000])
    func `each record has its signature and its accounts, wherever the log is cut`(chunk: Int) {
        let read = read(Redactor(key: Array(repeating: 7, count: 16)), chunk: chunk)
        #expect(read.sightings.lines.count == 4)
        #expect(read.sightings.lines.map { read.sightings.mentions(of: $0).map(\.account) } == [[0], [1], [], []])
        let templates = read.sightings.lines.map { read.signatures[Int($0.signature)].template }
        #expect(templates[0] == templates[1] || templates[0].hasPrefix("order <*> of"))
        #expect(templates[2...] == ["idle", "not JSON at all"])
    }

    @Test func `without a redactor there are no signatures, and the same accounts`() {
        let read = read(nil, chunk: 10_000)
        #expect(read.signatures.isEmpty)
        #expect(read.sightings.lines.map(\.signature) == [-1, -1, -1, -1])
        #expect(read.sightings.mentions.map(\.account) == [0, 1])
    }

    /// The templates of some bodies.
    private func templates(_ bodies: [String], _ context: CustomerContext = CustomerContext()) throws -> [String] {
        var rules = RedactionRules()
        rules.add(context)
        let redactor = try #require(Redactor(key: Array(repeating: 7, count: 16), rules: rules))
        var log = SightedLog(CustomerDirectory(context), redactor: redactor, observedTime: ReadLog.now)
        for body in bodies {
            let text = body.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            Array("{\"timeUnixNano\":\"1\",\"body\":\"\(text)\"}\n".utf8).withUnsafeBytes { log.read($0) }
        }
        let (sightings, signatures) = log.finish()
        return sightings.lines.map { signatures[Int($0.signature)].template }
    }

    @Test(arguments: [
        #"10.0.0.1 - lea [2026-01-05 10:00:00] "POST /orders" 500 120 "no quota left""#,
        #"level=error dur=17 msg="no quota left""#, #"{"event":"no quota left","ms":3}"#, "no quota left",
    ])
    func `the message inside another form is what counts`(body: String) throws {
        let found = try templates([body])
        #expect(found == ["no quota left"])
    }

    @Test(arguments: [
        #"10.0.0.1 - lea [2026-01-05 10:00:00] "GET /orders" 200 120 "-" "Mozilla/5.0 (X11; Linux)""#,
        #"10.0.0.1 - lea [2026-01-05 10:00:00] "GET /orders" 200 120 "https://shop.example/cart""#,
        #"said "no quota left""#, #"said "a" 17 "no quota left""#,
    ])
    func `agents, pages and what somebody said are no messages of their own`(body: String) throws {
        let found = try templates([body])
        #expect(found.allSatisfy { !$0.isEmpty && $0 != "no quota left" && !$0.hasPrefix("Mozilla") })
    }

    @Test func `the names of customers are no part of signatures`() throws {
        let names = ["Ash and Oak Ltd", "Bright Garden AG", "Cedar Travel"]
        let context = CustomerContext(
            organizations: names.enumerated().map { Organization(id: "o\($0)", name: $1) },
            accounts: names.indices.map { Account(id: "a-\($0)", organization: "o\($0)") })
        let all = try templates(names.map { "no quota left for \($0)" }, context)
        #expect(Set(all).count == 1)
        #expect(all.allSatisfy { $0.hasPrefix("no quota left for <*>") })
    }

    @Test func `templates that leave out different places are two`() throws {
        let bodies = (0..<40).flatMap { ["alpha \($0 * 13 + 7)", "\($0 * 17 + 3) beta"] }
        let found = Set(try templates(bodies))
        #expect(found == ["alpha <*>", "<*> beta"])
    }

    @Test func `a log that is taken in parts says the same when the memory of a part is handed back`() {
        let directory = CustomerDirectory(CustomerContext(accounts: [Account(id: "acme-1"), Account(id: "bolt-2")]))
        func parts(areHandedBack: Bool) -> [LogSightings] {
            var log = SightedLog(directory, redactor: nil, observedTime: ReadLog.now)
            if areHandedBack { log.reserveCapacity(100) }
            var parts: [LogSightings] = []
            for part in 0..<5 {
                for line in 0..<(40 * part) {
                    let name = ["acme-1", "bolt-2", "nobody-3"][(part + line) % 3]
                    Array("{\"timeUnixNano\":\"1\",\"body\":\"order \(line) of \(name) req-\(part)a\(line)\"}\n".utf8)
                        .withUnsafeBytes { log.read($0) }
                }
                let sightings = log.takeSoFar().sightings
                parts.append(sightings)
                if areHandedBack { log.reuse(sightings) }
            }
            return parts + [log.finish().sightings]
        }
        let (kept, reused) = (parts(areHandedBack: false), parts(areHandedBack: true))
        #expect(kept.map(\.lines) == reused.map(\.lines))
        #expect(kept.map(\.mentions) == reused.map(\.mentions))
        #expect(kept.map(\.joinKeys) == reused.map(\.joinKeys))
        #expect(kept.contains { !$0.mentions.isEmpty && !$0.joinKeys.isEmpty })
    }

    @Test func `a value that comes again names the same account as the first time, under each key by itself`() {
        var log = SightingLog(ids: (0..<4_000).map { "acct-\(10_000 + $0)" } + ["7"])
        // Some names take the place of others among those that are remembered.
        for round in 0..<2 {
            for number in 0..<4_000 {
                log.add(
                    "failed", [number % 2 == 0 ? "tenant" : "customer.id": "acct-\(10_000 + number)"],
                    more: round == 0 ? "" : #","n":7"#)
            }
        }
        for _ in 0..<3 { log.add("failed", ["tenant": "7", "attempt": "7"]) }
        let sightings = log.sightings()
        let accounts = sightings.lines.map { sightings.mentions(of: $0).map(\.account) }
        #expect(Array(accounts[..<4_000]) == (0..<4_000).map { [Int32($0)] })
        #expect(Array(accounts[4_000..<8_000]) == (0..<4_000).map { [Int32($0)] })
        #expect(Array(accounts[8_000...]) == [[4_000], [4_000], [4_000]])
    }
}
