/// Where the times and the identifier of a ticket stand in a CSV file.
struct CSVRolePositions {
    /// A column of the file.
    struct Column {
        var position: Int
        var name: String
    }

    let id: Column
    let openedAt: Column
    let resolvedAt: Column?
    let hours: Column?
    let resolved: Column?

    init(_ columns: TicketColumns, in header: CSVHeader) throws(RecordError) {
        func column(_ name: String?) throws(RecordError) -> Column? {
            guard let name else { return nil }
            return Column(position: try header.position(of: name), name: name)
        }
        id = Column(position: try header.position(of: columns.id), name: columns.id)
        openedAt = Column(position: try header.position(of: columns.openedAt), name: columns.openedAt)
        resolvedAt = try column(columns.resolvedAt)
        hours = try column(columns.hoursToResolution)
        resolved = try column(columns.resolved)
    }
}
