internal import Glibc
public import LinearAlgebra

/// The rows of a hazard model: covariates and what was seen of each row until now.
public struct HazardSample: Sendable {
    /// The covariates, one row a subject.
    public let design: MixedMatrix
    /// The age in ln(1 + hours) at the event, or when last seen without one.
    public let logAges: [Double]
    /// Whether the event was seen at that age.
    public let events: [Bool]
    /// When each subject entered, in days of any origin.
    public let entryDays: [Double]
    /// The present, in days of the same origin.
    public let now: Double

    /// Creates a sample; all arrays have one element a row of the design.
    public init(design: MixedMatrix, logAges: [Double], events: [Bool], entryDays: [Double], now: Double) {
        precondition(
            logAges.count == design.rows && events.count == design.rows && entryDays.count == design.rows,
            "one age, event and entry a row")
        self.design = design
        self.logAges = logAges
        self.events = events
        self.entryDays = entryDays
        self.now = now
    }

    /// How long ago each row was last seen, in days, at least 0.
    var daysSinceLastSeen: [Double] {
        (0..<logAges.count).map { max(0, now - entryDays[$0] - expm1(logAges[$0]) / 24) }
    }
}
