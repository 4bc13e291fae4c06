/// The parts after the last time or level of a line that may be columns of its header or the start of its message, in
/// their order; what most lines of the log have there tells (``ColumnShares``).
struct ColumnCandidates: Sendable, BitwiseCopyable {
    /// What a candidate is; the raw value is its place in ``LogCheckpoint/Layout/linesWith``.
    enum Kind: UInt8 {
        /// A name with a colon.
        case tag
        /// Something in brackets.
        case bracket
        /// A word set off by a bar, a tab or several spaces.
        case word
        /// A dash between spaces, and the words before it.
        case dash
    }

    /// What is a part of the header in any log.
    enum Anchor: UInt32 {
        case time = 5
        case level = 6
        case container = 7
    }

    /// The most candidates of a line.
    static let most = 8

    /// The kinds of all parts before the first candidate, as a hash; 0 for none.
    private(set) var layout: UInt32 = 0
    private(set) var count = 0
    private var kinds = SIMD8<UInt8>()
    private var starts = SIMD8<UInt16>()

    /// A candidate: what it is, and where the message begins when it is no column.
    subscript(index: Int) -> (kind: Kind, start: Int) {
        (Kind(rawValue: kinds[index]) ?? .tag, Int(starts[index]))
    }

    mutating func append(_ kind: Kind, start: Int) {
        kinds[count] = kind.rawValue
        starts[count] = UInt16(truncatingIfNeeded: start)
        count += 1
    }

    /// Makes all candidates columns, since an anchor comes after them.
    mutating func close(with anchor: Anchor) {
        for index in 0..<count { layout = Self.layout(layout, self[index].kind) }
        layout = layout &* 31 &+ anchor.rawValue
        count = 0
    }

    /// The layout of what ends with a column.
    static func layout(_ before: UInt32, _ column: Kind) -> UInt32 { before &* 31 &+ UInt32(column.rawValue) &+ 1 }
}
