public import LinearAlgebra
public import Records

extension FeatureSchema {
    /// The tickets of a large table that are gathered at a time.
    private static let gathered = 1_024

    /// Encodes tickets.
    ///
    /// - Parameters:
    ///   - table: The tickets; columns that the schema does not know are ignored, columns that are absent are missing.
    ///   - rows: The rows to encode.
    ///   - context: What was known when each ticket opened, one entry a row of `table`.
    /// - Returns: One row a ticket, ``columnCount`` columns.
    public func encode(_ table: TicketTable, rows: some Sequence<Int>, context: TicketContext) -> SparseMatrix {
        let rows = Array(rows)
        let lookup = SchemaLookup(self, table: table, rowCount: rows.count)
        var matrix = SparseMatrix(
            columns: columnCount, rowCapacity: rows.count,
            entryCapacity: rows.count * (levels.count + numbers.count + 50))
        for start in stride(from: 0, to: rows.count, by: Self.gathered) {
            TableFeatures(lookup, rows: Array(rows[start..<min(rows.count, start + Self.gathered)]))
                .append(to: &matrix, context: context)
        }
        return matrix
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(in table: TicketTable, row: Int) -> [String] {
        TableFeatures(self, of: table, rows: [row]).missing(at: 0)
    }
}
