internal import Glibc

/// A folder of models, each with numbered versions that are never rewritten.
///
/// ```
/// <registry>/<model>/<version>/model.safetensors    the weights
///                              model.json           the description, with the checksums
///                              card.md              the model card
/// <registry>/<model>/current                        the number of the version in use
/// ```
///
/// `model.json` holds the keys of the body and, beside them, `formatVersion`, `kind`, `version`, `weightsSHA256` and
/// `descriptionSHA256`, the checksum of the file itself with that checksum written as 64 zeros. The folder's name, not
/// the description, says which version it is, so that an old version may be copied under a new number.
public struct ModelRegistry: Sendable {
    /// The format of model.json that this program reads and writes.
    public static let formatVersion = 2

    /// The path of the registry.
    let path: String

    /// The largest weights that are read or written, in bytes.
    static let largestWeights = 1 << 30
    /// The largest description that is read or written, in bytes.
    static let largestDescription = 1 << 26
    /// The largest file `current` that is read, in bytes.
    static let largestCurrent = 64

    /// Creates a registry at a path, which need not exist before the first model is stored.
    ///
    /// - Parameter path: The folder, absolute or from the working directory; for example `models`.
    public init(path: String) {
        self.path = path
    }

    /// Loads and verifies a version of a model.
    ///
    /// - Parameters:
    ///   - type: The body, which is decoded from the top level of model.json.
    ///   - model: The model's folder in the registry.
    ///   - kind: The kind that the model must be of.
    ///   - version: The number of the version; nil for the one in use.
    /// - Throws: ``ModelFileError`` with the path of the file: 66 when something is not there, 65 when it is damaged,
    ///   newer, or of another kind.
    /// - Complexity: O(*n*) for *n* bytes; each file is read once.
    public func load<Body>(
        _ type: Body.Type, model: String, kind: String, version: Int? = nil
    ) throws(ModelFileError) -> StoredModel<Body> {
        let folder = try self.folder(of: model)
        guard Self.isFolder(folder) else { throw .missingModel(path: folder) }
        let number: Int
        if let version {
            number = version
        } else if let current = try currentVersion(of: model) {
            number = current
        } else {
            throw .missingFile(file: "\(folder)/current")
        }
        guard number > 0, Self.isFolder("\(folder)/\(number)") else {
            throw .missingVersion(path: folder, version: number)
        }

        let descriptionFile = "\(folder)/\(number)/model.json"
        let description = try ModelDescription<Body>(
            decoding: StoredFile(path: descriptionFile).read(limit: Self.largestDescription), file: descriptionFile)
        guard description.kind == kind else {
            throw .otherKind(file: descriptionFile, kind: description.kind, expected: kind)
        }
        let weightsFile = "\(folder)/\(number)/model.safetensors"
        let weights = try StoredFile(path: weightsFile).read(limit: Self.largestWeights)
        let checksum = Checksum.sha256(weights)
        guard checksum == description.weightsSHA256 else {
            throw .checksumMismatch(file: weightsFile, found: checksum, expected: description.weightsSHA256)
        }
        let body: Body
        do {
            body = try description.body.get()
        } catch {
            throw .damagedDescription(file: descriptionFile, reason: ModelDescriptionFault.reason(error))
        }
        let tensors = try SafetensorsFile(decoding: weights, file: weightsFile).tensors
        return StoredModel(version: number, body: body, tensors: tensors)
    }

    /// The number of the version in use, or nil when the registry has no such model or none of its versions is in use.
    ///
    /// - Throws: ``ModelFileError/damagedCurrent(file:content:)`` when the file holds anything but a number from 1; or
    ///   as the file cannot be read.
    public func currentVersion(of model: String) throws(ModelFileError) -> Int? {
        let file = try "\(folder(of: model))/current"
        let bytes: [UInt8]
        do {
            bytes = try StoredFile(path: file).read(limit: Self.largestCurrent)
        } catch .missingFile {
            return nil
        }
        let content = String(decoding: bytes, as: UTF8.self)
        let line = content.hasSuffix("\n") ? content.dropLast() : content[...]
        guard let number = Self.versionNumber(line) else { throw .damagedCurrent(file: file, content: String(line)) }
        return number
    }

    /// The path of a model's folder.
    func folder(of model: String) throws(ModelFileError) -> String {
        // A name from outside must not lead out of the registry, nor to the hidden folders of unfinished versions.
        guard !model.isEmpty, !model.hasPrefix("."), !model.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 })
        else { throw .invalidName(model) }
        return "\(path)/\(model)"
    }

    /// The number that a name stands for: decimal digits without a leading zero, from 1; nil for any other name.
    static func versionNumber(_ name: some StringProtocol) -> Int? {
        guard name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), !name.hasPrefix("0")
        else {
            return nil
        }
        return Int(name)
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
