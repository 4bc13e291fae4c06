/// A column of which only the values say whether they are numbers or words.
///
/// It is numeric when every value that is not missing is a number **and** either one of them has a fractional part or
/// there are more than ``mostNumberLevels`` distinct ones. So codes such as priorities 1 to 5 stay words, and measured
/// quantities become numbers.
struct InferredColumn {
    /// The most distinct whole numbers that still count as words.
    static let mostNumberLevels = 12

    private enum State {
        /// Whole numbers so far, few enough to be words.
        case undecided
        case numbers
        case words
    }

    private var state: State
    private var interner = ByteInterner()
    private var codes: [Int32] = []
    private var values: [Double] = []

    /// Whether numbers were followed by a word, so that the column must be read again as words.
    private(set) var needsWords = false

    /// A column of that kind, or one to be inferred when `kind` is nil.
    init(kind: ColumnKind? = nil) {
        state = kind == .numeric ? .numbers : kind == nil ? .undecided : .words
    }

    /// Whether the column was read as numbers.
    var isNumeric: Bool { state == .numbers }

    mutating func appendMissing() {
        if state == .numbers { values.append(.nan) } else { codes.append(CategoricalColumn.missing) }
    }

    /// Appends a value that is not missing.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .numbers:
            guard !needsWords else { return }
            guard let number = DecimalScanner.number(bytes) else {
                needsWords = true
                values = []
                return
            }
            values.append(number)
        case .words:
            codes.append(interner.intern(bytes).code)
        case .undecided:
            let (code, isNew) = interner.intern(bytes)
            codes.append(code)
            guard isNew else { return }
            guard let number = DecimalScanner.number(bytes) else {
                state = .words
                return
            }
            if number != number.rounded() || interner.count > Self.mostNumberLevels { becomeNumeric() }
        }
    }

    /// Appends a number to a column that was declared numeric.
    mutating func append(_ number: Double) {
        values.append(number)
    }

    private mutating func becomeNumeric() {
        let numbers = (0..<interner.count).map { interner.withBytes(of: $0) { DecimalScanner.number($0) ?? .nan } }
        values.reserveCapacity(codes.capacity)
        for code in codes { values.append(code < 0 ? .nan : numbers[Int(code)]) }
        codes = []
        interner = ByteInterner()
        state = .numbers
    }

    /// The column of words.
    func categorical(named name: String) -> CategoricalColumn {
        CategoricalColumn(name: name, levels: interner.strings(), codes: codes)
    }

    /// The column of numbers.
    func numeric(named name: String) -> NumericColumn {
        NumericColumn(name: name, values: values)
    }
}
