/// What a change did to the counts of a group.
public struct FittedPlaceboContrast: Sendable, Equatable {
    /// The periods since the change that were looked at: not those of an outbreak that was running.
    public let periods: Int
    /// The counts in them.
    public let observed: Int
    /// The rate by what it would have been without the change.
    public let rateRatio: IntervalEstimate
    /// The counts that would have come without it.
    public let expected: IntervalEstimate
    /// The stretches in which nothing was done that it was held against.
    public let placebos: Int
    /// The least relative change worth naming.
    public let leastWorthNaming: Double

    /// The share of the counts that the change took away: 1 minus ``rateRatio``, below 0 for more counts.
    public var reduction: IntervalEstimate {
        IntervalEstimate(
            1 - rateRatio.value, in: 1 - rateRatio.interval.upperBound...1 - rateRatio.interval.lowerBound)
    }

    /// The counts that did not come because of the change: ``expected`` less ``observed``.
    public var avoided: IntervalEstimate {
        let observed = Double(observed)
        return IntervalEstimate(
            expected.value - observed,
            in: expected.interval.lowerBound - observed...expected.interval.upperBound - observed)
    }

    /// What can be said; where nothing was counted, nothing can have been brought about.
    public var verdict: EffectVerdict {
        let verdict = EffectVerdict(reduction: reduction.interval, leastWorthNaming: leastWorthNaming)
        return observed == 0 && verdict == .harmed ? .cannotTell : verdict
    }
}
