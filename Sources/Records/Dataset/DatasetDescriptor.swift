/// What a data set holds and how its columns are to be read: the file `dataset.json`.
public struct DatasetDescriptor: Sendable, Equatable, Codable {
    /// What a data set can hold.
    public enum Kind: String, Sendable, Codable {
        /// Tickets with their times.
        case tickets
    }

    /// How the rows are written.
    public enum Format: String, Sendable, Codable {
        /// Comma-separated values with a header line.
        case csv
        /// One JSON object a line.
        case ndjson
    }

    /// Where the data comes from.
    public struct Source: Sendable, Equatable, Codable {
        /// The title.
        public var title: String
        /// The official place to get it.
        public var url: String
        /// The licence, as stated at the source.
        public var licence: String

        /// Creates a source.
        public init(title: String, url: String, licence: String) {
            self.title = title
            self.url = url
            self.licence = licence
        }
    }

    /// The name; also the folder in which its files are looked for.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// How its rows are written.
    public var format: Format
    /// The files, in the order in which they are read.
    public var files: [String]
    /// The name of the zone of times without an offset; UTC when nil.
    public var timeZone: String?
    /// Whether the day comes before the month in dates such as 03/04/2024; found out from the values of each column when nil.
    public var dayFirst: Bool?
    /// Where the data comes from.
    public var source: Source?
    /// The SHA-256 of each file, in hexadecimal, where it is known.
    public var sha256: [String: String]?
    /// The role of each column.
    public var columns: TicketColumns

    /// Creates a descriptor.
    public init(
        name: String, kind: Kind = .tickets, format: Format, files: [String], timeZone: String? = nil,
        dayFirst: Bool? = nil, source: Source? = nil, sha256: [String: String]? = nil, columns: TicketColumns
    ) {
        self.name = name
        self.kind = kind
        self.format = format
        self.files = files
        self.timeZone = timeZone
        self.dayFirst = dayFirst
        self.source = source
        self.sha256 = sha256
        self.columns = columns
    }
}
