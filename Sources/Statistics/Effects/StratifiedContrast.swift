/// The difference of two means within strata: of values of one kind and of those of another that share a stratum.
///
/// Least squares with one constant a stratum: the differences within strata weigh by `n₁ n₀ / (n₁ + n₀)`, and one variance is left over in all of them.
/// Strata with values of one kind alone tell nothing of the difference.
public struct StratifiedContrast: Sendable, Equatable {
    /// The mean of the first kind less that of the second.
    public let difference: Double
    /// Its standard error.
    public let standardError: Double
    /// The residual degrees of freedom, above 0.
    public let degreesOfFreedom: Int

    /// One value.
    public struct Value: Sendable {
        /// The value, finite.
        public var value: Double
        /// Whether it is of the first kind.
        public var isFirst: Bool
        /// What it shares with the values that it can be compared with.
        public var stratum: String

        /// Takes a value.
        public init(_ value: Double, isFirst: Bool, stratum: String) {
            self.value = value
            self.isFirst = isFirst
            self.stratum = stratum
        }
    }

    /// Compares values.
    ///
    /// - Returns: nil when no stratum holds both kinds or the values do not leave a degree of freedom.
    /// - Complexity: O(n log n).
    public init?(_ values: [Value]) {
        var strata: [String: [Value]] = [:]
        for value in values { strata[value.stratum, default: []].append(value) }
        var (weights, sum, squares, freedom) = (0.0, 0.0, 0.0, -1)
        // The order of a dictionary differs from run to run, and sums with it.
        for key in strata.keys.sorted() {
            let members = strata[key] ?? []
            let first = members.filter(\.isFirst).map(\.value)
            let second = members.filter { !$0.isFirst }.map(\.value)
            guard !first.isEmpty, !second.isEmpty else { continue }
            let (one, other) = (ErrorMeasures.mean(first), ErrorMeasures.mean(second))
            let weight = Double(first.count * second.count) / Double(members.count)
            weights += weight
            sum += weight * (one - other)
            let center = ErrorMeasures.mean(members.map(\.value))
            squares += members.reduce(0) { $0 + ($1.value - center) * ($1.value - center) }
            freedom += members.count - 1
        }
        guard weights > 0, freedom > 0 else { return nil }
        difference = sum / weights
        standardError = (max(0, squares - sum * sum / weights) / Double(freedom) / weights).squareRoot()
        degreesOfFreedom = freedom
    }

    /// The difference with the interval that holds the true one with a probability of `level`, for normal values.
    public func estimate(level: Double) -> IntervalEstimate {
        let distribution = try? StudentT(degreesOfFreedom: Double(degreesOfFreedom))
        let reach = standardError * (distribution?.quantile((1 + level) / 2) ?? .infinity)
        return IntervalEstimate(difference, in: difference - reach...difference + reach)
    }
}
