/// Where the reading of a log stands: every line before it is a part of a record that was handed out, or was counted
/// otherwise, and none after it is.
public struct LogCheckpoint: Sendable, Hashable, Codable {
    /// The name of the format.
    public var format: String
    /// The offset at which reading goes on, in bytes without the wrapper of gzip.
    public var position: Int64 = 0
    /// The lines before it.
    public var lines: Int64 = 0
    /// The records of these lines.
    public var records: Int64 = 0
    /// The lines of which no record was made.
    public var skippedLines: Int64 = 0
    /// The lines that were counted and not read, since there was too much to read.
    public var passedLines: Int64 = 0
    /// The share of late records that begin with a time; nil when no line of plain text was read.
    public var stampedShare: Double?
    /// Whether the day comes before the month in dates with slashes that may be read either way; nil where that was not asked.
    public var isDayFirst: Bool?
    /// The layouts of headers that were seen; nil where they were not counted.
    public var layouts: [Layout]?
    /// How the messages of a stream are told apart.
    public var frames = "unknown"
    /// The bytes of a message too long to be held that are still to come.
    public var skippedBytes: Int64 = 0
    /// Whether the last line had no end when it was counted, so that what comes up to a line end belongs to it.
    public var isWithinLine = false

    /// How many lines of plain text have a part of a header after the same parts before it.
    public struct Layout: Sendable, Hashable, Codable {
        /// The kinds of the parts before it, as a hash.
        public let parts: UInt32
        /// The lines with these parts, the late ones.
        public var lines: UInt16 = 0
        /// The lines of them that go on with a name and a colon, something in brackets, a word of a column, and a dash.
        public var linesWith = SIMD4<UInt16>()

        /// A layout without lines.
        public init(parts: UInt32) {
            self.parts = parts
        }
    }

    /// The start of a log.
    public init(format: String) {
        self.format = format
    }
}
