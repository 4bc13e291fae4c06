internal import Records

/// The columns of a schema in a table, found by their names.
struct SchemaLookup: Sendable {
    struct Number: Sendable {
        var values: [Double]?
        var isMissing: String
    }

    /// How a number is encoded.
    struct NumberCode: Sendable {
        var scale: Standardization
        var column: Int
    }

    struct Text: Sendable {
        var values: [RedactedText]?
        var encoding: TextEncoding
        var column: Int
        var isMissing: String
    }

    struct Words: Sendable {
        var codes: [Int32]
        private var names: [String]
        private var columns: [String: Int]
        /// The column of each code, or a negative number; empty where there are fewer tickets than levels.
        private var table: [Int32]

        init(_ column: CategoricalColumn, columns: [String: Int], isWorthATable: Bool) {
            codes = column.codes
            names = column.levels
            self.columns = columns
            table = isWorthATable ? column.levels.map { Int32(columns[$0] ?? -1) } : []
        }

        /// The schema's column of a level, or nil for a level that it never met.
        @inline(__always)
        func column(of code: Int) -> Int32? {
            if table.isEmpty { return columns[names[code]].map { Int32($0) } }
            return table[code] < 0 ? nil : table[code]
        }
    }

    let columnCount: Int
    let openedAt: [Double]
    let calendarColumn: Int
    let desk: FeatureSchema.Dense?
    let signatures: FeatureSchema.Dense?
    let numbers: [Number]
    let codes: [NumberCode]
    let texts: [Text]
    /// nil where the table has no such column.
    let words: [Words?]
    /// What is said of a ticket without a word, or with one that the schema never met.
    let wordNotes: [(isMissing: String, isUnknown: String)]

    /// Finds the columns.
    ///
    /// - Parameter rowCount: The number of tickets whose levels will be looked up.
    init(_ schema: FeatureSchema, table: TicketTable, rowCount: Int) {
        columnCount = schema.columnCount
        openedAt = table.openedAt
        calendarColumn = schema.calendarColumn
        desk = schema.desk
        signatures = schema.signatures
        // Of two columns of one name the first counts.
        let numeric = Dictionary(table.numeric.map { ($0.name, $0.values) }) { first, _ in first }
        numbers = schema.numbers.map { Number(values: numeric[$0.name], isMissing: "\($0.name): missing") }
        codes = schema.numbers.map { NumberCode(scale: $0.scale, column: $0.column) }
        let text = Dictionary(table.text.map { ($0.name, $0.values) }) { first, _ in first }
        texts = schema.texts.map {
            Text(
                values: text[$0.encoding.name], encoding: $0.encoding, column: $0.column,
                isMissing: "\($0.encoding.name): missing")
        }
        let categorical = Dictionary(table.categorical.map { ($0.name, $0) }) { first, _ in first }
        words = schema.levels.map { known in
            categorical[known.name].map {
                Words($0, columns: known.columns, isWorthATable: rowCount > $0.levels.count)
            }
        }
        wordNotes = schema.levels.map { ("\($0.name): missing", "\($0.name): unknown level") }
    }
}
