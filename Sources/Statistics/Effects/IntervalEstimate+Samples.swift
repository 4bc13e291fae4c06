extension IntervalEstimate {
    /// A share of trials with the interval of Wilson.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), doi:10.1080/01621459.1927.10502953.
    ///
    /// - Parameters:
    ///   - successes: From 0 to `trials`.
    ///   - trials: At least 0.
    ///   - level: Above 0 and below 1.
    /// - Returns: nil without trials.
    public init?(share successes: Int, of trials: Int, level: Double) {
        guard trials > 0, successes >= 0, successes <= trials else { return nil }
        let z = Normal.standard.quantile((1 + level) / 2)
        let (n, share) = (Double(trials), Double(successes) / Double(trials))
        let center = (share + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        // Rounding must not leave the estimate outside at the ends.
        self.init(share, in: max(0, min(share, center - reach))...min(1, max(share, center + reach)))
    }

    /// The mean of values that are not negative, with the interval of Student's t, which ends at 0.
    ///
    /// - Returns: nil with fewer than two values.
    public init?(mean values: [Double], level: Double) {
        guard values.count >= 2, let t = try? StudentT(degreesOfFreedom: Double(values.count - 1)) else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
        let reach = error * t.quantile((1 + level) / 2)
        self.init(mean, in: max(0, mean - reach)...mean + reach)
    }
}
