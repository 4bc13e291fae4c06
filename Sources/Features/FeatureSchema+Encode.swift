public import LinearAlgebra
public import Records

extension FeatureSchema {
    /// Encodes tickets.
    ///
    /// - Parameters:
    ///   - table: The tickets; columns that the schema does not know are ignored, columns that are absent are missing.
    ///   - rows: The rows to encode.
    ///   - context: What was known when each ticket opened, one entry a row of `table`.
    /// - Returns: One row a ticket, ``columnCount`` columns.
    public func encode(_ table: TicketTable, rows: some Sequence<Int>, context: TicketContext) -> SparseMatrix {
        var matrix = SparseMatrix(
            columns: columnCount, rowCapacity: rows.underestimatedCount,
            entryCapacity: rows.underestimatedCount * (levels.count + 30))
        // A level is looked up once a table, or once a ticket where there are fewer tickets than levels.
        let lookups = levels.map { known -> (column: CategoricalColumn, known: Levels, columns: [Int32]?)? in
            guard let column = table.categoricalColumn(named: known.name) else { return nil }
            let isWorthATable = rows.underestimatedCount > column.levels.count
            return (column, known, isWorthATable ? column.levels.map { Int32(known.columns[$0] ?? -1) } : nil)
        }
        let numericColumns = numbers.map { table.numericColumn(named: $0.name) }
        let textColumns = texts.map { table.textColumn(named: $0.encoding.name) }
        for row in rows {
            for (offset, value) in Calendar.features(at: table.openedAt[row]).enumerated() {
                matrix.append(value, column: calendarColumn + offset)
            }
            for (dense, values) in [(desk, context.desk), (signatures, context.signatures)] {
                guard let dense, !values.isEmpty else { continue }
                for (offset, scale) in dense.scales.enumerated() {
                    matrix.append(scale.apply(values[row][offset]), column: dense.column + offset)
                }
            }
            for (number, column) in zip(numbers, numericColumns) {
                let value = column?.values[row] ?? .nan
                if value.isFinite {
                    matrix.append(number.scale.apply(value), column: number.column)
                } else {
                    matrix.append(1, column: number.column + 1)
                }
            }
            for (text, column) in zip(texts, textColumns) {
                guard let value = column?.values[row], !value.isEmpty else { continue }
                for (offset, value) in text.encoding.encode(value).enumerated() {
                    matrix.append(value, column: text.column + offset)
                }
            }
            for lookup in lookups {
                guard let lookup, lookup.column.codes[row] >= 0 else { continue }
                let code = Int(lookup.column.codes[row])
                let column =
                    lookup.columns.map { Int($0[code]) } ?? lookup.known.columns[lookup.column.levels[code]] ?? -1
                if column >= 0 { matrix.append(1, column: column) }
            }
            matrix.endRow()
        }
        return matrix
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(in table: TicketTable, row: Int) -> [String] {
        var result: [String] = []
        for number in numbers where !(table.numericColumn(named: number.name)?.values[row] ?? .nan).isFinite {
            result.append("\(number.name): missing")
        }
        for text in texts where (table.textColumn(named: text.encoding.name)?.values[row] ?? "").isEmpty {
            result.append("\(text.encoding.name): missing")
        }
        for known in levels {
            guard let column = table.categoricalColumn(named: known.name), column.codes[row] >= 0 else {
                result.append("\(known.name): missing")
                continue
            }
            if known.columns[column.levels[Int(column.codes[row])]] == nil {
                result.append("\(known.name): unknown level")
            }
        }
        return result
    }
}
