import Glibc

/// A one-parameter exponential family with its canonical link, one observation at a time.
protocol ResponseFamily {
    /// A first guess of the linear predictor of a response.
    func startingPredictor(_ response: Double) -> Double

    /// The log-likelihood without its constant, the response less its mean, and the variance.
    func evaluate(_ response: Double, at predictor: Double) -> (value: Double, residual: Double, variance: Double)
}

/// A share of successes between 0 and 1 with the logit link.
struct BinomialResponse: ResponseFamily {
    func startingPredictor(_ response: Double) -> Double { log((response + 0.5) / (1.5 - response)) }

    func evaluate(_ response: Double, at predictor: Double) -> (value: Double, residual: Double, variance: Double) {
        // From exp(-|η|) both tails keep all their digits, which a probability near 1 has lost.
        let tail = exp(-abs(predictor))
        let near = 1 / (1 + tail)
        let far = tail / (1 + tail)
        let success = predictor >= 0 ? near : far
        let failure = predictor >= 0 ? far : near
        let value = response * min(predictor, 0) - (1 - response) * max(predictor, 0) - log1p(tail)
        return (value, response * failure - (1 - response) * success, near * far)
    }
}

/// A count with the logarithm as link.
struct PoissonResponse: ResponseFamily {
    func startingPredictor(_ response: Double) -> Double { log(response + 0.1) }

    func evaluate(_ response: Double, at predictor: Double) -> (value: Double, residual: Double, variance: Double) {
        let mean = exp(predictor)
        return (response * predictor - mean, response - mean, mean)
    }
}
