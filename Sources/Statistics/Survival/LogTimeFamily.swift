import Glibc

/// The distribution of a time, named by the error W of its logarithm in units of the scale.
public enum LogTimeFamily: Sendable, Equatable, CaseIterable {
    /// W follows the smallest extreme value distribution; the shape of the Weibull distribution is one over the scale.
    case weibull
    /// W is standard normal.
    case logNormal
    /// W is standard logistic; the shape of the log-logistic distribution is one over the scale.
    case logLogistic

    /// The probability that W exceeds `w`.
    public func survival(_ w: Double) -> Double {
        switch self {
        case .weibull: exp(-exp(w))
        case .logNormal: Normal.standard.survival(w)
        case .logLogistic: 1 / (1 + exp(w))
        }
    }

    /// The value that W does not exceed with a probability, which lies between 0 and 1.
    public func quantile(_ probability: Double) -> Double {
        switch self {
        case .weibull: log(-log1p(-probability))
        case .logNormal: Normal.standard.quantile(probability)
        case .logLogistic: log(probability) - log1p(-probability)
        }
    }

    /// The logarithm of the density of W (event) or of its survival (censored), with two derivatives.
    func logTerm(_ w: Double, event: Bool) -> (value: Double, first: Double, second: Double) {
        switch self {
        case .weibull:
            let hazard = exp(w)
            return event ? (w - hazard, 1 - hazard, -hazard) : (-hazard, -hazard, -hazard)
        case .logNormal:
            if event { return (-0.5 * (w * w + log(2 * Double.pi)), -w, -1) }
            let ratio = Normal.inverseMillsRatio(w)
            return (Normal.standard.logSurvival(w), -ratio, -ratio * (ratio - w))
        case .logLogistic:
            let probability = 1 / (1 + exp(-w))
            let logSurvival = w > 0 ? -w - log1p(exp(-w)) : -log1p(exp(w))
            let curvature = probability * (1 - probability)
            return event
                ? (w + 2 * logSurvival, 1 - 2 * probability, -2 * curvature) : (logSurvival, -probability, -curvature)
        }
    }
}
