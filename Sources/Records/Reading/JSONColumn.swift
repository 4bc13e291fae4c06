/// A column of a ticket table while JSON lines are read.
struct JSONColumn {
    let name: String
    let kind: ColumnKind
    let isRole: Bool
    private var interner: ByteInterner
    private var codes: [Int32] = []
    private var numbers: [Double] = []
    private var texts: [RedactedText] = []

    init(name: String, kind: ColumnKind) {
        self.name = name
        self.kind = kind
        isRole = TicketKey.isRole(name)
        interner = ByteInterner()
    }

    /// An empty column like another, with room for as much as that one holds.
    init(after other: JSONColumn) {
        name = other.name
        kind = other.kind
        isRole = other.isRole
        interner = ByteInterner(expecting: other.interner.count)
        codes.reserveCapacity(other.codes.count)
        numbers.reserveCapacity(other.numbers.count)
        texts.reserveCapacity(other.texts.count)
    }

    /// Whether a value can stand in this column whatever it is; others need a look by ``refusal(of:)``.
    @inline(__always)
    func takes(_ value: JSONValue) -> Bool {
        switch (kind, value) {
        case (.numeric, .number), (.numeric, .integer), (.categorical, .text), (.text, .text): true
        default: false
        }
    }

    /// Why a value cannot stand in this column; nil when it can.
    func refusal(of value: JSONValue) -> RowFault.Reason? {
        switch (kind, value) {
        case (_, .null): nil
        case (.numeric, .number), (.numeric, .integer), (.numeric, .flag): nil
        case (.numeric, .text(let bytes)):
            bytes.isEmpty || DecimalScanner.number(bytes) != nil ? nil : .badNumber
        case (.numeric, _): .wrongType(expected: "a number")
        case (.categorical, .text), (.text, .text): nil
        case (.categorical, .integer): nil
        case (.categorical, .number), (.categorical, .flag):
            isRole ? .wrongType(expected: "a text") : nil
        case (.categorical, _), (.text, _): .wrongType(expected: "a text")
        }
    }

    /// Puts a value that is not refused into a row; the rows before it without a value become missing.
    ///
    /// - Parameter redaction: What reads a text before it is kept.
    mutating func set(_ value: JSONValue, row: Int, _ redaction: inout RedactionPass) {
        switch kind {
        case .numeric:
            if row > 0 { fillNumbers(to: row - 1) }
            if numbers.count == row { numbers.append(Self.number(value)) } else { numbers[row] = Self.number(value) }
        case .categorical:
            if row > 0 { fillCodes(to: row - 1) }
            if codes.count == row { codes.append(code(value)) } else { codes[row] = code(value) }
        case .text:
            while texts.count <= row { texts.append(RedactedText()) }
            if case .text(let bytes) = value { texts[row] = redaction.redact(UnsafeRawBufferPointer(bytes)) }
        }
    }

    /// Ends the column at a number of rows.
    mutating func fill(rows: Int) {
        guard rows > 0 else { return }
        switch kind {
        case .numeric: fillNumbers(to: rows - 1)
        case .categorical: fillCodes(to: rows - 1)
        case .text: while texts.count < rows { texts.append(RedactedText()) }
        }
    }

    /// The column of words.
    var categorical: CategoricalColumn { CategoricalColumn(name: name, levels: interner.strings(), codes: codes) }
    /// The column of numbers.
    var numeric: NumericColumn { NumericColumn(name: name, values: numbers) }
    /// The column of text.
    var text: TextColumn { TextColumn(name: name, values: texts) }

    @inline(__always)
    private mutating func fillNumbers(to row: Int) {
        while numbers.count <= row { numbers.append(.nan) }
    }

    @inline(__always)
    private mutating func fillCodes(to row: Int) {
        while codes.count <= row { codes.append(CategoricalColumn.missing) }
    }

    @inline(__always)
    private static func number(_ value: JSONValue) -> Double {
        switch value {
        case .number(let number): number
        case .integer(let number): Double(number)
        case .flag(let flag): flag ? 1 : 0
        case .text(let bytes): DecimalScanner.number(bytes) ?? .nan
        case .null, .object, .array: .nan
        }
    }

    @inline(__always)
    private func code(_ value: JSONValue) -> Int32 {
        switch value {
        case .text(let bytes): bytes.isEmpty ? CategoricalColumn.missing : interner.intern(bytes).code
        case .null, .object, .array: CategoricalColumn.missing
        case .flag, .integer, .number:
            // The decimal text of a number is the level that the same value has in a CSV file.
            Array(value.excerpt.utf8).withUnsafeBytes { interner.intern($0).code }
        }
    }
}
