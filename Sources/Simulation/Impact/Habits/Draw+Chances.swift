import Statistics

/// Draws from distributions, and samples of things.
extension Draw {
    mutating func uniform() -> Double { generator.uniform() }

    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }

    mutating func logNormal(median: Double, deviation: Double) -> Double {
        median * generator.logNormal(logMean: 0, logStandardDeviation: deviation)
    }

    mutating func poisson(_ mean: Double) -> Int { generator.poisson(mean: mean) }

    mutating func exponential(mean: Double) -> Double { generator.exponential(rate: 1 / mean) }

    /// An index, with probability proportional to its weight.
    mutating func index(weights: [Double]) -> Int { generator.categorical(weights: weights) }

    /// Some of some things in a drawn order; all of them when there are no more.
    mutating func some<Element>(_ count: Int, of choices: [Element]) -> [Element] {
        Array(choices.shuffled(using: &generator).prefix(count))
    }

    /// A draw of its own stream, so that what it is used for does not change what comes after.
    mutating func fork() -> Draw { Draw(seed: generator.next()) }

    /// Lower-case hexadecimal digits, at most 16.
    mutating func hexWord(_ count: Int) -> String {
        let digits = String(generator.next(), radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).suffix(count))
    }

    /// A random UUID (RFC 9562, version 4).
    mutating func uuid() -> String {
        let variant = text(1, of: "89ab")
        return "\(hexWord(8))-\(hexWord(4))-4\(hexWord(3))-\(variant)\(hexWord(3))-\(hexWord(12))"
    }
}
