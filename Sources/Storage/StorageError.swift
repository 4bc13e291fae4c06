/// Why a store cannot be used.
public enum StorageError: Error, Equatable, Sendable {
    /// There is no such store.
    case missing(file: String)
    /// The file cannot be opened, or what it says cannot be understood.
    case unusable(file: String, reason: String)
    /// Bytes of the file were changed from outside.
    case damaged(file: String, reason: String)
    /// The file was written by a later version of this program.
    case newer(file: String)
    /// The file was written by an earlier version of this program, and was opened for reading only.
    case older(file: String)
    /// Another process is writing into the store, or reads it while it must be alone.
    case busy(file: String)
    /// The file or its folder may not be written.
    case readOnly(file: String)
    /// There is no room for what was to be kept; nothing of it was.
    case full(file: String)
    /// A write or read failed; nothing of it was kept.
    case failed(file: String, reason: String)
    /// What was asked for is sealed, and no key was given.
    case noKey(file: String)
    /// The store was sealed with another key.
    case wrongKey(file: String)
    /// The store holds nothing of that kind with that id.
    case unknown(file: String, kind: String, id: String)
    /// The store holds something of that kind with that id, which cannot be rewritten and says something else.
    case different(file: String, kind: String, id: String)
}

extension StorageError: CustomStringConvertible {
    /// One line: what is wrong and where.
    public var description: String {
        switch self {
        case .missing(let file): "\(file): no such store"
        case .unusable(let file, let reason): "\(file): not a usable store: \(reason)"
        case .damaged(let file, let reason): "\(file): the store is damaged: \(reason)"
        case .newer(let file): "\(file): the store was written by a later version of this program"
        case .older(let file):
            "\(file): the store was written by an earlier version of this program; `casebook check` brings it up to date"
        case .busy(let file): "\(file): another process is writing into the store, or reads it"
        case .readOnly(let file): "\(file): the file or its folder may not be written"
        case .full(let file): "\(file): there is no room left; nothing was kept"
        case .failed(let file, let reason): "\(file): \(reason)"
        case .noKey(let file): "\(file): names in the store are sealed, and no key was given"
        case .wrongKey(let file): "\(file): the store was sealed with another key"
        case .unknown(let file, let kind, let id): "\(file): no \(kind) \"\(id)\""
        case .different(let file, let kind, let id):
            "\(file): \(kind) \"\(id)\" is kept with other content, and is never rewritten"
        }
    }

    /// The exit code of sysexits that fits: 66 where there is no store, 65 where its content is wrong, 73 where nothing may
    /// be written, 75 where a later try may succeed, 78 where the key is wrong, else 74.
    public var exitCode: Int32 {
        switch self {
        case .missing, .unknown: 66
        case .damaged, .newer, .older, .different: 65
        case .readOnly: 73
        case .busy: 75
        case .noKey, .wrongKey: 78
        case .unusable, .full, .failed: 74
        }
    }
}
