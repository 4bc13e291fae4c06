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
}
