/// Which of day and month comes first in the dates of a column: found out from all its values once a date needs it, as most columns never do.
final class ColumnDateOrder {
    private var order: DateOrder?
    private let survey: () -> DateOrder?

    /// - Parameters:
    ///   - order: What is said of the order, if something is.
    ///   - survey: Goes through the values of the column up to one that tells; nil where none does.
    init(_ order: DateOrder?, survey: @escaping () -> DateOrder?) {
        self.order = order
        self.survey = survey
    }

    /// Reads a time of the column; nil where ``refusal(of:)`` says why.
    func instant(written bytes: UnsafeRawBufferPointer, zone: ZoneRules) -> Instant? {
        if let instant = Instant(written: bytes, zone: zone, order: order) { return instant }
        guard order == nil, NumericDate(bytes) != nil else { return nil }
        order = survey()
        return Instant(written: bytes, zone: zone, order: order)
    }

    /// Why a text is no time of the column.
    func refusal(of bytes: UnsafeRawBufferPointer) -> RowFault.Reason {
        guard order == nil, case .ambiguous(let dayFirst, let monthFirst) = NumericDate(bytes) else { return .badDate }
        func day(_ time: NumericDate.Time) -> String {
            String(Instant(seconds: time.civil.localSeconds).iso8601.prefix(10))
        }
        return .ambiguousDate(dayFirst: day(dayFirst), monthFirst: day(monthFirst))
    }
}

/// The order of day and month in the times of tickets.
struct DateOrders {
    let openedAt: ColumnDateOrder
    let resolvedAt: ColumnDateOrder

    /// - Parameters:
    ///   - columns: The columns.
    ///   - dayFirst: What is said of the order, if something is.
    ///   - files: The files that hold the columns.
    ///   - order: The order that the values of a column in a file tell.
    init(
        of columns: TicketColumns, dayFirst: Bool?, in files: [RecordFile],
        _ order: @escaping (RecordFile, _ column: String) -> DateOrder?
    ) {
        let said: DateOrder? = dayFirst.map { $0 ? .dayFirst : .monthFirst }
        func column(_ name: String?) -> ColumnDateOrder {
            ColumnDateOrder(said) {
                guard let name else { return nil }
                for file in files { if let order = order(file, name) { return order } }
                return nil
            }
        }
        openedAt = column(columns.openedAt)
        resolvedAt = column(columns.resolvedAt)
    }
}

extension RowFault {
    /// Whether the fault is of the whole column, so that setting the row aside would set all others aside, too.
    var isOfColumn: Bool {
        if case .ambiguousDate = reason { true } else { false }
    }
}
