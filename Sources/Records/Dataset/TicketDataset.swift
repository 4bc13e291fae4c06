internal import Glibc

/// A descriptor together with the places where its files may be.
///
/// Each file is looked for beside the descriptor, then in `$CASEBOOK_DATA/<name>/`, then in `../shared/data/<name>/`
/// and `../shared/data/*/<name>/` as seen from the repository (the folder above `datasets/`) and from the working
/// directory.
public struct TicketDataset: Sendable, Equatable {
    /// The variable of the environment that names a folder of data sets.
    public static let environmentKey = "CASEBOOK_DATA"

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
    /// - Throws: ``RecordError/missingFile(file:)`` for the descriptor or the first file that is nowhere, and what
    ///   ``DatasetDescriptor/init(json:)`` throws.
    public init(
        at path: String, environment: [String: String] = [:], workingDirectory: String = "."
    ) throws(RecordError) {
        let place = DatasetPlace(path)
        let descriptor = try DatasetDescriptor(json: RecordFile(reading: place.descriptor))
        files = try place.files(
            descriptor.files, of: descriptor.name, environment: environment, workingDirectory: workingDirectory)
        self.path = place.descriptor
        self.descriptor = descriptor
    }

    /// Reads the tickets.
    ///
    /// - Parameter badRows: What to do with a row that is wrong.
    /// - Throws: ``RecordError``; see ``CSVReader/read(_:)`` and ``TicketLineReader``.
    public func read(badRows: BadRows = .areErrors) throws(RecordError) -> TicketReading {
        var contents: [RecordFile] = []
        for file in files { contents.append(try RecordFile(reading: file)) }
        switch descriptor.format {
        case .csv:
            return try CSVReader(columns: descriptor.columns, zone: descriptor.zone(), badRows: badRows).read(contents)
        case .ndjson:
            return try TicketLineReader.read(
                contents, columns: descriptor.columns, zone: descriptor.zone(), badRows: badRows)
        }
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func folders(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
