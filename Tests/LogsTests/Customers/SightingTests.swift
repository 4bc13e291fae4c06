import Logs
import Records
import Testing

struct SightingTests {
    private static let context = CustomerContext(
        accounts: [Account(id: "acme-1")],
        deployments: [
            Deployment(
                id: "cell-7", environment: "production", region: "eu-west",
                hosts: ["web-1.eu.internal", "web-2.eu.internal"]),
            Deployment(id: "cell-8", environment: "staging", region: "eu-west", hosts: ["10.0.0.8", "db"]),
            Deployment(id: "cell-9", environment: "production", region: "us-east", hosts: ["db", "worker"]),
        ])

    @Test(
        arguments: [
            (["cluster": "cell-7"], [:], "cell-7"), (["cluster": "CELL_7"], [:], "cell-7"),
            ([:], ["host.name": "web-2.eu.internal"], "cell-7"), ([:], ["host.name": "web-2"], "cell-7"),
            ([:], ["host": "web-1.other.domain"], "cell-7"), ([:], ["host.name": "worker-7f9c-x2x"], "cell-9"),
            ([:], ["k8s.pod.name": "worker-7f9c-x2x"], "cell-9"), ([:], ["pod.uid": "worker-7f9c-x2x"], nil),
            ([:], ["http.host": "worker-7f9c-x2x"], nil), ([:], ["host.name": "a-b-c-d"], nil),
            (["peer": "10.0.0.8"], [:], "cell-8"),
            // Two deployments have such a host, and in us-east there is only one.
            ([:], ["host.name": "db"], nil), ([:], ["cloud.region": "us-east"], "cell-9"),
            ([:], ["cloud.region": "eu-west"], nil),
            (["env": "staging"], ["cloud.region": "eu-west"], "cell-8"),
            (["env": "staging"], ["cloud.region": "us-east"], nil),
        ] as [([String: String], [String: String], String?)])
    func `a record comes from the deployment that its ids, hosts or region say`(
        attributes: [String: String], resource: [String: String], deployment: String?
    ) {
        var log = SightingLog(Self.context)
        log.add("x", attributes, resource: resource)
        log.add("x", attributes, resource: resource)
        #expect(log.deployments() == [deployment, deployment])
    }

    @Test func `a host in the text tells the deployment where nothing else does`() {
        var log = SightingLog(Self.context)
        log.add("cannot start on web-1.eu.internal")
        log.add("cannot start on web-1.eu.internal", ["cluster": "cell-9"])
        log.add("worker gone")
        log.add("cannot start on web-2.another.domain")
        log.add("cannot start on a.b.c.d.e.f")
        #expect(log.deployments() == ["cell-7", "cell-9", nil, "cell-7", nil])
    }

