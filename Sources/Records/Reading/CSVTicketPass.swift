internal import Dispatch

/// One pass over CSV files, from rows to the columns of a ticket table.
struct CSVTicketPass {
    /// The columns of one file.
    private struct Layout {
        var width: Int
        var roles: CSVRolePositions
        /// The entries of ``CSVTicketPass/inferred`` that are not declared as numbers, with their positions in the file.
        var inferred: [(entry: Int, position: Int)]
        /// The position in the file of each entry of ``CSVTicketPass/texts``.
        var texts: [Int]
        /// Position and name of the attributes that are declared as numbers, and which entry of `inferred` they are.
        var declared: [(entry: Int, position: Int, name: String)]
    }

    private struct Skip {
        var end: Int
        var lineAfter: Int
    }

    /// The fields that wait at most, about.
    private static let waitingFields = 65_536
    /// The parts of the columns that cores that are free append to.
    private static let tasks = 8

    private let columns: TicketColumns
    private let zone: ZoneRules
    private let orders: DateOrders
    private let badRows: BadRows
    private let names: [(name: String, source: String)]
    private var inferred: [InferredColumn]
    private var texts: [[RedactedText]]
    private let redactor: Redactor
    private var redaction: RedactionPass
    private var levels = LevelRedaction()
    private var ids = ByteInterner()
    private var times: [TicketTimes] = []
    private var lines: [Int] = []
    private var rejected: [RejectedRow] = []
    /// The fields of the rows that wait to be appended to ``inferred``, row after row.
    private var waiting: [CSVField] = []
    /// What was passed over, by file and start, so that a second pass meets the same rows.
    private var skips: [[Int: Skip]] = []

    init(columns: TicketColumns, zone: ZoneRules, orders: DateOrders, badRows: BadRows, redactor: Redactor) {
        self.columns = columns
        self.zone = zone
        self.orders = orders
        self.badRows = badRows
        self.redactor = redactor
        redaction = RedactionPass(redactor)
        names = columns.words.map { ($0.role, $0.source) } + (columns.attributes ?? []).map { ($0, $0) }
        let declared = Set(columns.numeric ?? [])
        let roles = columns.words.count
        inferred = names.enumerated().map { index, name in
            InferredColumn(kind: index < roles ? .categorical : declared.contains(name.source) ? .numeric : nil)
        }
        texts = columns.texts.map { _ in [] }
    }

    /// Reads one file.
    mutating func read(_ file: RecordFile) throws(RecordError) {
        var failure: RecordError?
        file.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                try read(bytes, of: file.path)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, of file: String) throws(RecordError) {
        var scanner = CSVScanner(bytes)
        let header = try CSVHeader(file: file, scanner: &scanner, bytes: bytes)
        let layout = try layout(of: header)
        skips.append([:])
        var row = CSVTicketRow(
            file: file, roles: layout.roles, zone: zone, orders: orders, bytes: bytes, redactor: redactor)
        var numbers = [Double](repeating: 0, count: layout.declared.count)
        while !scanner.isAtEnd {
            let start = scanner.position
            let line = scanner.line
            row.line = line
            let ending = scanner.next()
            if layout.width > 1, scanner.fields.count == 1, scanner.fields[0].length == 0, ending == .complete {
                skips[skips.count - 1][start] = Skip(end: scanner.position, lineAfter: scanner.line)
                continue
            }
            do throws(RecordError) {
                do throws(RecordError) {
                    try row.checkShape(ending, fields: scanner.fields, width: layout.width)
                } catch {
                    // A stray quote swallows the lines after it, so a row of the wrong shape ends where its first line
                    // ends.
                    scanner.move(to: start, line: line)
                    scanner.skipLine(from: start)
                    throw error
                }
                let ticket = try row.times(scanner.fields)
                for (index, column) in layout.declared.enumerated() {
                    numbers[index] = try row.number(scanner.fields[column.position], named: column.name) ?? .nan
                }
                try row.checkId(scanner.fields, among: ids)
                times.append(ticket)
            } catch {
                guard badRows == .areSetAside, case .invalidRow(let fault) = error, !fault.isOfColumn else {
                    throw error
                }
                rejected.append(RejectedRow(fault: fault, raw: Self.line(bytes, from: start, to: scanner.position)))
                skips[skips.count - 1][start] = Skip(end: scanner.position, lineAfter: scanner.line)
                continue
            }
            lines.append(line)
            append(scanner.fields, layout, numbers, bytes)
        }
        appendWaiting(layout, bytes)
    }

