/// What can be said of a change whose effect on counts is known within an interval.
///
/// An interval is narrow enough to be of use when it tells the direction, or when it lies within the least effect worth naming on either side of none.
/// One that holds both no effect and one worth naming is too wide, and nothing is said yet.
public enum EffectVerdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// Fewer counts than without the change.
    case helped
    /// More counts than without the change.
    case harmed
    /// Too small an effect to be worth naming, whichever way.
    case noEffect
    /// The interval is too wide.
    case cannotTell

    /// The verdict on an interval of the relative reduction: 1 when nothing is left, below 0 for more counts.
    ///
    /// - Parameters:
    ///   - reduction: The interval.
    ///   - least: The least reduction or increase worth naming, above 0.
    public init(reduction: ClosedRange<Double>, leastWorthNaming least: Double) {
        if reduction.lowerBound > 0 {
            self = .helped
        } else if reduction.upperBound < 0 {
            self = .harmed
        } else if reduction.lowerBound >= -least, reduction.upperBound <= least {
            self = .noEffect
        } else {
            self = .cannotTell
        }
    }
}
