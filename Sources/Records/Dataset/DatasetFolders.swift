internal import Glibc

/// The places where the files of a data set may be.
///
/// Each file is looked for beside the descriptor, then in `$CASEBOOK_DATA/<name>/`, then in `../shared/data/<name>/`
/// and `../shared/data/*/<name>/` as seen from the repository (the folder above `datasets/`) and from the working
/// directory.
public struct DatasetFolders: Sendable {
    /// The variable of the environment that names a folder of data sets.
    public static let environmentKey = "CASEBOOK_DATA"

    private let folders: [String]
    /// What an error says of the places besides the first one.
    private let others: [String]

    /// Lists the places.
    ///
    /// - Parameters:
    ///   - name: The name of the data set.
    ///   - descriptor: The path of its descriptor.
    ///   - environment: The variables of the environment.
    ///   - workingDirectory: Where relative paths start.
    public init(
        of name: String, descriptor: String, environment: [String: String] = [:], workingDirectory: String = "."
    ) {
        let folder = Self.parent(descriptor)
        var folders = [folder]
        if let data = environment[Self.environmentKey], !data.isEmpty { folders.append(Self.join(data, name)) }
        for root in [Self.join(folder, "../.."), workingDirectory] {
            let shared = Self.join(root, "../shared/data")
            folders.append(Self.join(shared, name))
            folders += Self.folders(in: shared).map { Self.join(Self.join(shared, $0), name) }
        }
        self.folders = folders
        others = ["$\(Self.environmentKey)/\(name)", "../shared/data"]
    }

    /// The path of the descriptor, given itself or its folder.
    public static func descriptor(at path: String) -> String {
        path.hasSuffix(".json") ? path : join(path, "dataset.json")
    }

    /// The path of a file of the data set.
    ///
    /// - Throws: ``RecordError/missingFile(file:others:)`` when it is nowhere.
    public func path(of file: String) throws(RecordError) -> String {
        let candidates = folders.map { Self.join($0, file) }
        guard let found = candidates.first(where: { RecordFile.exists(at: $0) }) else {
            throw .missingFile(file: candidates.first ?? file, others: others)
        }
        return found
    }

    /// The names in a folder, hidden ones apart, in the order of their bytes; empty when there is no such folder.
    public static func folders(in path: String) -> [String] {
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

    private static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
