import Records
import Testing

@testable import Logs

@Suite("Signatures")
struct SignatureMinerTests {
    private func signatures(_ lines: [String]) -> SignatureSet {
        mined(lines).signatures()
    }

    private func mined(_ lines: some Sequence<String>) -> SignatureMiner {
        var miner = SignatureMiner()
        for line in lines { _ = miner.learn(Array(line.utf8).span) }
        return miner
    }

    private func templates(_ lines: [String]) -> [String] {
        signatures(lines).signatures.map(\.template).sorted()
    }

    @Test(
        "take for variables what looks like one",
        arguments: [
            ("sent 12 packets to 10.0.0.7:8080", "sent <*> packets to <*>"),
            ("mounted /srv/data/part-3 read only", "mounted <*> read only"),
            ("job job_2231_0007 done", "job <*> done"),
            ("request 9f86d081-884c-4d63-a15f-00b0c04fd430 ended", "request <*> ended"),
            ("link 00:1b:44:11:3a:b7 is up", "link <*> is up"),
            ("fetched https://shop.example/cart?id=7 in 12ms", "fetched <*> in <*>"),
            ("backup began Tue Mar 04 10:11:12 2025 here", "backup began <*> here"),
            ("wrote file report.2275 now", "wrote file report.<*> now"),
            ("cpu#3 is hot", "cpu#<*> is hot"),
            ("cache enabled=true size=-1", "cache enabled=<*> size=<*>"),
            ("object Session@1f4c2a closed", "object Session@<*> closed"),
            ("took <1 sec", "took <*> sec"),
            ("mail to ann@shop.example bounced", "mail to <*> bounced"),
            ("checking limits......... 0x1f", "checking limits......... <*>"),
            ("proxy edge.shop.example:443 opened", "proxy <*> opened"),
            ("saved C:\\data\\a.txt twice", "saved <*> twice"),
        ])
    func looks(_ line: String, _ template: String) {
        #expect(templates([line]) == [template])
    }

    @Test(
        "leave words, codes of errors and names of protocols as they are",
        arguments: [
            "session closed by peer", "ORA-00942: table or view does not exist", "can't open ssh2 channel", "I/O error",
            "read/write head parked", "error E11000 duplicate key",
        ])
    func constants(_ line: String) {
        #expect(templates([line]) == [line])
    }

    @Test("give one signature to what reads the same")
    func sameText() {
        let lines = (1...400).map { "responder \($0 % 7) of host\($0 * 31 % 250) ended in z\($0)" }
        let found = signatures(lines).signatures.map(\.template)
        #expect(Set(found).count == found.count)
    }

    @Test("do not merge words that change the meaning")
    func meaning() {
        let lines = [
            "VM Started", "VM Paused", "VM Resumed", "disk a1 is online", "disk a1 is offline", "got app.screen.OFF",
            "got app.screen.ON",
        ]
        #expect(templates(lines) == lines.sorted())
    }

    @Test("find words that are values by how many a place has seen")
    func words() {
        let users = ["alice", "bob", "carol", "dave", "erin", "frank"]
        let lines = users.map { "session opened for user \($0) by root" }
        #expect(templates(lines) == ["session opened for user <*> by root"])
        #expect(templates(users.map { "user='\($0)' logged in" }) == ["user='<*>' logged in"])
        #expect(templates(["greeting from alice to all", "greeting from bob to all"]).count == 2)
    }

    @Test("take a word for a value where other templates know it as one")
    func known() {
        let users = ["alice", "bob"]
        let lines =
            users.map { "login of user \($0) at desk" } + users.map { "user \($0) has left early" }
            + ["bad password for alice today"]
        #expect(templates(lines).contains("bad password for <*> today"))
    }

