public import Records
public import Storage

/// Why a channel cannot be read, or what it brought cannot be kept.
public enum ChannelError: Error, Equatable, Sendable {
    /// A file cannot be read.
    case unreadable(RecordError)
    /// The store cannot be used.
    case notKept(StorageError)

    /// The exit code of sysexits that fits, as of the error within.
    public var exitCode: Int32 {
        switch self {
        case .unreadable(let error): error.exitCode
        case .notKept(let error): error.exitCode
        }
    }
}

extension ChannelError: CustomStringConvertible {
    /// One line: what is wrong and where.
    public var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .notKept(let error): error.description
        }
    }
}

extension ChannelError {
    /// Runs what uses the store.
    static func keeping<Value>(_ body: () throws(StorageError) -> Value) throws(ChannelError) -> Value {
        do throws(StorageError) { return try body() } catch { throw .notKept(error) }
    }

    /// Runs what reads files.
    static func reading<Value>(_ body: () throws(RecordError) -> Value) throws(ChannelError) -> Value {
        do throws(RecordError) { return try body() } catch { throw .unreadable(error) }
    }
}
