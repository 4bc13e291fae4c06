internal import FoundationEssentials

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
    ///   - shuffle: Puts the places of the training sessions in a random order; the first of them are held out.
    /// - Throws: ``RecordError``.
    public init(
        at path: String, environment: [String: String] = [:], shuffle: ([Int]) -> [Int]
    ) throws(RecordError) {
        let place = DatasetPlace(path)
        let file = try RecordFile(reading: place.descriptor)
        let descriptor = try Self.descriptor(file)
        files = try place.files(descriptor.files, of: descriptor.name, environment: environment)
        self.descriptor = descriptor
        let paths = Dictionary(zip(descriptor.files, files)) { first, _ in first }
        let columns = descriptor.columns
        func read(_ names: [String]?, labelled: Bool = false) throws(RecordError) -> [SessionFile.Row] {
            var rows: [SessionFile.Row] = []
            for name in names ?? [] {
                guard let path = paths[name] else {
                    throw .invalidDescriptor(
                        file: place.descriptor, key: "roles", reason: "\"\(name)\" is not among the files")
                }
                rows += try SessionFile(RecordFile(reading: path), named: name).rows(columns, labelled: labelled)
            }
            return rows
        }
        let roles = descriptor.roles
        let given = try read(roles.train).map(\.session)
        let order = shuffle(Array(given.indices))
        let held = Int((roles.heldOut ?? 0) * Double(given.count))
        let labelled = try read(roles.labelled, labelled: true)
        training = order.dropFirst(held).sorted().map { given[$0] }
        normal =
            try read(roles.normal).map(\.session) + order.prefix(held).sorted().map { given[$0] }
            + labelled.filter { !$0.isAnomalous }.map(\.session)
        anomalous =
            try read(roles.anomalous).map(\.session) + labelled.filter(\.isAnomalous).map(\.session)
    }

    private static func descriptor(_ file: RecordFile) throws(RecordError) -> SessionDescriptor {
        func refuse(_ key: String, _ reason: String) -> RecordError {
            .invalidDescriptor(file: file.path, key: key, reason: reason)
        }
        guard !file.bytes.isEmpty else { throw .emptyFile(file: file.path) }
        let descriptor: SessionDescriptor
        do {
            descriptor = try JSONDecoder().decode(SessionDescriptor.self, from: Data(file.bytes))
        } catch let error as DecodingError {
            throw DatasetDescriptor.error(error, in: file.path)
        } catch {
            throw refuse("", "not JSON")
        }
        if let fault = DatasetPlace.fault(ofName: descriptor.name) { throw refuse("name", fault) }
        if let fault = DatasetPlace.fault(ofFiles: descriptor.files) { throw refuse("files", fault) }
        if descriptor.roles.train.isEmpty { throw refuse("roles.train", "no file is named") }
        if let share = descriptor.roles.heldOut, !(0..<1 ~= share) {
            throw refuse("roles.heldOut", "\(share) is not from 0 to less than 1")
        }
        if let share = descriptor.prevalence, !(share > 0 && share < 1) {
            throw refuse("prevalence", "\(share) is not between 0 and 1")
        }
        return descriptor
    }
}