    @Test("keep values of several words and of varying length together")
    func lengths() {
        #expect(
            templates(["deleting 1 2 3 from pool", "deleting 4 from pool", "deleting 5, 6 from pool"])
                == ["deleting <*> from pool"])
        #expect(
            templates(["got 12 bytes (1.2 KB) of it", "got 7 bytes of it", "got 3 MB of it"]) == ["got <*> of it"])
        #expect(
            templates([#"tag="View Lock" held"#, #"tag="RIL" held"#, #"tag="a big job" held"#]) == [#"tag="<*>" held"#])
        #expect(
            templates(["(root) CMD (run /etc/a)", "(root) CMD ( /bin/b 1 1)", "(root) CMD (/bin/c > /tmp/d)"])
                == ["(root) CMD (<*>)"])
    }

    @Test("keep a unit that never changes")
    func units() {
        #expect(templates(["free 1 GB", "free 2 GB"]) == ["free <*> GB"])
        #expect(templates(["free 1 GB", "free 2 MB"]) == ["free <*>"])
    }

    @Test("absorb a name with a port where addresses stand")
    func absorbed() {
        let lines = ["10.0.0.1:80 error : gone", "10.0.0.2:80 error : gone", "localhost:80 error : gone"]
        #expect(templates(lines) == ["<*> error : gone"])
    }

    @Test("are the same whatever the order of the lines and the number of shards")
    func order() {
        var random = Generator(state: 7)
        let lines = sample(&random, count: 2_000)
        let whole = mined(lines).signatures().signatures
        #expect(mined(lines.shuffled(using: &random)).signatures().signatures == whole)
        var shards = (0..<5).map { shard in mined(lines.enumerated().filter { $0.offset % 5 == shard }.map(\.element)) }
        shards.shuffle(using: &random)
        var merged = SignatureMiner()
        for shard in shards { merged.merge(shard) }
        #expect(merged.signatures().signatures == whole)
    }

    @Test("count every line once")
    func counts() {
        var random = Generator(state: 11)
        let odd = ["", "   ", "\u{0}\u{1}", "<*>", String(repeating: "x ", count: 9_000)]
        let lines = sample(&random, count: 3_000) + odd
        let miner = mined(lines)
        #expect(miner.lines == lines.count)
        #expect(miner.signatures().signatures.reduce(0) { $0 + $1.lines } == lines.count)
    }

    @Test("keep what is rare")
    func rare() {
        let lines = Array(repeating: "heartbeat 1 ok", count: 5_000) + ["kernel panic in scheduler"]
        #expect(templates(lines).contains("kernel panic in scheduler"))
    }

    @Test("stay within their limits, and say so, without losing counts")
    func limits() {
        var miner = SignatureMiner(limits: .init(shapes: 100, bytes: 1 << 20))
        for number in 0..<1_000 { _ = miner.learn(Array("\(word(number)) \(word(number * 7))".utf8).span) }
        #expect(miner.shapes == 100)
        #expect(miner.linesWithoutDetail == 900)
        let set = miner.signatures()
        #expect(set.signatures.reduce(0) { $0 + $1.lines } == 1_000)
        #expect(set.signatures.contains { $0.template == "<*>" && $0.lines == 900 })
        let shape = miner.learn(Array("something else altogether".utf8).span)
        #expect(set.index(of: shape).map { set.signatures[$0].template } == "<*>")
    }

    @Test("count thousands of different values under their one template, within the limits")
    func manyValues() {
        var miner = SignatureMiner(limits: .init(shapes: 400, bytes: 1 << 20))
        for number in 0..<5_000 {
            let line = "user \(word(number)) came from host \(word(number * 31 % 5_003)) with key \(word(number * 17))"
            _ = miner.learn(Array(line.utf8).span)
        }
        #expect(miner.linesWithoutDetail == 0)
        #expect(miner.shapes < 200)
        let signatures = miner.signatures().signatures
        #expect(signatures.map(\.template) == ["user <*> came from host <*> with key <*>"])
        #expect(signatures.map(\.lines) == [5_000])
    }

    @Test("match without learning")
    func matching() {
        let users = ["alice", "bob", "carol"]
        var miner = mined(users.map { "session opened for user \($0) by (uid=0)" } + ["disk full"])
        let set = miner.signatures()
        let known = miner.shape(of: Array("disk full".utf8).span)
        #expect(known.flatMap { set.index(of: $0) }.map { set.signatures[$0].template } == "disk full")
        let line = "session opened for user mallory by (uid=12)"
        let unseen = miner.shape(of: Array(line.utf8).span)
        #expect(unseen == nil)
        let match = set.index(matching: Array(line.utf8).span)
        #expect(match.map { set.signatures[$0].template } == "session opened for user <*> by (uid=<*>)")
        let none = set.index(matching: Array("disk empty".utf8).span)
        #expect(none == nil)
        #expect(miner.lines == 4)
    }

    @Test(
        "say what the values of a line are",
        arguments: [
            ("user <*> sent <*> bytes", "user  alice sent 12\tbytes", ["alice", "12"]),
            ("<*> of <*> of x", "a of b of c of x", ["a", "b of c"]),
            ("took <*>", "took  3 s ", ["3 s"]),
            ("<*>", "", [""]),
            ("done", "done", []),
            ("[<*>]<*>", "[a]] b", ["a", "] b"]),
            ("a <*> b", "a c d", nil),
            ("a", "ab", nil),
            ("a <*>", "b a 1", nil),
        ] as [(String, String, [String]?)])
    func values(_ template: String, _ line: String, _ expected: [String]?) {
        let signature = Signature(id: SignatureID(template: template.utf8), template: template, lines: 1, parts: [])
        let bytes = Array(line.utf8)
        #expect(signature.values(of: bytes.span)?.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
    }

    @Test("fit the template that they are given")
    func fitting() throws {
        for name in DatasetFolders.folders(in: "datasets") {
            let path = "datasets/\(name)/dataset.json"
            guard let descriptor = try LabelledLogDescriptor(json: RecordFile(reading: path)) else { continue }
            let folders = DatasetFolders(
                of: descriptor.name, descriptor: path, environment: DatasetFolders.processEnvironment)
            guard let labels = try? folders.path(of: descriptor.labels), RecordFile.exists(at: labels) else { continue }
            let messages = try CSVColumns.read([descriptor.columns.message], of: RecordFile(reading: labels))[0]
            var miner = mined(messages)
            let set = miner.signatures()
            for message in messages {
                let bytes = Array(message.utf8)
                let shape = miner.learn(bytes.span)
                let signature = try #require(set.index(of: shape).map { set.signatures[$0] })
                #expect(signature.values(of: bytes.span) != nil, "\(signature.template): \(message)")
            }
        }
    }

    @Test("replay what people decided")
    func decisions() throws {
        let miner = mined(["cache warm", "cache hot", "user alice left", "user bob left", "other thing"])
        let before = miner.signatures().signatures
        func signature(_ template: String) throws -> Signature {
            try #require(before.first { $0.template == template })
        }
        let warm = try signature("cache warm")
        let user = try signature("user <*> left")
        let unknown = SignatureDecision.split(SignatureID(template: "nothing".utf8))
        let after = miner.signatures(
            decisions: [.merge([warm.id, try signature("cache hot").id]), .split(user.id), unknown])
        #expect(after.openDecisions == [unknown])
        #expect(
            after.signatures.map(\.template).sorted()
                == ["cache <*>", "other thing", "user alice left", "user bob left"])
        #expect(after.signatures.first { $0.template == "cache <*>" }?.id == warm.id)
        #expect(after.signatures.reduce(0) { $0 + $1.lines } == 5)
    }

    /// Lines of a few kinds, with values of every sort.
    private func sample(_ random: inout Generator, count: Int) -> [String] {
        (0..<count).map { _ in
            let number = Int(random.next() % 10_000)
            switch random.next() % 6 {
            case 0: return "user \(word(number % 40)) logged in from 10.0.\(number % 256).1"
            case 1: return "job job_\(number)_7 finished in \(number) ms"
            case 2: return "state of node n\(number % 9) is \(["up", "down"][number % 2])"
            case 3: return "open \(word(number % 15)).example.org:80 failed, \(number) bytes lost"
            case 4: return "name=\(word(number % 3)) size=\(number)KB kind=\(word(number % 5))"
            default: return "tick"
            }
        }
    }

    /// A word of letters alone, a different one for each number.
    private func word(_ number: Int) -> String {
        var rest = number
        var letters = "q"
        repeat {
            letters.append(Character(Unicode.Scalar(UInt8(97 + rest % 26))))
            rest /= 26
        } while rest > 0
        return letters
    }
}

/// SplitMix64.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
