public import Records
internal import Statistics

/// The time of a stream of lines, each with the time of its own: the median of the last five, so that a clock that jumps moves nothing.
///
/// It never goes back.
public struct StreamClock: Sendable {
    private var last: [Double] = []
    private var place = 0

    /// The time; nil while no line has told one.
    public private(set) var now: Instant?

    private static let width = 5

    /// Creates a clock.
    ///
    /// - Parameter now: The time that it shows; nil for none yet.
    public init(at now: Instant? = nil) { self.now = now }

    /// Takes the time of the next line, in seconds since 1970 UTC.
    public mutating func take(_ seconds: Double) {
        if last.count < Self.width { last.append(seconds) } else { last[place] = seconds }
        place = (place + 1) % Self.width
        let median = last.upperMedian ?? seconds
        if now.map({ $0.seconds < median }) ?? true { now = Instant(seconds: median) }
    }
}
