/// A log record that is still to be written.
struct LogLine {
    /// When it happens, in seconds since 1970 UTC.
    var time: Double
    /// The number of its statement.
    var statement: Int
    /// The index of its request; nil when no request led to it.
    var request: Int?
    /// The account that it is about where no request is.
    var account: Int?
    var deployment: Int
    /// The index of the trouble that caused it.
    var cause: Int?
    /// The index of its host in the deployment.
    var host: Int
    /// The status that it may report.
    var status: Int
}
