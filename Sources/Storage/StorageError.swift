/// Why a store cannot be used.
public enum StorageError: Error, Equatable, Sendable {
    /// The file cannot be opened, or what it says cannot be understood.
    case unusable(file: String, reason: String)
    /// The file was written by a later version of this program.
    case newer(file: String)
    /// Another process is writing into the store.
    case busy(file: String)
    /// A write or read failed; nothing of it was kept.
    case failed(file: String, reason: String)
}

extension StorageError: CustomStringConvertible {
    /// One line: what is wrong and where.
    public var description: String {
        switch self {
        case .unusable(let file, let reason): "\(file): not a usable store: \(reason)"
        case .newer(let file): "\(file): the store was written by a later version of this program"
        case .busy(let file): "\(file): another process is writing into the store"
        case .failed(let file, let reason): "\(file): \(reason)"
        }
    }
}
