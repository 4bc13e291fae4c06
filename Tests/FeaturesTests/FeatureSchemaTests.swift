import Features
import Glibc
import LinearAlgebra
import Records
import Statistics
import Testing

struct FeatureSchemaTests {
    /// Twelve tickets an hour apart from Monday, 5 January 1970, 00:00 UTC on.
    static let table = TicketTable(
        ids: (0..<12).map { "\($0)" }, openedAt: (0..<12).map { 4 * 86_400 + 3_600 * Double($0) },
        hours: (0..<12).map { 1 + Double($0) }, resolved: [Bool](repeating: true, count: 12),
        categorical: [
            CategoricalColumn(
                name: "customer",
                values: ["ada", "bob", "ada", "eve", "ada", "bob", "ada", "", "bob", "ada", "bob", "eve"]),
            CategoricalColumn(name: "priority", values: (0..<12).map { $0 % 3 == 0 ? "high" : "low" }),
        ],
        numeric: [
            NumericColumn(name: "reopened", values: [0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, .nan]),
            NumericColumn(name: "constant", values: [Double](repeating: 7, count: 12)),
            NumericColumn(name: "bytes", values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e6]),
        ],
        text: [
            TextColumn(
                name: "subject",
                values: (0..<12).map {
                    ($0 == 5 ? "" : $0 % 2 == 0 ? "printer paper jam" : "vpn login timeout") as RedactedText
                })
        ])

    private let context: TicketContext
    private let schema: FeatureSchema

    init() throws {
        var state = DeskState()
        context = TicketContext(
            replaying: Self.table, from: &state,
            observations: [
                SignatureObservation(time: 0, customer: "ada", signature: "x", severityNumber: 17),
                SignatureObservation(time: 4 * 86_400 + 10_000, customer: "ada", signature: "y", severityNumber: 13),
            ])
        var generator = SplitMix64(seed: 1)
        schema = try FeatureSchema(fitting: Self.table, context: context, using: &generator)
    }

    private func columns(_ block: String, of schema: FeatureSchema) throws -> [Int] {
        let position = try #require(schema.blocks.firstIndex { $0.name == block })
        return schema.blockOfColumn.indices.filter { schema.blockOfColumn[$0] == position }
    }

    private func values(_ block: String, of matrix: SparseMatrix, row: Int) throws -> [Double] {
        try columns(block, of: schema).map { column in
            matrix.rowProduct(row, (0..<matrix.columns).map { $0 == column ? 1 : 0 })
        }
    }

    @Test func `each source is a block of columns`() throws {
        #expect(
            schema.blocks.map(\.name) == [
                "calendar", "desk state", "log signatures", "reopened", "constant", "bytes", "subject", "customer",
                "priority",
            ])
        #expect(
            schema.blocks.map(\.kind) == [
                .calendar, .desk, .signatures, .number, .number, .number, .text, .levels, .levels,
            ])
        #expect(try columns("calendar", of: schema).count == 11)
        #expect(try columns("desk state", of: schema).count == DeskState.featureNames.count)
        #expect(try columns("log signatures", of: schema).count == SignatureHistory.featureNames.count)
        // "eve" has two tickets only.
        #expect(try columns("customer", of: schema).count == 2)
        #expect(schema.columnCount == schema.blockOfColumn.count)
        #expect(schema.sourceColumns.words == ["customer", "priority"])
        #expect(schema.sourceColumns.numbers == ["reopened", "constant", "bytes"])
        #expect(schema.sourceColumns.texts == ["subject"])
    }

    @Test func `encoded numbers by hand`() throws {
        let matrix = schema.encode(Self.table, rows: 0..<12, context: context)
        #expect(matrix.rows == 12 && matrix.columns == schema.columnCount)
        // Eleven known values: six 0, five 2.
        let (mean, spread) = (10 / 11.0, (4 * 5 / 11.0 * 6 / 11).squareRoot())
        let first = try values("reopened", of: matrix, row: 0)
        #expect(abs(first[0] + mean / spread) < 1e-12 && first[1] == 0)
        #expect(try values("reopened", of: matrix, row: 11) == [0, 1])
        #expect(try values("constant", of: matrix, row: 3) == [0, 0])
        // A wide spread is taken as a logarithm: one of twelve lies (1 − 1/12) / √(1/12 · 11/12) from the mean.
        let bytes = try values("bytes", of: matrix, row: 11)
        #expect(abs(bytes[0] - 11.0.squareRoot()) < 1e-9)
        let ada = try values("customer", of: matrix, row: 0)
        let bob = try values("customer", of: matrix, row: 1)
        #expect(ada == [1, 0] && bob == [0, 1])
        #expect(try values("customer", of: matrix, row: 3) == [0, 0])
        #expect(try values("customer", of: matrix, row: 7) == [0, 0])
        let (empty, full) = try (values("subject", of: matrix, row: 5), values("subject", of: matrix, row: 4))
        #expect(empty.allSatisfy { $0 == 0 } && full.contains { $0 != 0 })
    }

    @Test func `the calendar by hand`() throws {
        let matrix = schema.encode(Self.table, rows: [0, 6], context: context)
        let midnight = try values("calendar", of: matrix, row: 0)
        let six = try values("calendar", of: matrix, row: 1)
        #expect(midnight == [0, 1, 0, 1] + [1, 0, 0, 0, 0, 0, 0])
        #expect(zip(six, [1, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
        var table = Self.table
        table.openedAt[0] = -1
        table.openedAt[1] = 1_775_001_600
        table.openedAt[2] = 1e300
        let other = schema.encode(table, rows: 0..<3, context: context)
        // A second before 1970 is a Wednesday; 1 April 2026 as well.
        let (before, after) = try (values("calendar", of: other, row: 0), values("calendar", of: other, row: 1))
        #expect(before.suffix(7) == [0, 0, 1, 0, 0, 0, 0] && after.suffix(7) == [0, 0, 1, 0, 0, 0, 0])
        let far = try values("calendar", of: other, row: 2)
        #expect(far.allSatisfy { $0.isFinite })
    }

    @Test func `numbers are bounded`() throws {
        var table = Self.table
        table.numeric[0].values[0] = 1e12
        table.numeric[0].values[1] = -1e12
        table.numeric[0].values[2] = .infinity
        let matrix = schema.encode(table, rows: 0..<3, context: context)
        #expect(try values("reopened", of: matrix, row: 0) == [4, 0])
        #expect(try values("reopened", of: matrix, row: 1) == [-4, 0])
        #expect(try values("reopened", of: matrix, row: 2) == [0, 1])
    }

    @Test func `rows are encoded alone as they are together`() {
        let matrix = schema.encode(Self.table, rows: 0..<12, context: context)
        let alone = (0..<12).map { schema.encode(Self.table, rows: CollectionOfOne($0), context: context) }
        #expect(SparseMatrix(joining: alone, columns: schema.columnCount) == matrix)
    }

    @Test func `the shares of the blocks add up to the linear predictor`() {
        let matrix = schema.encode(Self.table, rows: 0..<12, context: context)
        let coefficients = (0..<schema.columnCount).map { Double($0 % 5) - 2 }
        for row in 0..<12 {
            let own = schema.encode(Self.table, rows: CollectionOfOne(row), context: context)
            var sums = [Double](repeating: 0, count: schema.blocks.count)
            own.columnIndices.withUnsafeBufferPointer { indices in
                own.values.withUnsafeBufferPointer { values in
                    [SIMD8<Double>(1, 0, 0, 0, 0, 0, 0, 0)].withUnsafeBufferPointer { weights in
                        LaneCoefficients([coefficients], columns: matrix.columns).addShares(
                            indices: indices, values: values, weights: weights,
                            groupOfColumn: schema.blockOfColumn, to: &sums)
                    }
                }
            }
            #expect(sums.count == schema.blocks.count)
            #expect(abs(sums.reduce(0, +) - matrix.rowProduct(row, coefficients)) < 1e-12)
        }
    }

    @Test func `nothing is missing where all is known`() {
        #expect(schema.missing(in: Self.table, row: 0).isEmpty)
        #expect(schema.missing(in: Self.table, row: 3) == ["customer: unknown level"])
        #expect(schema.missing(in: Self.table, row: 5) == ["subject: missing"])
        #expect(schema.missing(in: Self.table, row: 7) == ["customer: missing"])
        #expect(schema.missing(in: Self.table, row: 11) == ["reopened: missing", "customer: unknown level"])
    }

    @Test func `tickets without columns, values and time are encoded and all that is missing is named`() throws {
        let bare = TicketTable(ids: ["1"], openedAt: [.nan], hours: [.nan], resolved: [false])
        let matrix = schema.encode(bare, rows: [0], context: TicketContext(desk: []))
        #expect(matrix.rows == 1)
        // Three indicators of missing numbers, and nothing else.
        #expect(matrix.values == [1, 1, 1])
        #expect(
            schema.missing(in: bare, row: 0) == [
                "reopened: missing", "constant: missing", "bytes: missing", "subject: missing", "customer: missing",
                "priority: missing",
            ])
        let strange = TicketTable(
            ids: ["1"], openedAt: [0], hours: [.nan], resolved: [false],
            categorical: [
                CategoricalColumn(name: "priority", values: ["unheard"]), CategoricalColumn(name: "new", values: ["x"]),
            ],
            numeric: [NumericColumn(name: "unknown", values: [3])],
            text: [TextColumn(name: "subject", values: ["never met"])])
        #expect(
            schema.missing(in: strange, row: 0) == [
                "reopened: missing", "constant: missing", "bytes: missing", "customer: missing",
                "priority: unknown level",
            ])
        #expect(schema.encode(strange, rows: [0], context: TicketContext(desk: [])).values.allSatisfy { $0.isFinite })
    }

    @Test func `an empty table gives the calendar alone`() throws {
        var generator = SplitMix64(seed: 1)
        let empty = try FeatureSchema(fitting: TicketTable(), context: TicketContext(desk: []), using: &generator)
        #expect(empty.blocks.map(\.name) == ["calendar"])
        #expect(empty.encode(Self.table, rows: 0..<12, context: context).columns == 11)
    }
}
