internal import Records

/// Keeps people's data out of the shapes of a miner: what a redactor finds in a shape becomes a variable of it.
struct ShapeRedaction: Sendable {
    private let redactor: Redactor
    /// The shapes as they came of which something was blanked, so that each is looked at once.
    private var aliases = ShapeTable()
    /// For each alias the index of the shape that is kept.
    private var targets: [Int] = []
    private var new: [RedactedText] = []

    /// The most aliases, and the most bytes of them.
    private static let most = (count: 65_536, bytes: 24 << 20)

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// The shape that is kept for one that was seen before.
    func index(of shape: UnsafeBufferPointer<UInt8>) -> Int? { aliases.index(of: shape).map { targets[$0] } }

    /// Adds a shape that is not in a table, without what must not be kept, and returns its index.
    mutating func insert(_ shape: UnsafeBufferPointer<UInt8>, lines: Int, into table: inout ShapeTable) -> Int {
        let text = redactor.blank(RawText(bytes: shape), with: MessageShape.variable)
        var string = text.string
        return string.withUTF8 { kept in
            let isSame = kept.elementsEqual(shape)
            var index = isSame ? nil : table.add(kept, lines: lines)
            if index == nil {
                index = table.insert(kept, lines: lines)
                new.append(text)
            }
            let found = index ?? 0
            if !isSame, aliases.count < Self.most.count, aliases.byteCount < Self.most.bytes {
                _ = aliases.insert(shape, lines: 0)
                targets.append(found)
            }
            return found
        }
    }

    mutating func newShapes() -> [RedactedText] {
        defer { new = [] }
        return new
    }
}
