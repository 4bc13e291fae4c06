/// What a window of a log is.
public enum LogWindow: Sendable, Hashable {
    /// So many records in a row, at least 1.
    case records(Int)
    /// The records of so many minutes, at least 1, counted from 1970 UTC.
    case minutes(Int)
}
