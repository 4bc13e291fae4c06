/// Where a descriptor is, and where its files may be.
struct DatasetPlace {
    /// The path of the descriptor.
    let descriptor: String
    private let folder: String

    /// - Parameter path: The folder of the descriptor, or the descriptor itself.
    init(_ path: String) {
        let isDescriptor = path.hasSuffix(".json")
        descriptor = isDescriptor ? path : TicketDataset.join(path, "dataset.json")
        folder = isDescriptor ? TicketDataset.parent(path) : path
    }

    /// Finds the files of a data set; see ``TicketDataset`` for the places.
    ///
    /// - Throws: ``RecordError/missingFile(file:)`` for the first file that is nowhere.
    func files(
        _ names: [String], of dataset: String, environment: [String: String], workingDirectory: String = "."
    ) throws(RecordError) -> [String] {
        var folders = [folder]
        if let data = environment[TicketDataset.environmentKey], !data.isEmpty {
            folders.append(TicketDataset.join(data, dataset))
        }
        for root in [TicketDataset.join(folder, "../.."), workingDirectory] {
            let shared = TicketDataset.join(root, "../shared/data")
            folders.append(TicketDataset.join(shared, dataset))
            folders += TicketDataset.folders(in: shared).map {
                TicketDataset.join(TicketDataset.join(shared, $0), dataset)
            }
        }
        var files: [String] = []
        for name in names {
            let candidates = folders.map { TicketDataset.join($0, name) }
            guard let found = candidates.first(where: { RecordFile.exists(at: $0) }) else {
                throw .missingFile(file: TicketDataset.join(folder, name))
            }
            files.append(found)
        }
        return files
    }

    /// What is wrong with the name of a data set.
    static func fault(ofName name: String) -> String? {
        name.isEmpty || name.contains("/") || name.hasPrefix(".") ? "not a folder's name" : nil
    }

    /// What is wrong with the names of the files of a data set.
    static func fault(ofFiles files: [String]) -> String? {
        if files.isEmpty { return "no file is named" }
        let outside = files.first { $0.isEmpty || $0.hasPrefix("/") || $0.split(separator: "/").contains("..") }
        return outside.map { "\"\($0)\" is not below the folder of the data set" }
    }
}
