/// The sessions of a data set, apart for training and test.
public struct SessionDataset: Sendable {
    /// What the data set holds.
    public let descriptor: SessionDescriptor
    /// The paths of its files, in the order of the descriptor.
    public let files: [String]
    /// The sessions to learn from.
    public let training: [LogSession]
    /// The normal sessions of the test.
    public let normal: [LogSession]
    /// The anomalous sessions of the test.
    public let anomalous: [LogSession]

    /// Reads a data set.
    ///
    /// - Parameters:
    ///   - path: The folder of the descriptor, or the descriptor itself.
    ///   - environment: The variables of the environment.
    /// - Throws: ``RecordError``.
    public init(at path: String, environment: [String: String] = [:]) throws(RecordError) {
        let path = DatasetFolders.descriptor(at: path)
        guard let descriptor = try SessionDescriptor(json: RecordFile(reading: path)) else {
            throw .invalidDescriptor(file: path, key: "kind", reason: "not \(SessionDescriptor.kind)")
        }
        let folders = DatasetFolders(of: descriptor.name, descriptor: path, environment: environment)
        var paths: [String: String] = [:]
        for name in descriptor.files { paths[name] = try folders.path(of: name) }
        files = descriptor.files.compactMap { paths[$0] }
        self.descriptor = descriptor

        func read(_ names: [String]?, labels: SessionFile.Labels) throws(RecordError) -> [SessionFile.Row] {
            var rows: [SessionFile.Row] = []
            for name in names ?? [] {
                guard let path = paths[name] else { continue }
                let file = SessionFile(try RecordFile(reading: path), named: name)
                rows += try file.rows(descriptor.columns, labels: labels, window: descriptor.window)
            }
            return rows
        }
        if let roles = descriptor.roles {
            let labelled = try read(roles.labelled, labels: .needed)
            training = try read(roles.train, labels: .ignored).map(\.session)
            normal =
                try read(roles.normal, labels: .optional).filter { $0.isAnomalous != true }.map(\.session)
                + labelled.filter { $0.isAnomalous == false }.map(\.session)
            anomalous =
                try read(roles.anomalous, labels: .optional).filter { $0.isAnomalous != false }.map(\.session)
                + labelled.filter { $0.isAnomalous == true }.map(\.session)
        } else {
            let rows = try read(descriptor.files, labels: .needed)
            let test = rows[(rows.count / 2)...]
            training = rows[..<(rows.count / 2)].map(\.session)
            normal = test.filter { $0.isAnomalous == false }.map(\.session)
            anomalous = test.filter { $0.isAnomalous == true }.map(\.session)
        }
    }
}