    @Test func `times, severity and trace are kept, and services and hosts numbered`() {
        var log = SightingLog(Self.context)
        let trace = #","traceId":"000000000000000000000000000000ff""#
        log.add("x", resource: ["service.name": "api", "host.name": "web-1"], more: trace)
        log.add("x", resource: ["service.name": "api", "host.name": "web-2"])
        log.add("x", resource: ["service.name": "api", "host.name": "web-1"])
        log.addLine(#"{"body":"x"}"#)
        let sightings = log.sightings()
        #expect(sightings.lines.map(\.place) == [0, 1, 0, -1])
        #expect(sightings.services == ["api", "api"])
        #expect(sightings.hosts == ["web-1", "web-2"])
        #expect(sightings.lines.map(\.trace) == [255, 0, 0, 0])
        #expect(sightings.lines.map(\.severity) == [17, 17, 17, 0])
        #expect(sightings.lines.map { $0.time == 1_767_571_200_000_000_000 } == [true, true, true, false])
        #expect(sightings.lines[3].time == LogSighting.noTime)
        #expect(sightings.lines[3].observedTime == ReadLog.now)
    }

    private func keys(_ body: String, _ attributes: [String: String] = [:]) -> Int {
        var log = SightingLog(Self.context)
        log.add(body, attributes)
        return log.sightings().joinKeys.count
    }

    @Test(arguments: [
        ("request 8ab3f1c2d9 failed", 1), ("order 2026010577 failed", 1), ("user lea@acme.example failed", 1),
        ("took 29000ms at 2026-01-05T10:00:00Z on v1.22.333", 0), ("retry 17 of 20", 0), ("acme-1 failed", 0),
        ("web-1 failed", 0),
        ("a1b2c3 d4e5f6 a7b8c9 d1e2f3 a4b5c6 d7e8f9", 4),
    ])
    func `what looks like an id of a request, an order or a person ties records together`(body: String, count: Int) {
        #expect(keys(body) == count)
    }

    @Test func `the same value in the text and under a key is the same key`() {
        var log = SightingLog(Self.context)
        log.add("request 8ab3f1c2d9 failed")
        log.add("x", ["rid": "8AB3F1C2D9"])
        let sightings = log.sightings()
        #expect(sightings.joinKeys.count == 2)
        #expect(Set(sightings.joinKeys).count == 1)
    }

    @Test func `a value that stands in every record ties nothing together`() {
        var log = SightingLog(Self.context)
        for index in 0..<1_000 { log.add("x", ["build": "9f8e7d6c5b", "rid": "r\(100_000 + index)"]) }
        let sightings = log.sightings()
        #expect(sightings.lines.last.map { sightings.joinKeys(of: $0).count } == 1)
        #expect(Set(sightings.joinKeys).count == 1_001)
    }

    @Test func `the host and service of nested resources are told by the noun of their keys`() {
        var log = SightingLog(Self.context)
        log.addLine(#"{"body":"x","resource":{"service":{"name":"api","version":"1"},"k8s":{"node":{"name":"n1"}}}}"#)
        let sightings = log.sightings()
        #expect(sightings.services == ["api"])
        #expect(sightings.hosts == ["n1"])
    }

    /// Records of 30 users of three accounts, every second one of which names its account; durations are anybody's.
    private func users(_ number: (Int) -> String) -> LogSightings {
        var log = SightingLog(ids: ["acme-1", "birch-2", "cedar-3"])
        for index in 0..<600 {
            let user = index / 2 * 7 % 30
            let name = index % 2 == 0 ? " for \(log.directory.accounts[user % 3].id)" : ""
            log.add("done\(name)", ["uid": number(4_100 + user), "ms": number(100 + index % 20)])
        }
        return log.sightings()
    }

    @Test(arguments: ["#", ""])
    func `a short number ties records together where each of its values is of one account`(mark: String) {
        let sightings = users { mark + String($0) }
        let keys = sightings.lines.map { Array(sightings.joinKeys(of: $0)) }
        #expect(keys.last?.count == 1)
        // Until it was learnt, none does.
        #expect(keys.prefix(60).allSatisfy { $0.isEmpty })
        #expect(Set(keys.suffix(300).joined()).count == 30)
        #expect(keys[598] == keys[599])
    }

    // MARK: - Streams and bounds

    @Test func `a stream that is settled record by record finds ids as soon as their place is known`() {
        var log = SightingLog(ids: (0..<40).map { String(10_000 + 37 * $0) })
        for index in 0..<100 { log.add("failed for ref \(10_000 + 37 * (index % 40)) after \(index) ms") }
        let stream = log.namedInStream()
        #expect(log.named() == (0..<100).map { ["\(10_000 + 37 * ($0 % 40))"] })
        #expect(stream[10...].elementsEqual(log.named()[10...]))
    }

    @Test func `the memory of places and hosts is bounded, and long lines and odd keys do no harm`() {
        var log = SightingLog(ids: ["acme-1", "7"])
        for index in 0..<70_000 {
            log.addLine(
                #"{"body":"7","attributes":{"k\#(index)":"acme-1","n\#(index)":7},"resource":{"host":"h\#(index)"}}"#)
        }
        log.addLine(
            #"{"body":"\#(String(repeating: "acme-1 ", count: 100_000))","attributes":{"":"","\#(String(repeating: "k", count: 100_000))":"acme-1"}}"#
        )
        log.addLine(#"{"body":"\#(String(repeating: "-._@", count: 100_000))"}"#)
        log.addLine(#"{"body":"a@ @b .a. a..b -- tenant= tenant_ cust_-_ ::1 ::: 1:2"}"#)
        let sightings = log.sightings()
        #expect(sightings.lines.count == 70_003)
        #expect(sightings.hosts.count == AccountFinder.mostPlaces)
        #expect(sightings.lines.prefix(70_000).allSatisfy { sightings.mentions(of: $0).map(\.account) == [0] })
        #expect(sightings.mentions(of: sightings.lines[70_000]).map(\.account) == [0])
    }

    @Test func `headers of plain lines are looked at too`() {
        let directory = CustomerDirectory(Self.context)
        var finder = AccountFinder(directory)
        var stream = LogStream(format: .syslog, observedTime: ReadLog.now)
        var batch = LogBatch()
        stream.read(Array("<11>1 2026-01-05T00:00:00Z web-1 api 7 - [x tenant=\"acme-1\"] failed\n".utf8), into: &batch)
        stream.finish(into: &batch)
        for record in batch.records { finder.add(record, in: batch, signature: 5) }
        let sightings = finder.take()
        #expect(sightings.lines.map(\.signature) == [5])
        #expect(sightings.lines.map(\.deployment) == [0])
        #expect(sightings.mentions.map(\.account) == [0])
        #expect(sightings.services == ["api"])
    }
}
