internal import CDispatch
internal import FoundationEssentials
internal import Glibc

/// Where a secret is to be found: never in the file of descriptions itself.
public enum Secret: Sendable, Hashable {
    /// In a variable of the environment.
    case environment(String)
    /// In a file that only its owner may read (mode 0600 or less).
    case file(String)

    /// Reads it.
    ///
    /// - Parameter environment: The environment.
    /// - Throws: ``DescriptionError`` when it is not there, is empty, or others may read the file.
    public func value(in environment: [String: String]) throws(DescriptionError) -> String {
        switch self {
        case .environment(let name):
            // Whoever sets it from a file may have brought its line end along.
            let value = environment[name]?.trimmed ?? ""
            guard !value.isEmpty else { throw DescriptionError("the variable \(name) is not set") }
            return value
        case .file(let path):
            var status = stat()
            guard stat(path, &status) == 0 else { throw DescriptionError("\(path): no such file") }
            guard status.st_mode & 0o077 == 0 else {
                throw DescriptionError("\(path): others than its owner may read it; its mode must be 0600")
            }
            guard let data = FileManager.default.contents(atPath: path), data.count <= 65_536 else {
                throw DescriptionError("\(path): cannot be read")
            }
            let value = String(decoding: data, as: UTF8.self).trimmed
            guard !value.isEmpty else { throw DescriptionError("\(path): is empty") }
            return value
        }
    }
}

/// What is wrong with a description of systems.
public struct DescriptionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
