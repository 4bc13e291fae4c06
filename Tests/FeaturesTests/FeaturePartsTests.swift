import Features
import Records
import Statistics
import Testing

/// The parts of a schema that a ticket has or lacks.
struct FeaturePartsTests {
    private let schema: FeatureSchema

    init() throws {
        let table = FeatureSchemaTests.table
        var state = DeskState()
        let context = TicketContext(
            replaying: table, from: &state,
            observations: [SignatureObservation(time: 0, customer: "ada", signature: "x", severityNumber: 17)])
        var generator = SplitMix64(seed: 1)
        schema = try FeatureSchema(fitting: table, context: context, using: &generator)
    }

    /// The names of the blocks of the parts that a ticket lacks.
    private func missing(_ table: TicketTable, signatures: Bool = true) -> [String] {
        let width = SignatureHistory.featureNames.count
        let context = TicketContext(
            desk: [[Double](repeating: 0, count: DeskState.featureNames.count)],
            signatures: signatures ? [[Double](repeating: 0, count: width)] : [])
        return TableFeatures(schema, of: table, rows: [0]).missingParts(at: 0, context: context)
            .map { schema.blocks[schema.block(ofPart: $0)].name }
    }

    @Test func `each column belongs to a part of its block`() {
        #expect(schema.partOfColumn.count == schema.columnCount)
        #expect(schema.partOfColumn.allSatisfy { (0..<schema.partCount).contains($0) })
        #expect(schema.partOfColumn.map { schema.block(ofPart: $0) } == schema.blockOfColumn)
        // What the state of the desk tells of one member is a part of its own.
        #expect(Set(schema.partOfColumn).count == Set(schema.blockOfColumn).count + 3)
    }

    @Test func `a ticket lacks what it does not say and what follows from that`() {
        let table = FeatureSchemaTests.table
        #expect(missing(table.rows([0])).isEmpty)
        // The eighth ticket names no customer, the last but six has no subject, the last has no number of reopenings.
        #expect(missing(table.rows([7])) == ["customer", "desk state"])
        #expect(missing(table.rows([5])) == ["subject"])
        #expect(missing(table.rows([11])) == ["reopened"])
        #expect(missing(table.rows([0]), signatures: false) == ["log signatures"])
    }

    @Test func `a level that was never met is not missing`() {
        var table = FeatureSchemaTests.table.rows([0])
        table.categorical[0] = CategoricalColumn(name: "customer", values: ["nobody"])
        #expect(missing(table).isEmpty)
        table.categorical.remove(at: 1)
        #expect(missing(table) == ["priority"])
    }
}
