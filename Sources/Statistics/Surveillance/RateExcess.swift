import Glibc

/// How improbable the last hours of a series of hourly counts are by what came before them, over windows from an hour to a week.
///
/// A window is compared with all windows of its length before it, with those at the same time of other days and with those at the same time of
/// other weeks, as far as there are some, each by the rate per exposure: a daily or weekly rhythm is in the one or in the other, and an excess must
/// be one by each of them. The count to come is negative binomial: over-dispersed as the windows of the past are, with the error of their rate (a
/// gamma posterior). Windows that were outbreaks themselves are left out, and a past without a single count is worth half a count.
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

    /// A count of the past weighs as one that was expected when none was seen.
    private static let unseen = 0.5
    /// Squares of residuals, and how many of them, before any was seen.
    private static let priorDispersion = (mean: 1.3, weight: 4.0)
    /// By what factor the last sixth of a window must lie above what was expected.
    private static let goingOn = 1.2
    /// A past window so many standard deviations above its mean was an outbreak.
    private static let outbreak = 4.0

    /// Takes the exposure of each hour, at least 0: how much could have gone wrong in it.
    public init(exposures: [Double]) {
        self.exposures = Self.sums(exposures)
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

    /// The evidence of an excess that goes on in an hour.
    ///
    /// - Parameters:
    ///   - hour: The hour, from 0.
    ///   - sums: The sums of the counts before each hour, and before the one after the last.
    ///   - first: The first hour of the series from which on a count was possible.
    ///   - known: The hour before which the past ends, so that what has begun in it is not what is usual; nil for the window.
    /// - Returns: nil when the past is shorter than a day or nothing stands out.
    /// - Complexity: O(``memory``).
    public func evidence(at hour: Int, sums: [Double], from first: Int = 0, knownUntil known: Int? = nil) -> Evidence? {
        guard sums[hour + 1] > sums[hour], hour - first >= 24 else { return nil }
        let begin = max(first, hour + 1 - Self.memory)
        var best: Evidence?
        for length in Self.windows {
            let start = hour + 1 - length
            guard start - begin >= max(length, 23) else { break }
            let end = min(start, known ?? start)
            let observed = sums[hour + 1] - sums[start]
            let exposure = exposures[hour + 1] - exposures[start]
            guard exposure > 0 else { continue }
            var expected = 0.0
            var pValue = 0.0
            for (shift, least) in [(length, 1), (24, 3), (168, 2)] where shift >= length {
                guard
                    let past = past(sums, begin, start, until: end, length: length, shift: shift, least: least)
                else { continue }
                let told = past.tail(observed, exposure: exposure)
                if told.pValue >= pValue { (pValue, expected) = (told.pValue, told.expected) }
            }
            guard expected > 0, observed > expected else { continue }
            // What is over is no excess that goes on.
            let recent = hour + 1 - max(1, length / 6)
            let share = (exposures[hour + 1] - exposures[recent]) / exposure
            guard sums[hour + 1] - sums[recent] >= Self.goingOn * expected * share else { continue }
            let adjusted = min(1, pValue * Double(Self.windows.count))
            if adjusted < best?.pValue ?? 1 {
                best = Evidence(start: start, observed: observed, expected: expected, pValue: adjusted)
            }
        }
        return best
    }

    /// What windows of the past tell.
    private struct Past {
        var count: Double
        var exposure: Double
        var dispersion: Double

        func tail(_ observed: Double, exposure now: Double) -> (pValue: Double, expected: Double) {
            let known = max(count, unseen)
            let mean = known / exposure * now
            let surplus = (dispersion - 1) * mean + dispersion * mean * mean / known
            guard surplus > 0, let next = try? NegativeBinomial(mean: mean, dispersion: mean * mean / surplus) else {
                return (1, mean)
            }
            return (next.survival(Int(observed) - 1), mean)
        }
    }

    private func past(
        _ sums: [Double], _ begin: Int, _ start: Int, until end: Int, length: Int, shift: Int, least: Int
    ) -> Past? {
        var cells: [(count: Double, exposure: Double)] = []
        var place = start - shift
        while place >= begin {
            let exposure = exposures[place + length] - exposures[place]
            if exposure > 0, place + length <= end { cells.append((sums[place + length] - sums[place], exposure)) }
            place -= shift
        }
        guard cells.count >= least else { return nil }
        var past = Self.summary(cells)
        // Hours of a day or a week tell nothing of a rhythm when hardly anything ever came.
        if shift != length, past.count < Double(cells.count) { return nil }
        // Once without those that stand out, so that a past outbreak is not what is usual.
        let rate = max(past.count, Self.unseen) / past.exposure
        let quiet = cells.filter { cell in
            let mean = rate * cell.exposure
            return cell.count - mean <= Self.outbreak * max(1, past.dispersion * mean).squareRoot()
        }
        if quiet.count < cells.count, 2 * quiet.count >= cells.count { past = Self.summary(quiet) }
        return past
    }

    private static func summary(_ cells: [(count: Double, exposure: Double)]) -> Past {
        var past = Past(count: 0, exposure: 0, dispersion: 1)
        for cell in cells {
            past.count += cell.count
            past.exposure += cell.exposure
        }
        let rate = max(past.count, unseen) / past.exposure
        var squares = priorDispersion.mean * priorDispersion.weight
        for cell in cells {
            let mean = rate * cell.exposure
            squares += (cell.count - mean) * (cell.count - mean) / mean
        }
        past.dispersion = max(1.05, squares / (Double(cells.count - 1) + priorDispersion.weight))
        return past
    }
}
