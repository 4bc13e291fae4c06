import Glibc

/// What is usual of the ratios of observed and expected counts of many things: a mixture of two gamma distributions, fitted to all of them.
///
/// A count N of which E was expected is Poisson with mean λE, and λ is drawn from the mixture. So the ratio of a thing with few counts shrinks to
/// what is usual, and that of one with many stays as it is.
///
/// Source: W. DuMouchel, "Bayesian data mining in large frequency tables", The American Statistician 53 (1999),
/// doi:10.1080/00031305.1999.10474456.
public struct GammaMixturePrior: Sendable {
    /// The shapes of both parts, above 0.
    public let shapes: (Double, Double)
    /// Their rates, above 0.
    public let rates: (Double, Double)
    /// The share of the first part, above 0 and below 1.
    public let share: Double

    /// What is believed of the ratio of one thing.
    public struct Posterior: Sendable {
        /// The probability of the first part.
        public let firstShare: Double
        /// The geometric mean of the ratio (EBGM).
        public let geometricMean: Double
        /// The variance of the logarithm of the ratio.
        public let logVariance: Double
        fileprivate let gammas: (Gamma, Gamma)

        /// The ratio below which it lies with a probability above 0 and below 1, by bisection.
        public func quantile(_ probability: Double) -> Double {
            var low = 0.0
            var high = 1.0
            while cumulative(high) < probability, high < 1e300 { high *= 2 }
            for _ in 0..<200 {
                let middle = (low + high) / 2
                if middle <= low || middle >= high { break }
                if cumulative(middle) < probability { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }

        /// The probability that the ratio is at most `ratio`.
        public func cumulative(_ ratio: Double) -> Double {
            firstShare * gammas.0.cumulative(ratio) + (1 - firstShare) * gammas.1.cumulative(ratio)
        }
    }

    /// Takes the parameters.
    ///
    /// - Throws: A ``DistributionError`` for a parameter that is not above 0, or a share that is not between 0 and 1.
    public init(shapes: (Double, Double), rates: (Double, Double), share: Double) throws(DistributionError) {
        try DistributionError.check(positive: shapes.0, "shape")
        try DistributionError.check(positive: shapes.1, "shape")
        try DistributionError.check(positive: rates.0, "rate")
        try DistributionError.check(positive: rates.1, "rate")
        try DistributionError.check(positive: share, "share")
        try DistributionError.check(positive: 1 - share, "share")
        self.shapes = shapes
        self.rates = rates
        self.share = share
    }

    /// Fits the mixture by maximum likelihood.
    ///
    /// Expectation and maximisation, each maximisation by Newton's method on the shape with the rate that belongs to it, from several starts.
    ///
    /// - Parameters:
    ///   - observed: The counts.
    ///   - expected: What was expected of each, above 0.
    /// - Returns: nil when there are fewer than two things or nothing was counted.
    /// - Complexity: O(things) an iteration, at most 200 from each of four starts.
    public init?(observed: [Double], expected: [Double]) {
        let all = zip(observed, expected).filter { $0.1 > 0 && $0.0 >= 0 && $0.0.isFinite && $0.1.isFinite }
        let mean = all.reduce(0) { $0 + $1.0 } / max(1e-12, all.reduce(0) { $0 + $1.1 })
        guard all.count >= 2, mean > 0 else { return nil }
        let things = Self.squashed(all)
        var best: (likelihood: Double, prior: GammaMixturePrior)?
        for (first, second, share) in [(0.2, 2.0, 0.1), (0.5, 4, 0.3), (1, 1.5, 0.5), (2, 10, 0.05)] {
            guard
                let start = try? GammaMixturePrior(
                    shapes: (first, second), rates: (first / (4 * mean), second / mean), share: share),
                let found = start.ascended(things), best.map({ found.likelihood > $0.likelihood }) ?? true
            else { continue }
            best = found
        }
        guard let best else { return nil }
        self = best.prior
    }

    /// This mixture with the share that fits some things best, its shapes and rates held.
    ///
    /// - Parameters:
    ///   - observed: The counts, at least 0.
    ///   - expected: What was expected of each, above 0.
    ///   - weight: How many things the share counts for as it was before, at least 0.
    /// - Complexity: O(things) an iteration of expectation and maximisation, at most 200.
    public func withShare(observed: [Double], expected: [Double], weight: Double) -> GammaMixturePrior {
        let odds = zip(observed, expected).map { observed, expected in
            exp(
                Self.logProbability(observed, expected, shapes.1, rates.1)
                    - Self.logProbability(observed, expected, shapes.0, rates.0))
        }
        var found = share
        for _ in 0..<200 {
            let first = odds.reduce(0) { $0 + found / (found + (1 - found) * $1) }
            let next = (first + weight * share) / (Double(odds.count) + weight)
            let isStill = abs(next - found) < 1e-9
            found = min(max(next, 1e-6), 1 - 1e-6)
            if isStill { break }
        }
        return (try? GammaMixturePrior(shapes: shapes, rates: rates, share: found)) ?? self
    }

    /// What is believed of a thing.
    ///
    /// - Parameters:
    ///   - observed: Its count, at least 0.
    ///   - expected: What was expected, at least 0.
    public func posterior(observed: Double, expected: Double) -> Posterior? {
        let odds =
            log(share) + Self.logProbability(observed, expected, shapes.0, rates.0)
            - log1p(-share) - Self.logProbability(observed, expected, shapes.1, rates.1)
        let first = 1 / (1 + exp(-odds))
        guard let one = try? Gamma(shape: shapes.0 + observed, scale: 1 / (rates.0 + expected)),
            let other = try? Gamma(shape: shapes.1 + observed, scale: 1 / (rates.1 + expected))
        else { return nil }
        let means = (Digamma.value(one.shape) + log(one.scale), Digamma.value(other.shape) + log(other.scale))
        let mean = first * means.0 + (1 - first) * means.1
        let within = first * Digamma.slope(one.shape) + (1 - first) * Digamma.slope(other.shape)
        let between = first * (1 - first) * (means.0 - means.1) * (means.0 - means.1)
        return Posterior(
            firstShare: first, geometricMean: exp(mean), logVariance: within + between, gammas: (one, other))
    }

    /// The logarithm of the negative binomial probability of a count whose ratio is drawn from one part.
    private static func logProbability(_ n: Double, _ expected: Double, _ shape: Double, _ rate: Double) -> Double {
        lgamma(n + shape).0 - lgamma(shape).0 - lgamma(n + 1).0 + shape * log(rate / (rate + expected))
            + (n > 0 ? n * log(expected / (rate + expected)) : 0)
    }

    /// No part is narrower than a tenth of its mean: things that seem to be all alike would leave no count large enough to tell otherwise.
    private static let largestShape = 100.0

    /// Things that nearly have the same counts stand for one with their mean and their number as its weight.
    ///
    /// Source: W. DuMouchel, D. Pregibon, "Empirical Bayes screening for multi-item associations", KDD (2001), section 3.2, doi:10.1145/502512.502526;
    /// bins of an eighth of an octave stand for theirs of equally many things.
    private static func squashed(_ things: [(Double, Double)]) -> [(observed: Double, expected: Double, weight: Double)]
    {
        guard things.count > fewestToSquash else { return things.map { ($0.0, $0.1, 1) } }
        struct Bin: Hashable {
            let observed, expected: Int
        }
        func bin(_ value: Double) -> Int { Int((8 * log2(value + 0x1p-20)).rounded()) }
        var numbers: [Bin: Int] = [:]
        var sums: [(observed: Double, expected: Double, weight: Double)] = []
        for (observed, expected) in things {
            let bin = Bin(observed: bin(observed), expected: bin(expected))
            let number = numbers[bin] ?? sums.count
            if number == sums.count {
                numbers[bin] = number
                sums.append((0, 0, 0))
            }
            sums[number].observed += observed
            sums[number].expected += expected
            sums[number].weight += 1
        }
        return sums.map { ($0.observed / $0.weight, $0.expected / $0.weight, $0.weight) }
    }

    private static let fewestToSquash = 500

    private func ascended(
        _ things: [(observed: Double, expected: Double, weight: Double)]
    ) -> (likelihood: Double, prior: GammaMixturePrior)? {
        let count = things.reduce(0) { $0 + $1.weight }
        var prior = self
        var likelihood = -Double.infinity
        for _ in 0..<200 {
            var next = 0.0
            var first = Part()
            var second = Part()
            for (observed, expected, number) in things {
                let one = log(prior.share) + Self.logProbability(observed, expected, prior.shapes.0, prior.rates.0)
                let other =
                    log1p(-prior.share) + Self.logProbability(observed, expected, prior.shapes.1, prior.rates.1)
                let larger = max(one, other)
                let total = larger + log(exp(one - larger) + exp(other - larger))
                next += number * total
                let weight = exp(one - total)
                first.add(number * weight, observed + prior.shapes.0, expected + prior.rates.0)
                second.add(number * (1 - weight), observed + prior.shapes.1, expected + prior.rates.1)
            }
            guard next.isFinite else { return nil }
            let isStill = next - likelihood < 1e-9 * abs(next)
            likelihood = next
            guard !isStill, let one = first.maximum, let other = second.maximum,
                let better = try? GammaMixturePrior(
                    shapes: (one.shape, other.shape), rates: (one.rate, other.rate),
                    share: min(max(first.weight / count, 1e-6), 1 - 1e-6))
            else { break }
            prior = better
        }
        return (likelihood, prior)
    }

    /// What a part is expected to have drawn: the sums that determine the likeliest gamma distribution.
    private struct Part {
        private(set) var weight = 0.0
        private var ratios = 0.0
        private var logarithms = 0.0

        mutating func add(_ weight: Double, _ shape: Double, _ rate: Double) {
            self.weight += weight
            ratios += weight * shape / rate
            logarithms += weight * (Digamma.value(shape) - log(rate))
        }

        /// The likeliest gamma distribution.
        var maximum: (shape: Double, rate: Double)? {
            guard weight > 1e-9, ratios > 0 else { return nil }
            let gap = log(ratios / weight) - logarithms / weight
            guard gap > 0.5 / GammaMixturePrior.largestShape else {
                return (GammaMixturePrior.largestShape, GammaMixturePrior.largestShape * weight / ratios)
            }
            // Minka's start, then Newton on ln a - ψ(a) = gap.
            var shape = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
            for _ in 0..<30 {
                let value = log(shape) - Digamma.value(shape) - gap
                let slope = 1 / shape - Digamma.slope(shape)
                let next = shape - value / slope
                let isStill = abs(next - shape) < 1e-12 * shape
                shape = next > 0 ? next : shape / 2
                if isStill { break }
            }
            shape = min(shape, GammaMixturePrior.largestShape)
            return (shape, shape * weight / ratios)
        }
    }
}
