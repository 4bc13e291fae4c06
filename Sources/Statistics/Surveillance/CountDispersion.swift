/// How much the hourly counts of a series vary within days, as a multiple of their mean: 1 where they are Poisson, more where they come in clumps.
///
/// The mean square of the counts, less the mean product of those a day apart (or a week apart, where that explains more), by their mean: rhythms and
/// slow changes of the rate are in both. A day with an hour that the other days do not explain was an outbreak and is left out, as long as most days
/// stay: clumps come again and again.
public struct CountDispersion: Sendable, Equatable {
    /// The variance by the mean, at least 1.
    public let value: Double
    /// How many clumps the counts are: so much they tell.
    public let clumps: Double

    /// The least that counts are taken to vary.
    static let least = 1.05
    /// Fewer counts tell nothing of a dispersion, and fewer series nothing of others.
    public static let fewestCounts = 10.0
    private static let fewestSeries = 10
    /// The variance of a measured dispersion, by the square of the true one, of a single clump whose size is geometric.
    private static let errorOfClump = 5.0
    /// The most clumps that other series count for, as those that come in clumps may be rare among them.
    private static let mostUsual = 10.0
    /// The tail beyond five standard deviations of a normal distribution.
    private static let outbreak = 2.9e-7

    /// Measures counts.
    ///
    /// - Parameters:
    ///   - sums: The sums of the counts before each hour, and before the one after the last.
    ///   - hours: The hours, within 0...(sums.count - 1); those of the first day only tell what came a day before the others.
    ///   - usual: That of a series of which little is known.
    /// - Returns: nil when fewer than ten were counted after the first day, or but for outbreaks, which tell too little.
    /// - Complexity: O(hours), and O(days) for each day that is left out.
    public init?(of sums: [Double], in hours: Range<Int>, usual: CountDispersion = typical([])) {
        guard let found = sums.withUnsafeBufferPointer({ Self(of: $0, in: hours, usual: usual) }) else { return nil }
        self = found
    }

    init?(of sums: UnsafeBufferPointer<Double>, in hours: Range<Int>, usual: CountDispersion) {
        guard sums[hours.upperBound] - sums[hours.lowerBound] >= Self.fewestCounts else { return nil }
        let days = CountedDays(sums, hours)
        var isLeft = [Bool](repeating: true, count: days.count)
        guard let all = Self(days, where: isLeft) else { return nil }
        var found: CountDispersion? = all
        // The largest first, so that what is left explains all others as well; an outbreak may have begun or ended on the days beside it.
        while let peak = days.peak(where: isLeft) {
            for day in max(0, peak.day - 1)...min(days.count - 1, peak.day + 1) { isLeft[day] = false }
            let others = Self(days, where: isLeft)
            let mean = days.mean(at: peak.place, where: isLeft)
            guard Self.isOutbreak(peak.count, mean: mean, others.shrunk(to: usual)) else { break }
            guard 2 * isLeft.count(where: \.self) >= days.count else {
                found = all
                break
            }
            found = others
        }
        guard let found else { return nil }
        self = found
    }

    private init?(_ days: CountedDays, where isLeft: [Bool]) {
        let surplus = days.surplus(where: isLeft)
        self.init(surplus: surplus.squares, of: surplus.count)
    }

    /// Takes what was measured.
    ///
    /// - Parameters:
    ///   - surplus: The sum of the squares of counts, less what these are expected to be by their means alone.
    ///   - count: The sum of the counts, at least 0.
    /// - Returns: nil when fewer than ten were counted.
    public init?(surplus: Double, of count: Double) {
        guard count >= Self.fewestCounts else { return nil }
        value = max(1, surplus / count)
        clumps = count / value
    }

    /// What is usual of a series of which little is known, by others: their median, where there are ten of them at least.
    ///
    /// It counts for as many clumps as would measure it as well as it tells of the others, ten at most.
    public static func typical(_ others: [CountDispersion]) -> CountDispersion {
        let sorted = others.map(\.value).sorted()
        guard sorted.count >= fewestSeries else { return CountDispersion(value: least, clumps: 4) }
        let median = max(least, sorted[sorted.count / 2])
        let spread = sorted.reduce(0) { $0 + ($1 / median - 1) * ($1 / median - 1) } / Double(sorted.count)
        return CountDispersion(value: median, clumps: spread > 0 ? min(mostUsual, errorOfClump / spread) : mostUsual)
    }

    private init(value: Double, clumps: Double) { (self.value, self.clumps) = (value, clumps) }

    /// Whether a count is too improbable for one of some mean and dispersion.
    static func isOutbreak(_ count: Double, mean: Double, _ dispersion: Double) -> Bool {
        let size = mean / (max(least, dispersion) - 1)
        let above = count - mean
        // What a normal distribution explains, this one does as well.
        guard above > 0, above * above > 16 * max(1, dispersion * mean),
            let usual = try? NegativeBinomial(mean: mean, size: size)
        else { return false }
        return usual.survival(Int(count) - 1) < outbreak
    }
}

extension CountDispersion? {
    /// The dispersion moved towards what is usual by as much as its own clumps leave it open (empirical Bayes), at least 1.
    public func shrunk(to usual: CountDispersion) -> Double {
        guard let self else { return usual.value }
        return (usual.value * usual.clumps + self.value * self.clumps) / (usual.clumps + self.clumps)
    }
}
