/// Why records could not be read.
public enum RecordError: Error, Equatable, Sendable {
    /// There is no such file, nor in the other places where it was looked for.
    case missingFile(file: String, others: [String] = [])
    /// The path is a folder or a device, not a file.
    case notAFile(file: String)
    /// The system refused to open or read the file.
    case unreadable(file: String, reason: String)
    /// The file has no header or no line at all.
    case emptyFile(file: String)
    /// A column is named in the descriptor and not in the header of the file.
    case unknownColumn(file: String, column: String, present: [String])
    /// A wanted column stands twice in the header.
    case repeatedColumn(file: String, column: String)
    /// A dataset descriptor says something that cannot be followed; `key` is the key in the file.
    case invalidDescriptor(file: String, key: String, reason: String)
    /// A business calendar says something that cannot be followed; `key` is the key in the file.
    case invalidCalendar(file: String, key: String, reason: String)
    /// Rules of redaction say something that cannot be followed; `key` is the key in the file.
    case invalidRules(file: String, key: String, reason: String)
    /// The key of a redactor is too short; `source` is its file or its variable.
    case shortKey(source: String, bytes: Int)
    /// No time zone has that name.
    case unknownZone(String)
    /// A row is wrong.
    case invalidRow(RowFault)
}

extension RecordError: CustomStringConvertible {
    /// One line: what is wrong and where.
    public var description: String {
        switch self {
        case .missingFile(let file, let others):
            "\(file): no such file" + (others.isEmpty ? "" : ", nor in \(others.joined(separator: " or "))")
        case .notAFile(let file): "\(file): not a file"
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .emptyFile(let file): "\(file): the file is empty"
        case .unknownColumn(let file, let column, let present):
            "\(file):1: field \"\(column)\": no such column; there are \(present.joined(separator: ", "))"
        case .repeatedColumn(let file, let column): "\(file):1: field \"\(column)\": the header has it twice"
        case .invalidDescriptor(let file, let key, let reason), .invalidCalendar(let file, let key, let reason),
            .invalidRules(let file, let key, let reason):
            "\(file): key \"\(key)\": \(reason)"
        case .shortKey(let source, let bytes):
            "\(source): the key has \(bytes) bytes, and needs \(Redactor.leastKeyBytes)"
        case .unknownZone(let name): "no time zone is named \"\(name)\""
        case .invalidRow(let fault): fault.description
        }
    }
}
