import Glibc

extension RandomNumberGenerator {
    /// A draw from the Poisson distribution; a mean of zero gives zero.
    ///
    /// O(mean) words below a mean of 10, O(1) above.
    ///
    /// Source: multiplication of uniforms below 10; above, W. Hörmann, "The transformed rejection method for generating
    /// Poisson random variables", Insurance: Mathematics and Economics 12 (1993), algorithm PTRS,
    /// doi:10.1016/0167-6687(93)90997-4.
    ///
    /// - Parameter mean: from 0 to 1e15, where counts are still exact.
    public mutating func poisson(mean: Double) -> Int {
        precondition(mean >= 0 && mean <= 1e15, "the mean of a Poisson draw lies between 0 and 1e15")
        guard mean >= 10 else {
            let limit = exp(-mean)
            var product = uniform()
            var count = 0
            while product > limit {
                product *= uniform()
                count += 1
            }
            return count
        }
        let logMean = log(mean)
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let squeeze = 0.9277 - 3.6224 / (b - 2)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let distance = 0.5 - abs(u)
            let candidate = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
            if distance >= 0.07, v <= squeeze { return Int(candidate) }
            if candidate < 0 || (distance < 0.013 && v > distance) { continue }
            let accepted = log(v * inverseAlpha / (a / (distance * distance) + b))
            if accepted <= candidate * logMean - mean - lgamma(candidate + 1).0 { return Int(candidate) }
        }
    }

    /// A draw from the negative binomial distribution with variance `mean + mean * mean / size`.
    ///
    /// A Poisson draw whose mean is a gamma draw of shape `size`.
    ///
    /// - Parameters:
    ///   - mean: zero or more.
    ///   - size: above zero (the `size` of R); the larger, the closer to Poisson.
    public mutating func negativeBinomial(mean: Double, size: Double) -> Int {
        guard mean > 0 else { return 0 }
        return poisson(mean: gamma(shape: size, scale: mean / size))
    }

    /// An index of `weights`, drawn with probability proportional to its weight.
    ///
    /// O(count).
    ///
    /// - Parameter weights: zero or more each, at least one above zero.
    public mutating func categorical(weights: [Double]) -> Int {
        let total = weights.reduce(0, +)
        precondition(total > 0 && total.isFinite, "weights must have a finite sum above zero")
        var rest = uniform() * total
        var chosen = 0
        for (index, weight) in weights.enumerated() where weight > 0 {
            chosen = index
            rest -= weight
            if rest < 0 { break }
        }
        return chosen
    }
}
