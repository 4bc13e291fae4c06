import Records
import Testing

struct StrayLinesTests {
    private static let monday: Int32 = 490_992

    /// Ten lines in each of some hours, and other lines in others.
    private func table(_ hours: [Range<Int32>], others: [(hour: Int32, count: UInt32)] = []) throws -> CountTable {
        let usual = hours.flatMap { $0 }.map { (hour: $0, count: UInt32(10)) }
        return try #require(
            CountTable(
                signatures: [CountTable.Name(id: "s", template: "failure")], accounts: [], deployments: [],
                versions: [], environments: [], scopes: [CountTable.Scope()],
                cells: (usual + others).map {
                    CountTable.Cell(signature: 0, hour: Self.monday + $0.hour, scope: 0, count: $0.count)
                }))
    }

    private func strays(_ table: CountTable) -> Int { table.withoutStrays().lines }

    @Test func `a few lines of clocks that are far off are left out and counted, on either side`() throws {
        let jumped = try table(
            [0..<400], others: [(-Self.monday, 2), (100_000, 1), (-24 * 40, 1), (400 + 720, 3)])
        let (kept, lines) = jumped.withoutStrays()
        #expect(lines == 7)
        #expect(kept.hours == Self.monday...Self.monday + 399)
        let (again, none) = kept.withoutStrays()
        #expect(none == 0 && again == kept)
        #expect(CountTable().withoutStrays().lines == 0 && CountTable().likelyHours == nil)
    }

    @Test func `lines of 1970 are strays though they are one in two hundred`() throws {
        let table = try table([0..<672], others: (0..<3).map { (-Self.monday + $0, 11) })
        #expect(strays(table) == 33)
        #expect(table.likelyHours == Self.monday...Self.monday + 671)
    }

    @Test func `what was off for a week is on again after its first hours, and nothing before is lost`() throws {
        #expect(try strays(table([0..<400, 568..<570])) == 0)
        #expect(try strays(table([0..<3, 168..<600])) == 0)
        #expect(try strays(table([0..<300, 1_000..<1_300])) == 0)
        // A single line after as long a time may as well be of a wrong clock.
        #expect(try strays(table([0..<400], others: [(568, 1)])) == 1)
    }

    @Test func `in a log of few lines a pause is no silence`() throws {
        let hours: [Int32] = [0, 60, 130, 200, 290, 350, 405]
        #expect(try strays(table([], others: hours.map { ($0, 1) })) == 0)
        #expect(try strays(table([0..<1])) == 0)
    }

    @Test func `hours at the ends of what a number holds are far off too`() throws {
        let cells = [Int32.min, Int32.max].map { CountTable.Cell(signature: 0, hour: $0, scope: 0, count: 1) }
        var usual = try table([0..<400])
        let far = try #require(
            CountTable(
                signatures: usual.signatures, accounts: [], deployments: [], versions: [], environments: [],
                scopes: usual.scopes, cells: cells))
        usual.merge(far)
        #expect(strays(usual) == 2)
    }

    /// Ten lines an hour of each of some deployments, up to an hour, and some more of the first ones.
    private func places(_ count: Int, until end: Int32, _ more: [(hours: Range<Int32>, place: Int32)]) throws
        -> CountTable
    {
        var cells: [CountTable.Cell] = []
        func add(_ hours: Range<Int32>, _ place: Int32) {
            for hour in hours {
                cells.append(CountTable.Cell(signature: -1, hour: Self.monday + hour, scope: place, count: 10))
            }
        }
        let ends = Dictionary(more.map { ($0.place, $0.hours.lowerBound) }, uniquingKeysWith: min)
        for place in 0..<Int32(count) { add(0..<min(end, ends[place] ?? end), place) }
        for item in more { add(item.hours, item.place) }
        return try #require(
            CountTable(
                signatures: [], accounts: [], deployments: (0..<count).map { "d\($0)" }, versions: [],
                environments: [], scopes: (0..<count).map { CountTable.Scope(deployment: Int32($0)) }, cells: cells))
    }

    /// As ``places(_:until:_:)``, where the clocks of the first ones jump ahead in the last hours.
    private func jumped(_ count: Int, by jumps: [Int32], hoursBefore: Int32 = 6) throws -> CountTable {
        var table = try places(count, until: 700, [])
        var ahead: [CountTable.Cell] = []
        var kept: [CountTable.Cell] = []
        for cell in table.cells {
            if Int(cell.scope) < jumps.count, cell.hour >= Self.monday + 700 - hoursBefore {
                var cell = cell
                cell.hour += jumps[Int(cell.scope)]
                ahead.append(cell)
            } else {
                kept.append(cell)
            }
        }
        table = try #require(
            CountTable(
                signatures: [], accounts: [], deployments: table.deployments, versions: [], environments: [],
                scopes: table.scopes, cells: kept + ahead))
        return table
    }

    @Test func `lines of a place whose clock runs ahead at the end are left out and counted`() throws {
        for jumps in [[20], [3], [40], [20, 20], [20, 7]] as [[Int32]] {
            let (table, lines) = try jumped(12, by: jumps).withoutStrays()
            #expect(table.hours == Self.monday...Self.monday + 699)
            // The clock of the second one in the last case had jumped by one hour more than it ran before the end.
            let left = jumps.reduce(0) { $0 + 10 * Int(min(6, $1)) }
            #expect(lines == left)
        }
    }

    @Test func `a place that goes on alone runs not ahead`() throws {
        #expect(try strays(places(12, until: 700, [(0..<720, 0)])) == 0)
        // Nor one of two, nor half of four.
        #expect(try strays(jumped(2, by: [20])) == 0)
        #expect(try strays(jumped(4, by: [20, 20])) == 0)
    }

    @Test func `where all are silent at times, one comes after the others without its clock being wrong`() throws {
        var days: [(hours: Range<Int32>, place: Int32)] = []
        for place in 0..<Int32(12) {
            for day in 0..<Int32(29) { days.append((24 * day..<24 * day + 10, place)) }
        }
        days.append((24 * 29..<24 * 29 + 4, 0))
        let nights = try places(12, until: 0, days)
        #expect(strays(nights) == 0)
    }
}
