import Features
import LinearAlgebra
import Records
import Statistics
import Testing

struct FeatureLevelTests {
    private let context: TicketContext
    private let schema: FeatureSchema

    init() throws {
        var state = DeskState()
        context = TicketContext(replaying: FeatureSchemaTests.table, from: &state)
        var generator = SplitMix64(seed: 1)
        schema = try FeatureSchema(fitting: FeatureSchemaTests.table, context: context, using: &generator)
    }

    @Test func `levels that become frequent get columns at the end`() throws {
        var table = FeatureSchemaTests.table
        table.categorical[0] = CategoricalColumn(
            name: "customer", values: (0..<12).map { ["eve", "ada", "max", "bob"][$0 % 4] })
        var grown = schema
        grown.learnLevels(of: table, rows: 0..<8)
        #expect(grown.blockOfColumn == schema.blockOfColumn, "two tickets are too few")
        grown.learnLevels(of: table, rows: 0..<12)
        #expect(grown.columnCount == schema.columnCount + 2)
        #expect(Array(grown.blockOfColumn.prefix(schema.columnCount)) == schema.blockOfColumn)
        #expect(grown.blocks == schema.blocks)
        let old = schema.encode(FeatureSchemaTests.table, rows: 0..<12, context: context)
        let new = grown.encode(FeatureSchemaTests.table, rows: 0..<12, context: context)
        let coefficients = (0..<schema.columnCount).map { Double($0) + 0.5 }
        #expect(new * (coefficients + [0, 0]) == old * coefficients)
        // "eve" stands in rows 3 and 11; names of one frequency come in the order of the alphabet.
        #expect(
            new * ([Double](repeating: 0, count: schema.columnCount) + [1, 0])
                == (0..<12).map { $0 == 3 || $0 == 11 ? 1 : 0 })
        #expect(grown.missing(in: FeatureSchemaTests.table, row: 3).isEmpty)
        var again = grown
        again.learnLevels(of: table, rows: 0..<12)
        #expect(again.columnCount == grown.columnCount)
    }

    @Test func `beyond the largest number of level columns the rarest levels go without`() throws {
        let levels = FeatureSchema.largestLevelCount + 20
        // Level k stands in three tickets, the last twenty in four.
        let words = (0..<levels).flatMap { level in
            [String](repeating: "level \(level)", count: level < levels - 20 ? 3 : 4)
        }
        let table = TicketTable(
            ids: words.indices.map { "\($0)" }, openedAt: words.indices.map { Double($0) },
            hours: words.map { _ in 1 }, resolved: words.map { _ in true },
            categorical: [CategoricalColumn(name: "category", values: words)])
        var generator = SplitMix64(seed: 1)
        let schema = try FeatureSchema(fitting: table, context: TicketContext(desk: []), using: &generator)
        #expect(schema.columnCount == 11 + FeatureSchema.largestLevelCount)
        #expect(schema.missing(in: table, row: words.count - 1).isEmpty)
        let without = words.indices.filter { !schema.missing(in: table, row: $0).isEmpty }
        #expect(without.count == 20 * 3)
    }

    /// Tickets of pairs of group and category, as often as is said.
    private func desk(_ pairs: [(group: String, category: String, count: Int)]) -> TicketTable {
        let rows = pairs.flatMap { [(String, String)](repeating: ($0.group, $0.category), count: $0.count) }
        return TicketTable(
            ids: rows.indices.map { "\($0)" }, openedAt: rows.indices.map { Double($0) },
            hours: rows.map { _ in 1 }, resolved: rows.map { _ in true },
            categorical: [
                CategoricalColumn(name: "group", values: rows.map(\.0)),
                CategoricalColumn(name: "category", values: rows.map(\.1)),
            ])
    }

    private func schema(of table: TicketTable) throws -> FeatureSchema {
        var generator = SplitMix64(seed: 1)
        return try FeatureSchema(fitting: table, context: TicketContext(desk: []), using: &generator)
    }

    @Test func `a pair of levels has a column where it tells more than each of them`() throws {
        // "vpn" comes to the group "net" alone, and the group "disk" has but one category: both pairs tell nothing new.
        let table = desk([
            ("net", "vpn", 5), ("net", "slow", 4), ("pc", "slow", 3), ("pc", "new", 2), ("disk", "new", 4),
        ])
        let schema = try schema(of: table)
        #expect(schema.blocks.map(\.name) == ["calendar", "group", "category", "group and category"])
        let pairs = schema.blockOfColumn.indices.filter { schema.blockOfColumn[$0] == 3 }
        #expect(pairs.count == 2, "the pair of two tickets is too rare")
        let matrix = schema.encode(table, rows: 0..<table.count, context: TicketContext(desk: []))
        func tickets(_ column: Int) -> [Int] {
            let weights = schema.blockOfColumn.indices.map { $0 == column ? 1.0 : 0 }
            return (0..<table.count).filter { matrix.rowProduct($0, weights) == 1 }
        }
        #expect(pairs.map(tickets) == [[5, 6, 7, 8], [9, 10, 11]])
        #expect(schema.sourceColumns.words == ["group", "category"])
    }

    @Test func `a ticket without one of a pair has no pair, and only what is asked for is missing`() throws {
        let table = desk([("net", "vpn", 3), ("net", "slow", 4), ("pc", "slow", 3), ("pc", "vpn", 3)])
        let schema = try schema(of: table)
        #expect(schema.columnCount == 11 + 2 + 2 + 4)
        let odd = desk([("net", "", 1), ("", "vpn", 1), ("net", "odd", 1), ("net", "vpn", 1)])
        #expect(
            (0..<4).map { schema.missing(in: odd, row: $0) } == [
                ["category: missing"], ["group: missing"], ["category: unknown level"], [],
            ])
        let ofPairs = schema.blockOfColumn.map { $0 == 3 ? 1.0 : 0 }
        let matrix = schema.encode(odd, rows: 0..<4, context: TicketContext(desk: []))
        #expect(matrix * ofPairs == [0, 0, 0, 1])
        var alone = odd
        alone.categorical.removeFirst()
        let without = schema.encode(alone, rows: 0..<4, context: TicketContext(desk: []))
        #expect(without * ofPairs == [0, 0, 0, 0])
    }

    @Test func `beyond the largest number of pairs the rarest go without, whatever single levels there are`() throws {
        let side = 20
        let table = desk(
            (0..<side * side).map { ("group \($0 / side)", "category \($0 % side)", $0 < 10 ? 4 : 3) })
        let schema = try schema(of: table)
        #expect(schema.columnCount == 11 + 2 * side + FeatureSchema.largestPairCount)
        let frequent = schema.encode(table, rows: 0..<40, context: TicketContext(desk: []))
        #expect(frequent * schema.blockOfColumn.map { $0 == 3 ? 1.0 : 0 } == [Double](repeating: 1, count: 40))
    }
}
