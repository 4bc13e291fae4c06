internal import Glibc

/// Why a model could not be loaded or stored.
///
/// Payloads named `code` are the system's error numbers (`errno`).
public enum ModelFileError: Error, Equatable, Sendable {
    /// The registry has no such model.
    case missingModel(path: String)
    /// The model has no such version.
    case missingVersion(path: String, version: Int)
    /// A file of the version, or the number in use, is not there.
    case missingFile(file: String)
    /// The system refused to open a file.
    case unreadable(file: String, code: Int32)
    /// The system failed while a file was read.
    case readFailed(file: String, code: Int32)
    /// A name that cannot be a folder of the registry: empty, beginning with a point, or with a slash in it.
    case invalidName(String)
    /// Something other than a file stands in a file's place.
    case notAFile(file: String)
    /// A file is larger than any that the registry holds.
    case tooLarge(file: String, bytes: Int, limit: Int)
    /// The file `current` does not hold the number of a version.
    case damagedCurrent(file: String, content: String)
    /// The description is not JSON, lacks a key, or does not match its checksum.
    case damagedDescription(file: String, reason: String)
    /// The description is of a format that is newer than this program.
    case newerFormat(file: String, formatVersion: Int, known: Int)
    /// The model is of another kind than the one asked for.
    case otherKind(file: String, kind: String, expected: String)
    /// The weights do not match the checksum in the description.
    case checksumMismatch(file: String, found: String, expected: String)
    /// The weights break the rules of their layout.
    case damagedWeights(file: String, SafetensorsFault)
    /// The description has a value that JSON has no form for, such as a number that is not finite.
    case unwritableDescription(file: String, reason: String)
    /// The system refused to create a file or folder, or to put it in its place.
    case cannotCreate(path: String, code: Int32)
    /// The system failed while a file was written.
    case cannotWrite(file: String, code: Int32)
}

extension ModelFileError {
    /// The exit code of sysexits.h that fits: 65 data, 66 no input, 73 cannot create, 74 input or output.
    public var exitCode: Int32 {
        switch self {
        case .missingModel, .missingVersion, .missingFile, .unreadable: 66
        case .invalidName, .notAFile, .tooLarge, .damagedCurrent, .damagedDescription, .newerFormat, .otherKind,
            .checksumMismatch, .damagedWeights, .unwritableDescription:
            65
        case .cannotCreate: 73
        case .readFailed, .cannotWrite: 74
        }
    }
}

extension ModelFileError: CustomStringConvertible {
    /// One line: what is wrong and where.
    public var description: String {
        switch self {
        case .missingModel(let path): "\(path): no such model"
        case .missingVersion(let path, let version): "\(path): there is no version \(version)"
        case .missingFile(let file): "\(file): no such file"
        case .unreadable(let file, let code): "\(file): cannot be opened: \(Self.reason(code))"
        case .readFailed(let file, let code): "\(file): cannot be read: \(Self.reason(code))"
        case .invalidName(let name): "\"\(name)\" cannot be the name of a model"
        case .notAFile(let file): "\(file): not a file"
        case .tooLarge(let file, let bytes, let limit): "\(file): \(bytes) bytes, the limit is \(limit)"
        case .damagedCurrent(let file, let content): "\(file): \"\(content)\" is not the number of a version"
        case .damagedDescription(let file, let reason): "\(file): damaged: \(reason)"
        case .newerFormat(let file, let formatVersion, let known):
            "\(file): format version \(formatVersion) is newer than this program, which reads \(known)"
        case .otherKind(let file, let kind, let expected):
            "\(file): a model of kind \"\(kind)\", expected \"\(expected)\""
        case .checksumMismatch(let file, let found, let expected):
            "\(file): damaged: its SHA-256 is \(found), model.json says \(expected)"
        case .damagedWeights(let file, let fault): "\(file): damaged: \(fault)"
        case .unwritableDescription(let file, let reason): "\(file): cannot be expressed: \(reason)"
        case .cannotCreate(let path, let code): "\(path): cannot be created: \(Self.reason(code))"
        case .cannotWrite(let file, let code): "\(file): cannot be written: \(Self.reason(code))"
        }
    }

    private static func reason(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
