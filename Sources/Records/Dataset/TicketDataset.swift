/// A descriptor together with its files, which ``DatasetFolders`` finds.
public struct TicketDataset: Sendable, Equatable {
    /// What the data set holds.
    public let descriptor: DatasetDescriptor
    /// The path of the descriptor.
    public let path: String
    /// The paths of its files, in the order in which they are read.
    public let files: [String]

    /// Reads the descriptor and finds the files.
    ///
    /// - Parameters:
    ///   - path: The folder of the descriptor, or the descriptor itself.
    ///   - environment: The variables of the environment.
    ///   - workingDirectory: Where relative paths start.
    /// - Throws: ``RecordError/missingFile(file:others:)`` for the descriptor or the first file that is nowhere, and what
    ///   ``DatasetDescriptor/init(json:)`` throws.
    public init(
        at path: String, environment: [String: String] = [:], workingDirectory: String = "."
    ) throws(RecordError) {
        let descriptorPath = DatasetFolders.descriptor(at: path)
        let descriptor = try DatasetDescriptor(json: RecordFile(reading: descriptorPath))
        let folders = DatasetFolders(
            of: descriptor.name, descriptor: descriptorPath, environment: environment,
            workingDirectory: workingDirectory)
        var files: [String] = []
        for name in descriptor.files { files.append(try folders.path(of: name)) }
        self.path = descriptorPath
        self.descriptor = descriptor
        self.files = files
    }

    /// Reads the tickets.
    ///
    /// - Parameters:
    ///   - badRows: What to do with a row that is wrong.
    ///   - redactor: What texts are redacted with.
    /// - Throws: ``RecordError``; see ``CSVReader/read(_:)`` and ``TicketLineReader``.
    public func read(badRows: BadRows = .areErrors, redactor: Redactor) throws(RecordError) -> TicketReading {
        var contents: [RecordFile] = []
        for file in files { contents.append(try RecordFile(reading: file)) }
        switch descriptor.format {
        case .csv:
            return try CSVReader(
                columns: descriptor.columns, zone: descriptor.zone(), badRows: badRows, dayFirst: descriptor.dayFirst,
                redactor: redactor
            ).read(contents)
        case .ndjson:
            return try TicketLineReader.read(
                contents, columns: descriptor.columns, zone: descriptor.zone(), badRows: badRows,
                dayFirst: descriptor.dayFirst, redactor: redactor)
        }
    }
}
