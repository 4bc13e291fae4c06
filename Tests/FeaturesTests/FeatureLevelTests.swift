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
}
