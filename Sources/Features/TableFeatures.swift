public import LinearAlgebra
public import Records

/// A table of tickets seen through a schema: columns and levels are found by their names once, not once a ticket.
public struct TableFeatures: Sendable {
    private enum Levels: Sendable {
        /// The schema's column of each code, or −1.
        case columns([Int32])
        /// For few tickets of many levels: each ticket's level is looked up when it is asked for.
        case names([String: Int])
    }

    private struct Words: Sendable {
        var codes: [Int32]
        var names: [String]
        var levels: Levels

        /// The schema's column of a ticket's level: −1 for a level that it never met, nil where the value is missing.
        @inline(__always)
        func column(row: Int) -> Int? {
            let code = Int(codes[row])
            guard code >= 0 else { return nil }
            return switch levels {
            case .columns(let columns): Int(columns[code])
            case .names(let columns): columns[names[code]] ?? -1
            }
        }
    }

    private let schema: FeatureSchema
    private let openedAt: [Double]
    private let numbers: [[Double]?]
    private let texts: [[String]?]
    private let words: [Words?]
    private let missingWords: [(missing: String, unknown: String)]

    /// Finds the schema's columns in a table.
    ///
    /// - Parameters:
    ///   - schema: The schema.
    ///   - table: The tickets; columns that the schema does not know are ignored, columns that are absent are missing.
    ///   - rowCount: About how many of the tickets will be asked for.
    public init(_ schema: FeatureSchema, of table: TicketTable, rowCount: Int) {
        self.schema = schema
        openedAt = table.openedAt
        // Of two columns of one name the first counts.
        let numeric = Dictionary(table.numeric.map { ($0.name, $0.values) }) { first, _ in first }
        numbers = schema.numbers.map { numeric[$0.name] }
        let text = Dictionary(table.text.map { ($0.name, $0.values) }) { first, _ in first }
        texts = schema.texts.map { text[$0.encoding.name] }
        let categorical = Dictionary(table.categorical.map { ($0.name, $0) }) { first, _ in first }
        words = schema.levels.map { known in
            guard let column = categorical[known.name] else { return nil }
            let isWorthATable = rowCount > column.levels.count
            return Words(
                codes: column.codes, names: isWorthATable ? [] : column.levels,
                levels: isWorthATable
                    ? .columns(column.levels.map { Int32(known.columns[$0] ?? -1) }) : .names(known.columns))
        }
        missingWords = schema.levels.map { ("\($0.name): missing", "\($0.name): unknown level") }
    }

    /// Encodes tickets.
    ///
    /// - Parameters:
    ///   - rows: The rows to encode.
    ///   - context: What was known when each ticket opened, one entry a row of the table.
    /// - Returns: One row a ticket, ``FeatureSchema/columnCount`` columns.
    public func encode(rows: some Sequence<Int>, context: TicketContext) -> SparseMatrix {
        var matrix = SparseMatrix(
            columns: schema.columnCount, rowCapacity: rows.underestimatedCount,
            entryCapacity: rows.underestimatedCount * (schema.levels.count + schema.numbers.count + 50))
        for row in rows {
            for (offset, value) in Calendar.features(at: openedAt[row]).enumerated() {
                matrix.append(value, column: schema.calendarColumn + offset)
            }
            for (dense, values) in [(schema.desk, context.desk), (schema.signatures, context.signatures)] {
                guard let dense, !values.isEmpty else { continue }
                for (offset, scale) in dense.scales.enumerated() {
                    matrix.append(scale.apply(values[row][offset]), column: dense.column + offset)
                }
            }
            for position in numbers.indices {
                let value = numbers[position]?[row] ?? .nan
                let column = schema.numbers[position].column
                if value.isFinite {
                    matrix.append(schema.numbers[position].scale.apply(value), column: column)
                } else {
                    matrix.append(1, column: column + 1)
                }
            }
            for (text, values) in zip(schema.texts, texts) {
                guard let value = values?[row], !value.isEmpty else { continue }
                for (offset, value) in text.encoding.encode(value).enumerated() {
                    matrix.append(value, column: text.column + offset)
                }
            }
            for position in words.indices {
                if let column = words[position]?.column(row: row), column >= 0 { matrix.append(1, column: column) }
            }
            matrix.endRow()
        }
        return matrix
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(row: Int) -> [String] {
        var result: [String] = []
        for position in numbers.indices where !(numbers[position]?[row] ?? .nan).isFinite {
            result.append("\(schema.numbers[position].name): missing")
        }
        for position in texts.indices where (texts[position]?[row] ?? "").isEmpty {
            result.append("\(schema.texts[position].encoding.name): missing")
        }
        for position in words.indices {
            switch words[position]?.column(row: row) {
            case nil: result.append(missingWords[position].missing)
            case .some(let column) where column < 0: result.append(missingWords[position].unknown)
            case .some: continue
            }
        }
        return result
    }
}
