extension StudentT {
    /// The value that `cumulative` takes to `probability`, above 0 and below 1, by bisection; NaN outside.
    public func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return .nan }
        guard probability != 0.5 else { return 0 }
        // The tail alone keeps its digits, so the upper half mirrors the lower.
        guard probability < 0.5 else { return -quantile(1 - probability) }
        var (low, high) = (-1.0, 0.0)
        while cumulative(low) > probability, low > -1e300 { low *= 2 }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if cumulative(middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
