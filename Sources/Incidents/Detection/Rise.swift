/// A stretch of time in which a signature came more often in a scope than its past explains.
struct Rise {
    var signature: Int32
    var scope: Traffic.Scope
    /// The time of its first line, in seconds since 1970 UTC.
    var start: Double
    /// When the lines up to then were enough to tell.
    var detectedAt: Double
    /// The time of its last line.
    var end: Double
    /// Its lines.
    var count: Double
    /// The lines that the past led to expect.
    var expected: Double
}
