public import LinearAlgebra
public import Records

/// Tickets of a table seen through a schema: columns and levels are found by their names once, not once a ticket.
public struct TableFeatures: Sendable {
    let lookup: SchemaLookup
    let rows: [Int]
    /// The numbers of all tickets, column after column; NaN where missing.
    let numbers: [Double]
    /// The schema's columns of the levels of all tickets, column after column.
    let levels: [Int32]

    /// Finds the schema's columns in a table.
    ///
    /// - Parameters:
    ///   - schema: The schema.
    ///   - table: The tickets; columns that the schema does not know are ignored, columns that are absent are missing.
    ///   - rows: The rows that are wanted, in order.
    public init(_ schema: FeatureSchema, of table: TicketTable, rows: [Int]) {
        self.init(SchemaLookup(schema, table: table, rowCount: rows.count), rows: rows)
    }

    init(_ lookup: SchemaLookup, rows: [Int]) {
        self.lookup = lookup
        self.rows = rows
        var numbers: [Double] = []
        numbers.reserveCapacity(lookup.numbers.count * rows.count)
        for column in lookup.numbers {
            if let values = column.values {
                for row in rows { numbers.append(values[row]) }
            } else {
                numbers.append(contentsOf: repeatElement(.nan, count: rows.count))
            }
        }
        self.numbers = numbers
        var levels: [Int32] = []
        levels.reserveCapacity(lookup.words.count * rows.count)
        for words in lookup.words {
            guard let words else {
                levels.append(contentsOf: repeatElement(SchemaLookup.Words.missing, count: rows.count))
                continue
            }
            for row in rows { levels.append(words.column(at: row)) }
        }
        self.levels = levels
    }

    /// Encodes the tickets.
    ///
    /// - Parameter context: What was known when each ticket opened, one entry a row of the table.
    /// - Returns: One row a ticket, ``FeatureSchema/columnCount`` columns.
    public func encode(context: TicketContext) -> SparseMatrix {
        let entries = lookup.words.count + lookup.numbers.count + 50
        var matrix = SparseMatrix(
            columns: lookup.columnCount, rowCapacity: rows.count, entryCapacity: rows.count * entries)
        append(to: &matrix, context: context)
        return matrix
    }

    func append(to matrix: inout SparseMatrix, context: TicketContext) {
        for (position, row) in rows.enumerated() {
            for (offset, value) in Calendar.features(at: lookup.openedAt[row]).enumerated() {
                matrix.append(value, column: lookup.calendarColumn + offset)
            }
            for (dense, values) in [(lookup.desk, context.desk), (lookup.signatures, context.signatures)] {
                guard let dense, !values.isEmpty else { continue }
                for (offset, scale) in dense.scales.enumerated() {
                    matrix.append(scale.apply(values[row][offset]), column: dense.column + offset)
                }
            }
            var place = position
            for code in lookup.codes {
                let value = numbers[place]
                place += rows.count
                if value.isFinite {
                    matrix.append(code.scale.apply(value), column: code.column)
                } else {
                    matrix.append(1, column: code.column + 1)
                }
            }
            for text in lookup.texts {
                guard let value = text.values?[row], !value.isEmpty else { continue }
                for (offset, value) in text.encoding.encode(value).enumerated() {
                    matrix.append(value, column: text.column + offset)
                }
            }
            place = position
            while place < levels.count {
                if levels[place] >= 0 { matrix.append(1, column: Int(levels[place])) }
                place += rows.count
            }
            matrix.endRow()
        }
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Parameter position: The ticket by its place in the rows that were wanted.
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(at position: Int) -> [String] {
        var result: [String] = []
        result.reserveCapacity(32)
        var place = position
        for column in lookup.numbers {
            if !numbers[place].isFinite { result.append(column.isMissing) }
            place += rows.count
        }
        for text in lookup.texts where text.values?[rows[position]].isEmpty ?? true { result.append(text.isMissing) }
        place = position
        for column in lookup.wordNotes.indices {
            let level = levels[place]
            place += rows.count
            if level < 0 {
                result.append(
                    level == SchemaLookup.Words.missing
                        ? lookup.wordNotes[column].isMissing : lookup.wordNotes[column].isUnknown)
            }
        }
        return result
    }
}
