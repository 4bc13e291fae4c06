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
        TableFeatures(self, of: table, rowCount: rows.underestimatedCount).encode(rows: rows, context: context)
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(in table: TicketTable, row: Int) -> [String] {
        TableFeatures(self, of: table, rowCount: 1).missing(row: row)
    }
}
