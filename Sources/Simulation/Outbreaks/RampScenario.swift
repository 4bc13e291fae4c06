import Glibc
import Statistics

/// Hourly counts of an error that grows day by day, and of others that only seem to.
public struct RampScenario: Sendable {
    /// What happens.
    public enum Kind: Sendable, Hashable {
        /// The rate grows by a share each day.
        case ramp(perDay: Double)
        /// Nothing.
        case quiet
        /// Nothing, with half the counts from Saturday to Sunday and a fifth at night.
        case weekly
        /// One account has a busy week, in which it fails ten times as often as all others together.
        case heavyUser
    }

    /// What happens.
    public let kind: Kind
    /// The counts an hour before anything happens.
    public let base: Double
    /// The days before it.
    public static let before = 28
    /// The days of a series.
    public static let days = 28 + 56

    /// Takes what happens and the counts an hour before it, above 0.
    public init(_ kind: Kind, base: Double) {
        self.kind = kind
        self.base = base
    }

    /// A series.
    public struct Series: Sendable {
        /// The counts of the hours.
        public var counts: [Double]
        /// Those of the account that has the most.
        public var ofOneAccount: [Double]
        /// The factor by which the rate has grown in each hour.
        public var growth: [Double]
    }

    /// Draws a series; counts are negative binomial with a variance of half as much again as the mean.
    public func series(using generator: inout some RandomNumberGenerator) -> Series {
        var series = Series(counts: [], ofOneAccount: [], growth: [])
        for hour in 0..<24 * Self.days {
            let day = Double(hour) / 24 - Double(Self.before)
            var growth = 1.0
            var own = 0.02 * base
            switch kind {
            case .ramp(let perDay): if day > 0 { growth = pow(1 + perDay, day) }
            case .weekly:
                if hour / 24 % 7 >= 5 { growth *= 0.5 }
                if !(7..<21).contains(hour % 24) { growth *= 0.2 }
            case .heavyUser: if (14..<21).contains(day) { own = 10 * base }
            case .quiet: break
            }
            let mean = base * growth
            let others = Double(generator.negativeBinomial(mean: mean, size: 2 * mean))
            let one = Double(generator.poisson(mean: own))
            series.counts.append(others + one)
            series.ofOneAccount.append(one)
            series.growth.append(growth)
        }
        return series
    }
}
