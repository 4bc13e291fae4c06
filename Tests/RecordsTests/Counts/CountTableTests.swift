import Records
import Statistics
import Testing

struct CountTableTests {
    private static let names = [CountTable.Name(id: "s0", template: "a <*>"), CountTable.Name(id: "s1", template: "b")]

    private func table(
        _ cells: [(Int32, Int32, Int32, UInt32)], accounts: [String] = ["x", "y"], signatures: [CountTable.Name] = names
    ) throws -> CountTable {
        try #require(
            CountTable(
                signatures: signatures, accounts: accounts, deployments: ["d"], versions: ["1.0"],
                environments: ["test"],
                scopes: [
                    CountTable.Scope(account: 0, deployment: 0, version: 0, environment: 0),
                    CountTable.Scope(account: 1),
                ],
                cells: cells.map { CountTable.Cell(signature: $0.0, hour: $0.1, scope: $0.2, count: $0.3) }))
    }

    @Test func `cells are in order, and equal ones are added up`() throws {
        let table = try table([(1, 5, 0, 2), (0, 9, 1, 1), (1, 5, 0, 3), (-1, 7, 0, 40), (0, 3, 1, 0)])
        #expect(table.cells.map(\.count) == [40, 1, 5])
        #expect(table.cells(of: 1).map(\.hour) == [5])
        #expect(table.cells(of: -1).count == 1)
        #expect(table.hours == 5...9)
        #expect(CountTable().hours == nil)
    }

    @Test func `an index without a name is refused`() {
        func holds(_ scope: CountTable.Scope, _ cell: CountTable.Cell) -> Bool {
            CountTable(
                signatures: Self.names, accounts: ["x"], deployments: [], versions: [], environments: [],
                scopes: [scope],
                cells: [cell]) != nil
        }
        let cell = CountTable.Cell(signature: 0, hour: 0, scope: 0, count: 1)
        #expect(holds(CountTable.Scope(account: 0), cell))
        #expect(!holds(CountTable.Scope(account: 1), cell))
        #expect(!holds(CountTable.Scope(version: 0), cell))
        #expect(!holds(CountTable.Scope(service: 0), cell))
        #expect(!holds(CountTable.Scope(), CountTable.Cell(signature: 2, hour: 0, scope: 0, count: 1)))
        #expect(!holds(CountTable.Scope(), CountTable.Cell(signature: 0, hour: 0, scope: 1, count: 1)))
        #expect(!holds(CountTable.Scope(), CountTable.Cell(signature: 0, hour: 0, scope: -1, count: 1)))
    }

    @Test func `what was counted in parts is what was counted at once, whatever the names' numbers`() throws {
        let one = try table([(0, 1, 0, 2), (1, 2, 1, 5)])
        let other = try table(
            [(0, 2, 0, 7), (1, 1, 1, 1), (-1, 1, 0, 9)], accounts: ["y", "z"],
            signatures: [Self.names[1], CountTable.Name(id: "s2", template: "c")])
        var merged = one
        merged.merge(other)
        #expect(merged.accounts == ["x", "y", "z"])
        #expect(merged.signatures.map(\.id) == ["s0", "s1", "s2"])
        func lines(_ table: CountTable, _ id: String) -> [String: UInt32] {
            var lines: [String: UInt32] = [:]
            guard let index = table.signatures.firstIndex(where: { $0.id == id }) else { return [:] }
            for cell in table.cells(of: Int32(index)) {
                lines["\(table.accounts[Int(table.scopes[Int(cell.scope)].account)]) \(cell.hour)", default: 0] +=
                    cell.count
            }
            return lines
        }
        #expect(lines(merged, "s0") == ["x 1": 2])
        #expect(lines(merged, "s1") == ["y 2": 12])
        #expect(lines(merged, "s2") == ["z 1": 1])
        var twice = one
        twice.merge(one)
        #expect(twice.cells.map(\.count) == one.cells.map { 2 * $0.count })
        #expect(twice.scopes == one.scopes)
    }

    @Test func `a file gives back the table`() throws {
        let table = try table([(0, 490_992, 0, 2), (0, 490_991, 1, 300), (1, -5, 0, 70_000), (-1, 490_990, 1, 1)])
        let read = try CountTable(file: RecordFile(path: "t.counts", bytes: table.fileBytes))
        #expect(read == table)
        var told = table
        told.hasExposures = true
        #expect(try CountTable(file: RecordFile(path: "t.counts", bytes: told.fileBytes)) == told && told != table)
        #expect(try CountTable(file: RecordFile(path: "e", bytes: CountTable().fileBytes)) == CountTable())
    }

    @Test func `services are kept, and a file without them is added to one with them`() throws {
        func table(_ services: [String], _ scopes: [CountTable.Scope]) throws -> CountTable {
            try #require(
                CountTable(
                    signatures: Self.names, accounts: ["x"], deployments: [], versions: ["1.0"], environments: [],
                    services: services, scopes: scopes,
                    cells: scopes.indices.map { CountTable.Cell(signature: 0, hour: 1, scope: Int32($0), count: 3) }))
        }
        let named = try table(
            ["mailer", "shop"],
            [
                CountTable.Scope(version: 0, service: 1), CountTable.Scope(version: 0, service: 0),
                CountTable.Scope(account: 0),
            ])
        let old = try table([], [CountTable.Scope(version: 0), CountTable.Scope(account: 0)])
        var all = try CountTable(file: RecordFile(path: "old", bytes: old.fileBytes))
        #expect(all == old)
        let read = try CountTable(file: RecordFile(path: "named", bytes: named.fileBytes))
        #expect(read == named)
        all.merge(read)
        #expect(all.services == ["mailer", "shop"])
        let lines = all.cells.map { (all.scopes[Int($0.scope)], $0.count) }
        #expect(lines.map(\.0.service) == [-1, -1, 1, 0] && lines.map(\.1) == [3, 6, 3, 3])
    }

    @Test func `a file that is none, damaged or cut off is told, at any byte`() throws {
        let bytes = try table([(0, 1, 0, 2), (1, 2, 1, 5)]).fileBytes
        #expect(throws: RecordError.self) {
            try CountTable(file: RecordFile(path: "t", bytes: Array("no counts at all, but long enough for it".utf8)))
        }
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 0x41
            #expect(throws: RecordError.self) { try CountTable(file: RecordFile(path: "t", bytes: damaged)) }
        }
        for count in 0..<bytes.count {
            #expect(throws: RecordError.self) {
                try CountTable(file: RecordFile(path: "t", bytes: Array(bytes[..<count])))
            }
        }
    }

    @Test func `what was taken in by minute and severity is counted by hour, failing or ordinary`() throws {
        var generator = SystemRandomNumberGenerator()
        let redactor = Redactor(keyedBy: &generator)
        func scope(_ members: (String, String)...) -> RedactedText {
            redactor.object(members.map { (key: $0.0, value: RawText($0.1)) })
        }
        func event(_ minute: Int32, _ shape: Int32, _ scope: Int32, _ severity: UInt8, _ records: Int64) -> EventCount {
            EventCount(
                key: EventCount.Key(minute: minute, shape: shape, scope: scope, severity: severity), records: records)
        }
        let table = CountTable(
            events: [
                event(60, 0, 0, 17, 2), event(119, 1, 0, 13, 3), event(120, 0, 1, 0, 1), event(61, 0, 0, 9, 40),
                event(-1, 0, -1, 17, 1),
                event(60, 7, 0, 17, 9), event(60, 2, 0, 17, 5),
            ],
            scopes: [
                scope(
                    ("tenant", "north"), ("deployment", "cell"), ("service.version", "1.2"),
                    ("deployment.environment", "test")),
                scope(("service.name", "api")),
            ], signatures: [CountTable.Name(id: "s", template: "a <*>")], signatureOfShape: [0, 0, -1])
        #expect(
            table.accounts == ["north"] && table.deployments == ["cell"] && table.versions == ["1.2"]
                && table.environments == ["test"] && table.services == ["api"])
        #expect(table.scopes.map(\.service) == [-1, 0, -1])
        // Two shapes are one signature; what has no shape that is known, or none that is a signature, is not counted.
        #expect(
            table.cells.map { "\($0.signature) \($0.hour) \($0.scope) \($0.count)" } == [
                "-1 1 0 40", "0 -1 2 1", "0 1 0 5", "0 2 1 1",
            ])
    }

    @Test func `snoozed signatures are read, and what is wrong is told with its line`() throws {
        func read(_ text: String) throws -> [SnoozedSignature] {
            try SnoozedSignature.read(RecordFile(path: "snooze.csv", bytes: Array(text.utf8)))
        }
        #expect(try read("signature,untilLinesPerDay\ns1,50\n").map(\.limit) == [.linesPerDay(50)])
        let factor = "signature,untilFactor,snoozedAt,untilLinesPerDay\n"
        #expect(
            try read("\(factor)s1,3,2026-01-05T00:00:00Z,\ns2,,,7\n").map(\.limit) == [
                .factor(3, since: Instant(seconds: 1_767_571_200)), .linesPerDay(7),
            ])
        for (row, field) in [("s1,3,,", "snoozedAt"), ("s1,-1,2026-01-05T00:00:00Z,", "untilFactor")] {
            let error = try #require(throws: RecordError.self) { try read("\(factor)\(row)\n") }
            #expect("\(error)".contains(field))
        }
        for (row, field) in [("s1,", "untilLinesPerDay"), ("s1,-3", "untilLinesPerDay"), (",4", "signature")] {
            let error = try #require(throws: RecordError.self) { try read("signature,untilLinesPerDay\n\(row)\n") }
            #expect("\(error)".contains("snooze.csv") && "\(error)".contains(field) && "\(error)".contains("2"))
        }
    }

    private static let spreads: [(Int32, ClosedRange<Int32>, ClosedRange<Int32>)] = [
        (1, 0...3, 0...0), (40, -2_000...2_000, 0...500), (1_000_000, .min ... .max, 0 ... .max),
    ]

    @Test(arguments: spreads)
    func `many cells stand in order and are added up, however far apart they lie`(
        signatures: Int32, hours: ClosedRange<Int32>, scopes: ClosedRange<Int32>
    ) {
        var generator = SplitMix64(seed: 12)
        var cells = (0..<20_000).map { _ in
            CountTable.Cell(
                signature: Int32.random(in: -1..<signatures, using: &generator),
                hour: Int32.random(in: hours, using: &generator), scope: Int32.random(in: scopes, using: &generator),
                count: 1 + UInt32.random(in: 0..<3, using: &generator))
        }
        cells += cells.prefix(100)
        struct Place: Hashable, Comparable {
            var parts: [Int32]
            static func < (one: Place, other: Place) -> Bool { one.parts.lexicographicallyPrecedes(other.parts) }
        }
        var counts: [Place: UInt32] = [:]
        for cell in cells { counts[Place(parts: [cell.signature, cell.hour, cell.scope]), default: 0] += cell.count }
        let summed = CountTable.summed(cells)
        #expect(summed.map { Place(parts: [$0.signature, $0.hour, $0.scope]) } == counts.keys.sorted())
        #expect(summed.allSatisfy { counts[Place(parts: [$0.signature, $0.hour, $0.scope])] == $0.count })
    }
}
