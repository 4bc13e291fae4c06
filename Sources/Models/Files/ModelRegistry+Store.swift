internal import Glibc

extension ModelRegistry {
    /// Stores a new version of a model and puts it in use.
    ///
    /// The number is the one after the largest there is. The version is written under a hidden name beside the model's
    /// folder, pressed to the disk and renamed in one step; then `current` is replaced in one step. After a failure the
    /// registry is as it was before. Several programs may store at once: each gets a number of its own, and the last
    /// one is in use.
    ///
    /// - Parameters:
    ///   - body: The description. It must encode as a JSON object without the registry's own keys.
    ///   - tensors: The weights by name, each with as many values as its shape says.
    ///   - card: The model card, made from the version's number; asked again when another program takes that number.
    ///   - model: The model's folder in the registry.
    ///   - kind: The kind of the model, which loading asks for.
    /// - Returns: The number of the new version.
    /// - Throws: ``ModelFileError``: 73 when something cannot be created, 74 when it cannot be written, 65 when the
    ///   description has values that JSON has no form for.
    public func store<Body: Codable & Sendable>(
        _ body: Body, tensors: [String: Tensor], card: (Int) -> String, model: String, kind: String
    ) throws(ModelFileError) -> Int {
        let folder = try self.folder(of: model)
        let weights = SafetensorsFile(tensors: tensors).encoded()
        guard weights.count <= Self.largestWeights else {
            throw .tooLarge(file: "\(folder)/model.safetensors", bytes: weights.count, limit: Self.largestWeights)
        }
        let checksum = Checksum.sha256(weights)
        let created = try Self.createFolders(to: folder)
        do throws(ModelFileError) {
            let lock = Self.lock(folder)
            defer { close(lock) }
            return try put(model: model, weights: weights, card: card) { version throws(ModelFileError) in
                let file = "\(folder)/\(version)/model.json"
                let description = try ModelDescription(
                    body: body, kind: kind, version: version, weightsSHA256: checksum
                ).encoded(file: file)
                guard description.count <= Self.largestDescription else {
                    throw .tooLarge(file: file, bytes: description.count, limit: Self.largestDescription)
                }
                return description
            }
        } catch {
            // Only empty folders go, so what another program has put there meanwhile stays.
            for folder in created.reversed() { rmdir(folder) }
            throw error
        }
    }

    /// Writes the version under a hidden name and moves it into its place.
    private func put(
        model: String, weights: [UInt8], card: (Int) -> String,
        description: (Int) throws(ModelFileError) -> [UInt8]
    ) throws(ModelFileError) -> Int {
        let folder = "\(path)/\(model)"
        let hidden = try createHiddenFolder(for: model)
        defer { Self.remove(hidden) }
        let unfinished = "\(hidden)/version"
        try Self.createFolder(unfinished)
        try StoredFile(path: "\(unfinished)/model.safetensors").create(weights)
        var version = try Self.nextVersion(in: folder, after: 0)
        while true {
            let descriptionFile = "\(unfinished)/model.json"
            let cardFile = "\(unfinished)/card.md"
            let currentFile = "\(hidden)/current"
            try StoredFile(path: descriptionFile).create(description(version))
            try StoredFile(path: cardFile).create(Array(card(version).utf8))
            try StoredFile(path: currentFile).create(Array("\(version)\n".utf8))
            try Self.synchronize(unfinished)

            // A folder replaces no folder that has files in it: the system keeps versions from being rewritten.
            let place = "\(folder)/\(version)"
            if rename(unfinished, place) == 0 {
                do throws(ModelFileError) {
                    try Self.synchronize(folder)
                    try Self.replace("\(folder)/current", with: currentFile)
                } catch {
                    _ = rename(place, unfinished)
                    throw error
                }
                // The version is in use by now; a failure here would say otherwise.
                try? Self.synchronize(folder)
                return version
            }
            guard errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR else {
                throw .cannotCreate(path: place, code: errno)
            }
            version = try Self.nextVersion(in: folder, after: version)
            for file in [descriptionFile, cardFile, currentFile] { unlink(file) }
        }
    }

    /// The number after the largest that any entry of a folder has, and after `taken`.
    private static func nextVersion(in folder: String, after taken: Int) throws(ModelFileError) -> Int {
        let largest = try names(in: folder).compactMap { versionNumber($0) }.reduce(taken, max)
        let (next, overflow) = largest.addingReportingOverflow(1)
        guard !overflow else { throw .cannotCreate(path: "\(folder)/\(largest)", code: EOVERFLOW) }
        return next
    }
}