    private func layout(of header: CSVHeader) throws(RecordError) -> Layout {
        var positions: [Int] = []
        for name in names { positions.append(try header.position(of: name.source)) }
        var textPositions: [Int] = []
        for text in columns.texts { textPositions.append(try header.position(of: text.source)) }
        var declared: [(entry: Int, position: Int, name: String)] = []
        for name in columns.numeric ?? [] {
            guard let entry = names.lastIndex(where: { $0.source == name }), entry >= columns.words.count else {
                throw .invalidDescriptor(
                    file: "dataset.json", key: "numeric", reason: "\"\(name)\" is not among the attributes")
            }
            declared.append((entry, positions[entry], name))
        }
        return Layout(
            width: header.names.count, roles: try CSVRolePositions(columns, in: header),
            inferred: positions.enumerated().filter { entry, _ in !declared.contains { $0.entry == entry } }
                .map { (entry: $0.offset, position: $0.element) },
            texts: textPositions, declared: declared)
    }

    private mutating func append(
        _ fields: [CSVField], _ layout: Layout, _ numbers: [Double], _ bytes: UnsafeRawBufferPointer
    ) {
        _ = fields[layout.roles.id.position].withBytes(in: bytes) { ids.intern($0) }
        for (index, position) in layout.texts.enumerated() {
            let field = fields[position]
            texts[index].append(
                field.isMissing(in: bytes) ? RedactedText() : field.withBytes(in: bytes) { redaction.redact($0) })
        }
        for (index, column) in layout.declared.enumerated() { inferred[column.entry].append(numbers[index]) }
        waiting.append(contentsOf: fields)
        if waiting.count >= Self.waitingFields { appendWaiting(layout, bytes) }
    }

    /// Appends the rows that wait, column by column, so that what one column needs stays in the cache.
    private mutating func appendWaiting(_ layout: Layout, _ bytes: UnsafeRawBufferPointer) {
        waiting.withUnsafeBufferPointer { fields in
            inferred.withUnsafeMutableBufferPointer { inferred in
                // Each task appends to columns of its own, and what all of them read does not change meanwhile.
                nonisolated(unsafe) let (columns, fields, bytes) = (inferred, fields, bytes)
                DispatchQueue.concurrentPerform(iterations: Self.tasks) { task in
                    for index in stride(from: task, to: layout.inferred.count, by: Self.tasks) {
                        let (entry, position) = layout.inferred[index]
                        for field in stride(from: position, to: fields.count, by: layout.width) {
                            Self.append(fields[field], to: &columns[entry], bytes)
                        }
                    }
                }
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private static func append(_ field: CSVField, to column: inout InferredColumn, _ bytes: UnsafeRawBufferPointer) {
        if field.isMissing(in: bytes) {
            column.appendMissing()
        } else {
            field.withBytes(in: bytes) { column.append($0) }
        }
    }

    private static func line(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> [UInt8] {
        var end = end
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return [UInt8](bytes[start..<end])
    }
}

// MARK: - Second pass and result

extension CSVTicketPass {
    /// Reads the columns again in which words came after numbers.
    mutating func readAgainAsWords(_ files: [RecordFile]) throws(RecordError) {
        let entries = inferred.indices.filter { inferred[$0].needsWords }
        guard !entries.isEmpty else { return }
        for entry in entries { inferred[entry] = InferredColumn(kind: .categorical) }
        for (number, file) in files.enumerated() {
            var failure: RecordError?
            file.bytes.withUnsafeBytes { bytes in
                do throws(RecordError) {
                    var scanner = CSVScanner(bytes)
                    let header = try CSVHeader(file: file.path, scanner: &scanner, bytes: bytes)
                    var positions: [Int] = []
                    for entry in entries { positions.append(try header.position(of: names[entry].source)) }
                    while !scanner.isAtEnd {
                        if let skip = skips[number][scanner.position] {
                            scanner.move(to: skip.end, line: skip.lineAfter)
                            continue
                        }
                        _ = scanner.next()
                        for (entry, position) in zip(entries, positions) {
                            Self.append(scanner.fields[position], to: &inferred[entry], bytes)
                        }
                    }
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
    }

    /// The tickets and what was set aside.
    mutating func finish() -> TicketReading {
        let latest = times.reduce(-Double.infinity) { max($0, $1.latest) }
        let roles = columns.words.count
        let positions = inferred.indices
        let words = positions.filter { !inferred[$0].isNumeric }.map {
            levels.redact(inferred[$0].categorical(named: names[$0].name), &redaction)
        }
        return TicketReading(
            table: TicketTable(
                ids: ids.strings(), openedAt: times.map(\.openedAt),
                hours: times.map { $0.duration.isNaN ? (latest - $0.openedAt) / 3_600 : $0.duration },
                resolved: times.map(\.isResolved),
                categorical: words.map(\.column),
                numeric: positions.filter { $0 >= roles && inferred[$0].isNumeric }.map {
                    inferred[$0].numeric(named: names[$0].name)
                },
                text: zip(columns.texts, texts).map { TextColumn(name: $0.role, values: $1) }),
            lines: lines, rejected: rejected, hiddenLevels: words.reduce(0) { $0 + $1.hidden })
    }
}
