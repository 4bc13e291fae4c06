internal import CSimdJSON

/// The order of day and month in the times of tickets; nil where a column does not need one.
struct DateOrders: Sendable, Equatable {
    var openedAt: DateOrder?
    var resolvedAt: DateOrder?
}

extension DateOrders {
    /// Finds the orders.
    ///
    /// - Parameters:
    ///   - columns: The columns.
    ///   - dayFirst: What is said of the order, if something is.
    ///   - read: Goes through the values of a column until the survey is settled.
    /// - Throws: ``RecordError/invalidRow(_:)`` with the first date of a column that may be read either way, where no other date tells.
    init(
        of columns: TicketColumns, dayFirst: Bool?,
        _ read: (_ column: String, inout DateOrderSurvey) throws(RecordError) -> Void
    ) throws(RecordError) {
        if let dayFirst {
            openedAt = dayFirst ? .dayFirst : .monthFirst
            resolvedAt = openedAt
            return
        }
        for (column, path) in [(columns.openedAt, \Self.openedAt), (columns.resolvedAt, \Self.resolvedAt)] {
            guard let column else { continue }
            var survey = DateOrderSurvey()
            try read(column, &survey)
            if !survey.isSettled, let fault = survey.ambiguous { throw .invalidRow(fault) }
            self[keyPath: path] = survey.order
        }
    }
}

/// Finds out from the dates of a column in which order they are written: a number above 12 is a day.
///
/// A column whose first time needs no order has none.
struct DateOrderSurvey {
    /// The order, where one is found.
    private(set) var order: DateOrder?
    /// Whether no further value can change it.
    private(set) var isSettled = false
    /// The first date that may be read either way.
    private(set) var ambiguous: RowFault?

    mutating func note(_ text: UnsafeRawBufferPointer, file: String, line: Int, field: String) {
        switch NumericDate(text) {
        case .ordered(let order, _):
            self.order = order
            isSettled = true
        case .ambiguous(let dayFirst, let monthFirst):
            guard ambiguous == nil, dayFirst != monthFirst else { return }
            func day(_ time: NumericDate.Time) -> String {
                String(Instant(seconds: time.civil.localSeconds).iso8601.prefix(10))
            }
            ambiguous = RowFault(
                file: file, line: line, field: field, excerpt: String(decoding: text, as: UTF8.self),
                reason: .ambiguousDate(dayFirst: day(dayFirst), monthFirst: day(monthFirst)))
        case .plain: isSettled = ambiguous == nil
        case nil:
            isSettled = ambiguous == nil && Instant(written: text, zone: .utc, order: nil) != nil
        }
    }
}

extension DateOrderSurvey {
    /// Goes through the values of a column of a CSV file; rows of the wrong shape are passed over, as the pass that follows tells of them.
    mutating func read(_ column: String, of file: RecordFile) throws(RecordError) {
        var failure: RecordError?
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                var scanner = CSVScanner(bytes)
                let header = try CSVHeader(file: file.path, scanner: &scanner, bytes: bytes)
                let position = try header.position(of: column)
                while !isSettled, !scanner.isAtEnd {
                    let (start, line) = (scanner.position, scanner.line)
                    let ending = scanner.next()
                    guard ending == .complete || ending == .endOfSource, scanner.fields.count == header.names.count
                    else {
                        scanner.move(to: start, line: line)
                        scanner.skipLine(from: start)
                        continue
                    }
                    scanner.fields[position].withBytes(in: bytes) {
                        note($0, file: file.path, line: line, field: column)
                    }
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Goes through the values of a key of JSON lines; lines that are no objects are passed over, as the pass that follows tells of them.
    mutating func readLines(_ key: String, of file: RecordFile) {
        let parser = JSONLineParser()
        var splitter = LineSplitter()
        let name = Array(key.utf8)
        func note(_ line: LineSplitter.Line, _ survey: inout Self) {
            guard !survey.isSettled, let fields = parser.parse(line.bytes) else { return }
            for field in fields where field.parent == 0 && field.name.elementsEqual(name) {
                if case .text(let text) = field.value {
                    survey.note(text, file: file.path, line: line.number, field: key)
                }
            }
        }
        let step = 1 << 20
        for start in stride(from: 0, to: file.bytes.count, by: step) where !isSettled {
            splitter.feed(file.bytes[start..<min(start + step, file.bytes.count)]) { note($0, &self) }
        }
        splitter.finish { note($0, &self) }
    }
}
