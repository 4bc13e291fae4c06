@_spi(RawText) public import Records

/// Finds the signatures of log messages: which lines say the same thing.
///
/// It works in two steps. ``learn(_:)`` writes the shape of a message, in which everything that is a variable by its looks
/// is replaced, and counts it; this depends on the message alone. ``signatures(decisions:)`` then looks at all shapes
/// together and decides by statistics which words are variables too. The result is a function of the counted shapes,
/// so it does not depend on the order of the lines, and miners of several shards merge in any order to the same result.
///
/// Memory is bounded. Each time that another quarter of `limits` is used up, what is known is grouped, and from then on a
/// message that fits a known template counts there even if its shape is new; in that state the result may depend on the
/// order of the lines. Beyond the limits a message that fits no template is counted under the one signature `<*>`, and
/// ``linesWithoutDetail`` says for how many lines that was so. Counts always add up to the lines learnt.
public struct SignatureMiner: Sendable {
    /// How much a miner may hold.
    public struct Limits: Sendable, Hashable {
        /// The largest number of distinct shapes.
        public var shapes: Int
        /// The largest number of bytes of all shapes together.
        public var bytes: Int

        /// Creates limits; the defaults take up to about 450 MB on noise, and little of that on what programs write.
        public init(shapes: Int = 65_536, bytes: Int = 24 << 20) {
            self.shapes = shapes
            self.bytes = bytes
        }
    }

    /// The shape of a line, as a number that is valid for the miner that gave it.
    public struct Shape: Sendable, Hashable {
        /// From 0 in the order in which shapes came; -1 when the line was counted without its shape.
        public let index: Int32

        /// The shape of lines that came when there was no room for another one.
        static let withoutDetail = Shape(index: -1)
    }

    /// The limits.
    public let limits: Limits
    /// The number of lines learnt that are counted without their signature, because the limits were reached.
    public private(set) var linesWithoutDetail = 0
    private(set) var table = ShapeTable()
    /// The templates known when the last quarter was used up.
    private var known: KnownTemplates?
    private var scratch = [UInt8](repeating: 0, count: MessageShape.longestMessage + 1)

    /// What keeps people's data out of the shapes, when they are to be kept.
    private var redaction: ShapeRedaction?

    /// Creates a miner that has learnt nothing.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Creates a miner whose shapes may be kept, and that goes on with those that were.
    ///
    /// - Parameters:
    ///   - redactor: Blanks what must not be kept in each new shape, so that it becomes a variable; nil when nothing will be kept.
    ///   - shapes: The shapes that ``newShapes()`` gave before, in their order, with their lines.
    ///   - linesWithoutDetail: The lines that were counted without one.
    public init(
        limits: Limits = Limits(), redactor: Redactor?, shapes: [(shape: RedactedText, lines: Int)] = [],
        linesWithoutDetail: Int = 0
    ) {
        self.limits = limits
        self.linesWithoutDetail = linesWithoutDetail
        redaction = redactor.map(ShapeRedaction.init)
        for (shape, lines) in shapes {
            var text = shape.string
            text.withUTF8 { _ = table.insert($0, lines: lines) }
        }
    }

    /// The shapes that came since the last call, in the order of their numbers; none for a miner without a redactor.
    public mutating func newShapes() -> [RedactedText] { redaction?.newShapes() ?? [] }

    /// The number of lines learnt.
    public var lines: Int { table.lines.reduce(linesWithoutDetail, +) }

    /// The number of distinct shapes.
    public var shapes: Int { table.count }

    /// Counts a message and returns its shape.
    ///
    /// - Parameter message: The bytes of the message without its line end, in any encoding that extends ASCII. Beyond
    ///   8,192 bytes the rest counts as one variable.
    public mutating func learn(_ message: Span<UInt8>) -> Shape {
        message.withUnsafeBufferPointer { learn($0) }
    }

    /// Counts a message and returns its shape.
    public mutating func learn(_ message: RawText) -> Shape {
        message.withBytes { learn($0) }
    }

    mutating func learn(_ message: UnsafeBufferPointer<UInt8>) -> Shape {
        let (known, length) = scratch.withUnsafeMutableBufferPointer { scratch in
            let shape = Self.shape(of: message, in: scratch)
            return (table.add(shape, lines: 1), shape.count)
        }
        let index = known ?? Array(scratch[..<length]).withUnsafeBufferPointer { addUnknown($0, lines: 1) }
        return index.map { Shape(index: Int32(truncatingIfNeeded: $0)) } ?? .withoutDetail
    }

    /// The shape of a message when it was learnt before; learns nothing.
    public mutating func shape(of message: Span<UInt8>) -> Shape? {
        message.withUnsafeBufferPointer { message in
            scratch.withUnsafeMutableBufferPointer { scratch in
                table.index(of: Self.shape(of: message, in: scratch)).map {
                    Shape(index: Int32(truncatingIfNeeded: $0))
                }
            }
        }
    }

    /// Adds what another miner has learnt, as if its lines had been learnt here.
    public mutating func merge(_ other: SignatureMiner) {
        linesWithoutDetail += other.linesWithoutDetail
        for index in 0..<other.table.count {
            add(shape: Array(other.table.shape(index)), lines: other.table.lines[index])
        }
    }

    private mutating func add(shape: [UInt8], lines: Int) {
        shape.withUnsafeBufferPointer { shape in
            if table.add(shape, lines: lines) == nil { _ = addUnknown(shape, lines: lines) }
        }
    }

    @inline(never)
    private mutating func addUnknown(_ shape: UnsafeBufferPointer<UInt8>, lines: Int) -> Int? {
        if let index = redaction?.index(of: shape) ?? known?.shape(fitting: shape) {
            table.add(lines, to: index)
            return index
        }
        let quarter = min(table.count * 4 / max(limits.shapes, 1), 4)
        let isFull = table.count >= limits.shapes || table.byteCount >= limits.bytes
        if isFull || quarter > known?.quarter ?? 0, known?.quarter != 4 {
            known = KnownTemplates(table, quarter: isFull ? 4 : quarter)
            return addUnknown(shape, lines: lines)
        }
        guard !isFull else {
            linesWithoutDetail += lines
            return nil
        }
        return redaction?.insert(shape, lines: lines, into: &table) ?? table.insert(shape, lines: lines)
    }

    static func shape(
        of message: UnsafeBufferPointer<UInt8>, in scratch: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(scratch)[..<MessageShape.write(message, to: scratch)])
    }
}
