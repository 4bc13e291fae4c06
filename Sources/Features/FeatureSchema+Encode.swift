public import LinearAlgebra
public import Records

extension FeatureSchema {
    /// The tickets that a core encodes at a time.
    private static let gathered = 4_096

    /// Encodes tickets.
    ///
    /// - Parameters:
    ///   - table: The tickets; columns that the schema does not know are ignored, columns that are absent are missing.
    ///   - rows: The rows to encode.
    ///   - context: What was known when each ticket opened, one entry a row of `table`.
    /// - Returns: One row a ticket, ``columnCount`` columns.
    public func encode(_ table: TicketTable, rows: some Sequence<Int>, context: TicketContext) -> SparseMatrix {
        SparseMatrix(joining: parts(table, Array(rows), context), columns: columnCount)
    }

    /// Encodes tickets into a matrix that is multiplied often.
    ///
    /// - Parameters:
    ///   - table: As in ``encode(_:rows:context:)``.
    ///   - rows: The rows to encode.
    ///   - context: What was known when each ticket opened, one entry a row of `table`.
    /// - Returns: One row a ticket, ``columnCount`` columns.
    public func encodeMixed(_ table: TicketTable, rows: some Sequence<Int>, context: TicketContext) -> MixedMatrix {
        MixedMatrix(joining: parts(table, Array(rows), context, sorted: true), columns: columnCount)
    }

    private func parts(
        _ table: TicketTable, _ rows: [Int], _ context: TicketContext, sorted: Bool = false
    ) -> [SparseMatrix] {
        let lookup = SchemaLookup(self, table: table, rowCount: rows.count)
        return concurrently(rows.count, by: Self.gathered) { range in
            var part = TableFeatures(lookup, rows: Array(rows[range])).encode(context: context)
            if sorted { part.sortRows() }
            return part
        }
    }

    /// What the schema expects of a ticket and does not find: columns without a value, and levels that it never met.
    ///
    /// - Returns: For example `["priority: missing", "customer: unknown level"]`, in the order of the schema.
    public func missing(in table: TicketTable, row: Int) -> [String] {
        TableFeatures(self, of: table, rows: [row]).missing(at: 0)
    }
}
