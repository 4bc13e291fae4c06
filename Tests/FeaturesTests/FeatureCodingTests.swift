import Features
import FoundationEssentials
import Records
import Statistics
import Testing

struct FeatureCodingTests {
    private let context: TicketContext
    private let schema: FeatureSchema

    init() throws {
        var state = DeskState()
        context = TicketContext(replaying: FeatureSchemaTests.table, from: &state)
        var generator = SplitMix64(seed: 1)
        schema = try FeatureSchema(fitting: FeatureSchemaTests.table, context: context, using: &generator)
    }

    @Test func `a schema encodes the same after a round trip through JSON`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(schema)
        var copy = try JSONDecoder().decode(FeatureSchema.self, from: data)
        // The projections of the texts are kept apart, among the weights.
        #expect(Set(schema.projections.keys) == ["subject"])
        copy.projections = schema.projections
        #expect(copy.blocks == schema.blocks && copy.blockOfColumn == schema.blockOfColumn)
        let matrix = schema.encode(FeatureSchemaTests.table, rows: 0..<12, context: context)
        #expect(copy.encode(FeatureSchemaTests.table, rows: 0..<12, context: context) == matrix)
        #expect(
            copy.missing(in: FeatureSchemaTests.table, row: 11) == schema.missing(in: FeatureSchemaTests.table, row: 11)
        )
        #expect(try encoder.encode(copy) == data)
    }

    @Test(arguments: [
        // A block that does not exist, a column too many or too few, two sources of one column.
        ("\"levelBlocks\":\"6 7\"", "\"levelBlocks\":\"6 99\""),
        ("\"levelCounts\":\"2 2\"", "\"levelCounts\":\"2 3\""), ("\"levelCounts\":\"2 2\"", "\"levelCounts\":\"-1 5\""),
        ("\"kinds\":\"calendar", "\"kinds\":\"almanac"), ("\"calendarColumn\":0", "\"calendarColumn\":1"),
        ("\"logarithmic\":\"0 0 1\"", "\"logarithmic\":\"0 0\""), ("\"textColumns\":[", "\"textColumns\":[0,"),
    ])
    func `a schema whose parts contradict each other is refused`(part: String, other: String) throws {
        var text = String(decoding: try JSONEncoder().encode(schema), as: UTF8.self)
        let range = try #require(text.firstRange(of: part), "\(text)")
        text.replaceSubrange(range, with: other)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(FeatureSchema.self, from: Data(text.utf8)) }
    }

    @Test func `pairs of columns are kept, and half a pair is refused`() throws {
        let words = (0..<12).map { "level \($0 % 2)" }
        var table = FeatureSchemaTests.table
        table.text = []
        table.categorical.append(CategoricalColumn(name: "group", values: words.sorted()))
        var generator = SplitMix64(seed: 1)
        let schema = try FeatureSchema(fitting: table, context: context, using: &generator)
        let data = try JSONEncoder().encode(schema)
        let copy = try JSONDecoder().decode(FeatureSchema.self, from: data)
        let matrix = copy.encode(table, rows: 0..<12, context: context)
        #expect(matrix == schema.encode(table, rows: 0..<12, context: context))
        #expect(copy.sourceColumns.words == schema.sourceColumns.words)
        var text = String(decoding: data, as: UTF8.self)
        let range = try #require(text.firstRange(of: "\"pairs\":\"group\\npriority\""), "\(text)")
        text.replaceSubrange(range, with: "\"pairs\":\"group\"")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(FeatureSchema.self, from: Data(text.utf8)) }
    }

    @Test func `projections of another length or name are not taken`() {
        var copy = schema
        copy.projections = ["subject": [1], "body": [2]]
        #expect(copy.projections == schema.projections)
    }

    @Test func `a text encoding with terms outside its vocabulary is refused`() throws {
        let text = #"{"name":"subject","dimensions":1,"vocabulary":{"printer":3},"inverseDocumentFrequencies":[1]}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(TextEncoding.self, from: Data(text.utf8)) }
    }
}
