import Glibc

/// How improbable the last hours of a series of hourly counts are by what came before them, over windows from an hour to a week.
///
/// A window is compared with all windows of its length before it, with those at the same time of other days and with those at the same time of
/// other weeks, as far as there are some, each by the rate per exposure: a daily or weekly rhythm is in the one or in the other, and an excess must
/// be one by each of them. The count to come is negative binomial: over-dispersed as the windows of the past are, with the error of their rate (a
/// gamma posterior), and at least as the hours are (see ``CountDispersion``), as few windows of days tell nothing of clumps. Sparse counts do not tell
/// of them either: then it is what is usual of other series. Windows that were outbreaks themselves are left out, and a past without a single count is
/// worth half a count.
///
/// What goes wrong need not depend on exposure, so that less of it makes no excess by itself: a window has at least the mean exposure of those at the
/// same time of other weeks (of other days, in the first week).
///
/// Where it is known which days are unusual, as holidays are, a window that holds hours of one is compared with those at the same time of days of the same
/// kinds as well, and others are not compared with it while there are enough without it. Of windows of more than a day, which are like no other then, such
/// hours are left out, as are those hours of the windows that they are compared with.
///
/// The windows of days and of a week see a slow ramp before an hour of it stands out.
public struct RateExcess: Sendable {
    /// The lengths of the windows in hours.
    public static let windows = [1, 6, 24, 72, 168]
    /// The hours that are looked back at most.
    public static let memory = 56 * 24

    /// The most improbable window.
    public struct Evidence: Sendable, Equatable {
        /// The hour at which the window begins.
        public let start: Int
        /// The count in it.
        public let observed: Double
        /// The count to expect.
        public let expected: Double
        /// The probability of so many or more, times the number of windows, at most 1.
        public let pValue: Double
    }

    /// Sums of the exposures before each hour.
    private let exposures: [Double]
    /// The number of hours without exposure before each hour.
    private let silent: [Int32]
    /// Sums of the exposures that are usual of hours, before each hour.
    private let usual: [Double]
    private let days: DayKinds?

    /// A count of the past weighs as one that was expected when none was seen.
    static let unseen = 0.5
    /// Fewer windows of less than a day tell nothing of a rhythm.
    static let fewestAlike = 2
    /// Squares of residuals, and how many of them, before any was seen.
    static let priorDispersion = (mean: 1.3, weight: 4.0)
    /// By what factor the last sixth of a window must lie above what was expected.
    static let goingOn = 1.2
    /// A past window so many standard deviations above its mean was an outbreak.
    static let outbreak = 4.0

    /// How much the counts of a series vary before its own counts tell.
    public var dispersion = CountDispersion.typical([])

    /// Takes the exposure of each hour, at least 0: how much could have gone wrong in it.
    ///
    /// - Parameters:
    ///   - exposures: By hour.
    ///   - passed: The share of the last hour that is over, in 0...1.
    ///   - days: The days of at least these hours; nil where none is unusual.
    public init(exposures: [Double], passed: Double = 1, days: DayKinds? = nil) {
        self.exposures = Self.sums(exposures)
        self.days = days
        usual = Self.sums(
            exposures.indices.map { Self.usual(at: $0, exposures, days) * ($0 == exposures.count - 1 ? passed : 1) })
        silent = exposures.reduce(into: [0]) { silent, exposure in
            silent.append(silent[silent.count - 1] + (exposure > 0 ? 0 : 1))
        }
    }

    /// The mean exposure at the same time of other weeks before an hour or, where none is known, of other days; on an unusual day that of days of its kind.
    private static func usual(at hour: Int, _ exposures: [Double], _ days: DayKinds?) -> Double {
        func mean(_ hours: some Sequence<Int>) -> Double? {
            let (sum, count) = hours.reduce((0.0, 0.0)) { ($0.0 + exposures[$1], $0.1 + 1) }
            return count > 0 ? sum / count : nil
        }
        let first = max(0, hour - memory)
        if let days, days.isUnusual(hour) {
            let alike = days.hours(like: hour, from: first)
            if alike.count >= fewestAlike, let mean = mean(alike) { return mean }
        }
        for step in [168, 24] {
            let others = stride(from: hour - step, through: first, by: -step)
            if let days, let mean = mean(others.lazy.filter({ !days.isUnusual($0) })) { return mean }
            if let mean = mean(others) { return mean }
        }
        return 0
    }

    /// The p-value at which what is left of an excess still stands when its largest part is taken away.
    public static func weaker(_ level: Double) -> Double { pow(level, 0.75) }

    /// The sums of the values before each place, and before the one after the last.
    public static func sums(_ values: [Double]) -> [Double] {
        var sums = [0.0]
        sums.reserveCapacity(values.count + 1)
        for value in values { sums.append(sums[sums.count - 1] + value) }
        return sums
    }

    /// How much could have gone wrong in some hours: their exposure, or what is usual of them where that is more.
    ///
    /// - Parameter hours: Of those of the series; others count for nothing.
    public func exposure(of hours: Range<Int>) -> Double {
        let known = hours.clamped(to: 0..<exposures.count - 1)
        func sum(_ sums: [Double]) -> Double { sums[known.upperBound] - sums[known.lowerBound] }
        return max(sum(exposures), sum(usual))
    }

    /// The evidence of an excess that goes on in an hour.
    ///
    /// - Parameters:
    ///   - hour: The hour, from 0.
    ///   - sums: The sums of the counts before each hour, and before the one after the last.
    ///   - first: The first hour of the past.
    ///   - start: The first hour at which a window may begin.
    ///   - known: The hour before which the past ends, so that what has begun in it is not what is usual; nil for the window.
    ///   - level: The p-value from which on evidence is none, above 0: what cannot get below it costs little.
    /// - Returns: nil when the past is shorter than a day or nothing stands out.
    /// - Complexity: O(``memory``).
    public func evidence(
        at hour: Int, sums: [Double], from first: Int = 0, windowsFrom start: Int = 0, knownUntil known: Int? = nil,
        below level: Double = 1
    ) -> Evidence? {
        guard sums[hour + 1] > sums[hour], hour - first >= 24 else { return nil }
        return sums.withUnsafeBufferPointer { sums in
            exposures.withUnsafeBufferPointer { exposures in
                silent.withUnsafeBufferPointer { silent in
                    usual.withUnsafeBufferPointer { usual in
                        let begin = max(first, hour + 1 - Self.memory)
                        return Series(
                            counts: sums, exposures: exposures, silent: silent, usual: usual, begin: begin,
                            dispersion: dispersion, days: days
                        )
                        .evidence(at: hour, windowsFrom: start, knownUntil: known, below: level)
                    }
                }
            }
        }
    }
}
