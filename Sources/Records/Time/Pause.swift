/// A time during which a ticket's clock stands still, for instance while it waits for the customer.
public struct Pause: Sendable, Equatable {
    /// When the clock stops.
    public var start: Instant
    /// When it goes on; nil while it is stopped.
    public var end: Instant?

    /// Creates a pause; one that ends before it starts is none.
    public init(start: Instant, end: Instant?) {
        self.start = start
        self.end = end
    }

    /// The pauses as spans that do not overlap, in the order of time.
    static func merged(_ pauses: [Pause]) -> [Span] {
        var merged: [Span] = []
        let spans = pauses.map { Span(start: $0.start.seconds, end: $0.end?.seconds ?? .infinity) }
        for span in spans.filter({ $0.start < $0.end }).sorted(by: { $0.start < $1.start }) {
            if let last = merged.last, span.start <= last.end {
                merged[merged.count - 1].end = max(last.end, span.end)
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}

/// From one second since 1970 UTC to another.
struct Span: Equatable {
    var start: Double
    var end: Double
}
