import Glibc

/// The function that takes the hazard of an interval, a probability, to the whole line.
public enum HazardLink: Sendable, Equatable, CaseIterable {
    /// `log(-log(1 - hazard))`: proportional hazards in continuous time, grouped; coefficients do not depend on the
    /// intervals.
    case complementaryLogLog
    /// `log(hazard / (1 - hazard))`: proportional odds in each interval.
    case logit

    /// The hazard of a linear predictor.
    public func hazard(_ predictor: Double) -> Double {
        switch self {
        case .complementaryLogLog: -expm1(-exp(predictor))
        case .logit: 1 / (1 + exp(-predictor))
        }
    }

    /// The linear predictor of a hazard between 0 and 1.
    func predictor(_ hazard: Double) -> Double {
        switch self {
        case .complementaryLogLog: log(-log1p(-hazard))
        case .logit: log(hazard) - log1p(-hazard)
        }
    }

    /// The log-likelihood of one interval, its slope, and minus its second derivative, observed and expected.
    func logTerm(_ predictor: Double, event: Bool) -> (value: Double, slope: Double, observed: Double, expected: Double)
    {
        switch self {
        case .complementaryLogLog:
            let rate = exp(predictor)
            guard rate.isFinite else { return (event ? 0 : -.infinity, 0, 0, 0) }
            let ratio = rate < 1e-300 ? 1 : rate / expm1(rate)
            let expected = rate * ratio
            guard event else { return (-rate, -rate, rate, expected) }
            // ratio + rate - 1 cancels for a small rate, where its series is exact.
            let excess = rate < 1e-2 ? rate / 2 + rate * rate / 12 * (1 - rate * rate / 60) : ratio + rate - 1
            return (log(-expm1(-rate)), ratio, ratio * excess, expected)
        case .logit:
            let probability = hazard(predictor)
            let curvature = probability * (1 - probability)
            let magnitude = log1p(exp(-abs(predictor)))
            let value = event ? min(predictor, 0) - magnitude : min(-predictor, 0) - magnitude
            return (value, (event ? 1 : 0) - probability, curvature, curvature)
        }
    }
}
