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
        /// The codes of what has no column of the schema.
        static let (missing, unknown) = (Int32(-1), Int32(-2))

        private let first: CategoricalColumn
        /// The other column of a pair.
        private let second: CategoricalColumn?
        private let columns: [String: Int]
        /// The schema's column of each code, or ``unknown``; empty where there are fewer tickets than levels, and for pairs.
        private let table: [Int32]

        init(_ first: CategoricalColumn, _ second: CategoricalColumn?, columns: [String: Int], isWorthATable: Bool) {
            self.first = first
            self.second = second
            self.columns = columns
            table = isWorthATable && second == nil ? first.levels.map { Int32(columns[$0] ?? Int(Self.unknown)) } : []
        }

        /// The schema's column of what a ticket says, ``missing`` where it says nothing, ``unknown`` where the schema never met it.
        @inline(__always)
        func column(at row: Int) -> Int32 {
            let code = Int(first.codes[row])
            if code < 0 { return Self.missing }
            guard let second else {
                if table.isEmpty { return columns[first.levels[code]].map { Int32($0) } ?? Self.unknown }
                return table[code]
            }
            let other = Int(second.codes[row])
            if other < 0 { return Self.missing }
            return columns[FeatureSchema.Levels.pair(first.levels[code], second.levels[other])].map { Int32($0) }
                ?? Self.unknown
        }
    }

    /// A part of the schema, and what of a ticket says whether it is there.
    struct Part: Sendable {
        enum Source: Sendable {
            /// The place among the numbers, the texts or the columns of words.
            case number(Int), text(Int), levels(Int)
            case signatures, group, assignee, customer
        }

        var number: Int
        var source: Source
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
    /// What is said of a ticket without a word, or with one that the schema never met; pairs, which come last, are not mentioned.
    let wordNotes: [(isMissing: String, isUnknown: String)]
    /// The parts that a ticket may lack, ascending.
    let parts: [Part]
    let memberships: Memberships

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
            guard let first = categorical[known.names[0]] else { return nil }
            var second: CategoricalColumn?
            if known.isPair {
                second = categorical[known.names[1]]
                if second == nil { return nil }
            }
            return Words(first, second, columns: known.columns, isWorthATable: rowCount > first.levels.count)
        }
        wordNotes = schema.levels.filter { !$0.isPair }.map {
            ("\($0.names[0]): missing", "\($0.names[0]): unknown level")
        }
        parts = Self.parts(of: schema)
        memberships = Memberships(table)
    }

    private static func parts(of schema: FeatureSchema) -> [Part] {
        var parts = schema.signatures.map { [Part(number: $0.block, source: .signatures)] } ?? []
        parts += schema.numbers.enumerated().map { Part(number: $1.block, source: .number($0)) }
        parts += schema.texts.enumerated().map { Part(number: $1.block, source: .text($0)) }
        parts += schema.levels.enumerated().map { Part(number: $1.block, source: .levels($0)) }
        if schema.desk != nil {
            let words = Set(schema.sourceColumns.words)
            let members: [(Set<String>, Part.Source)] = [
                (["group"], .group), (["assignee"], .assignee), (["customer", "organization"], .customer),
            ]
            for (member, (names, source)) in members.enumerated() where !words.isDisjoint(with: names) {
                parts.append(Part(number: schema.blocks.count + member, source: source))
            }
        }
        return parts.sorted { $0.number < $1.number }
    }
}
