internal import Glibc

/// How far a count lies above what was expected, in nats of improbability.
public enum CountExcess {
    /// A lower bound of `-ln P(N ≥ count)` for a negative binomial count: Chernoff's bound in closed form.
    ///
    /// With mean μ and size k it is `n ln(n/μ) - (n + k) ln((n + k)/(μ + k))` for n above μ and 0 otherwise; for k = ∞ that
    /// of the Poisson distribution, `n ln(n/μ) - (n - μ)`. So `exp(-surprise)` is a p-value that errs on the safe side. Counts
    /// that come in clumps of a mean size may be given in units of clumps.
    ///
    /// Source: H. Chernoff, "A measure of asymptotic efficiency for tests of a hypothesis based on the sum of observations", Ann. Math.
    /// Statist. 23 (1952), doi:10.1214/aoms/1177729330.
    ///
    /// - Parameters:
    ///   - count: The count, at least 0, not necessarily whole.
    ///   - mean: The expected count, above 0.
    ///   - size: The size k, the shape of the gamma mixture, above 0; infinite for Poisson.
    /// - Returns: At least 0.
    public static func surprise(count: Double, mean: Double, size: Double = .infinity) -> Double {
        guard count > mean else { return 0 }
        let up = count * log(count / mean)
        guard size.isFinite else { return max(0, up - (count - mean)) }
        return max(0, up - (count + size) * log((count + size) / (mean + size)))
    }

    /// The logarithm of the ratio of two negative binomial likelihoods of one count, `ln NB(n; a, k) - ln NB(n; b, l)`.
    ///
    /// - Parameters:
    ///   - count: The count, at least 0.
    ///   - mean: The mean a under the first hypothesis, above 0.
    ///   - size: Its size k, above 0 and finite.
    ///   - otherMean: The mean b under the second hypothesis, above 0.
    ///   - otherSize: Its size l, above 0 and finite.
    public static func logLikelihoodRatio(
        count: Double, mean: Double, size: Double, otherMean: Double, otherSize: Double
    ) -> Double {
        logLikelihood(count, mean, size) - logLikelihood(count, otherMean, otherSize)
    }

    /// The logarithm of the probability without the factor 1/n!, which both hypotheses share.
    private static func logLikelihood(_ n: Double, _ mean: Double, _ k: Double) -> Double {
        var sign: Int32 = 0
        let combinations = n == 0 ? 0 : lgamma_r(n + k, &sign) - lgamma_r(k, &sign)
        return combinations + k * log(k / (k + mean)) + (n == 0 ? 0 : n * log(mean / (k + mean)))
    }
}
