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

    /// A count of the past weighs as one that was expected when none was seen.
    private static let unseen = 0.5
    /// Squares of residuals, and how many of them, before any was seen.
    private static let priorDispersion = (mean: 1.3, weight: 4.0)
    /// By what factor the last sixth of a window must lie above what was expected.
    private static let goingOn = 1.2
    /// A past window so many standard deviations above its mean was an outbreak.
    private static let outbreak = 4.0

    /// How much the counts of a series vary before its own counts tell.
    public var dispersion = CountDispersion.typical([])

    /// Takes the exposure of each hour, at least 0: how much could have gone wrong in it.
    ///
    /// - Parameters:
    ///   - exposures: By hour.
    ///   - passed: The share of the last hour that is over, in 0...1.
    public init(exposures: [Double], passed: Double = 1) {
        self.exposures = Self.sums(exposures)
        usual = Self.sums(
            exposures.indices.map { Self.usual(at: $0, exposures) * ($0 == exposures.count - 1 ? passed : 1) })
        silent = exposures.reduce(into: [0]) { silent, exposure in
            silent.append(silent[silent.count - 1] + (exposure > 0 ? 0 : 1))
        }
    }

    /// The mean exposure at the same time of other weeks before an hour or, where none is known, of other days.
    private static func usual(at hour: Int, _ exposures: [Double]) -> Double {
        for step in [168, 24] where hour >= step {
            let others = stride(from: hour - step, through: max(0, hour - memory), by: -step)
            let (sum, count) = others.reduce((0.0, 0.0)) { ($0.0 + exposures[$1], $0.1 + 1) }
            return sum / count
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
                            dispersion: dispersion
                        )
                        .evidence(at: hour, windowsFrom: start, knownUntil: known, below: level)
                    }
                }
            }
        }
    }

    /// What windows of the past tell.
    private struct Past {
        var windows = 0
        var count = 0.0
        var exposure = 0.0
        var dispersion = 1.0

        var rate: Double { max(count, unseen) / exposure }

        mutating func add(_ count: Double, _ exposure: Double) {
            windows += 1
            self.count += count
            self.exposure += exposure
        }

        /// The same with the sum of the squares of its residuals, each by its mean, and how much its hours vary, which longer windows do as well.
        func with(squares: Double, hours: Double) -> Past {
            var past = self
            let (prior, weight) = priorDispersion
            let own = windows > 1 ? squares / Double(windows - 1) : 1
            guard own > hours else {
                past.dispersion = hours
                return past
            }
            // Windows tell as much as there are of them, and clumps of that size in them.
            let told = min(Double(windows - 1), count / own)
            past.dispersion = max(hours, (max(prior, hours) * weight + own * told) / (weight + told))
            return past
        }

        /// The count to come in a window of some exposure; nil when no distribution has its variance.
        func next(exposure now: Double) -> NegativeBinomial? {
            let known = max(count, unseen)
            let mean = known / exposure * now
            let surplus = (dispersion - 1) * mean + dispersion * mean * mean / known
            guard surplus > 0 else { return nil }
            return try? NegativeBinomial(mean: mean, dispersion: mean * mean / surplus)
        }
    }

    /// Sums of counts, of exposures, of hours without one and of usual exposures, of which those before `begin` do not matter.
    private struct Series {
        let counts: UnsafeBufferPointer<Double>
        let exposures: UnsafeBufferPointer<Double>
        let silent: UnsafeBufferPointer<Int32>
        let usual: UnsafeBufferPointer<Double>
        let begin: Int
        let dispersion: CountDispersion

        func evidence(
            at hour: Int, windowsFrom earliest: Int, knownUntil known: Int?, below level: Double
        ) -> Evidence? {
            var best: Evidence?
            for length in windows {
                let start = hour + 1 - length
                // A day before it the same hours are known, as what comes every night may be a single window so far.
                guard start >= earliest, start - begin >= max(length, 24) else { break }
                let observed = counts[hour + 1] - counts[start]
                let exposure = exposures[hour + 1] - exposures[start]
                guard exposure > 0 else { continue }
                let least = level / Double(windows.count)
                let exposed = max(exposure, usual[hour + 1] - usual[start])
                let end = min(start, known ?? start)
                func compared(_ hours: Double) -> [NegativeBinomial] {
                    tests(
                        start, until: end, length: length, exposure: exposed, hours: hours, observed, below: least)
                }
                // Few windows come so far that it matters in which clumps the counts come.
                guard !compared(CountDispersion.least).isEmpty else { continue }
                let comparisons = compared(hourlyDispersion(until: end))
                // What is over is no excess that goes on.
                let recent = hour + 1 - max(1, length / 6)
                let share = (exposures[hour + 1] - exposures[recent]) / exposure
                let now = counts[hour + 1] - counts[recent]
                guard let lowest = comparisons.map(\.mean).min(), now >= goingOn * lowest * share else { continue }
                var (pValue, expected) = (0.0, 0.0)
                for next in comparisons.reversed() {
                    let told = next.survival(Int(observed) - 1)
                    if told >= pValue { (pValue, expected) = (told, next.mean) }
                }
                let adjusted = pValue * Double(windows.count)
                guard adjusted < best?.pValue ?? min(1, level), now >= goingOn * expected * share else { continue }
                best = Evidence(start: start, observed: observed, expected: expected, pValue: adjusted)
            }
            return best
        }

        /// How much the hours before another one vary; see ``CountDispersion``.
        private func hourlyDispersion(until end: Int) -> Double {
            guard begin < end else { return dispersion.value }
            let own = CountDispersion(of: counts, in: begin..<end, usual: dispersion)
            return max(CountDispersion.least, own.shrunk(to: dispersion))
        }

        /// What is to be expected of a window by what came before it, at any time and at the same time of days and of weeks; empty when one of them explains
        /// what was observed.
        private func tests(
            _ start: Int, until end: Int, length: Int, exposure: Double, hours: Double, _ observed: Double,
            below level: Double
        ) -> [NegativeBinomial] {
            var comparisons: [NegativeBinomial] = []
            // What days tell no rhythm of has that of a single week. The long loop comes last, as few windows come so far.
            for (shift, fewest) in [(168, length < 24 ? 2 : 1), (24, 1), (length, 1)]
            where shift > length || fewest == 1 {
                guard let past = past(start, until: end, length: length, shift: shift, least: fewest, hours: hours)
                else { continue }
                guard let next = past.next(exposure: exposure), observed > next.mean,
                    next.probability(Int(observed)) < level
                else { return [] }
                comparisons.append(next)
            }
            return comparisons
        }

        /// What the windows of a length before another one tell, some hours apart; nil when there are too few.
        private func past(
            _ start: Int, until end: Int, length: Int, shift: Int, least: Int, hours: Double
        ) -> Past? {
            let past = sums(start, until: end, length: length, shift: shift)
            guard past.windows >= least else { return nil }
            // Hours of a day or a week tell nothing of a rhythm when hardly anything ever came.
            if shift != length, past.count < Double(past.windows) { return nil }
            let rate = past.rate
            // The squares of (count - mean) / mean, of which those of windows without a count need no look at these.
            var squares = rate * past.exposure - 2 * past.count
            var mayStandOut = false
            each(start, until: end, length: length, shift: shift) { count, exposure in
                guard count > 0 else { return }
                let mean = rate * exposure
                squares += count * count / mean
                if Self.standsOut(count, mean, CountDispersion.least) { mayStandOut = true }
            }
            let known = past.with(squares: squares, hours: hours)
            guard mayStandOut else { return known }
            // Clumps stand out of a normal distribution as well.
            func wasOutbreak(_ count: Double, _ mean: Double) -> Bool {
                Self.standsOut(count, mean, known.dispersion) && CountDispersion.isOutbreak(count, mean: mean, hours)
            }
            // Once without those that stand out, so that a past outbreak is not what is usual.
            var quiet = Past()
            each(start, until: end, length: length, shift: shift) { count, exposure in
                guard !wasOutbreak(count, rate * exposure) else { return }
                quiet.add(count, exposure)
            }
            guard quiet.windows < past.windows, 2 * quiet.windows >= past.windows else { return known }
            let quietRate = quiet.rate
            squares = 0
            each(start, until: end, length: length, shift: shift) { count, exposure in
                guard !wasOutbreak(count, rate * exposure) else { return }
                let mean = quietRate * exposure
                squares += (count - mean) * (count - mean) / mean
            }
            return quiet.with(squares: squares, hours: hours)
        }

        /// Whether a count lies so far above its mean that it was an outbreak.
        @inline(__always)
        private static func standsOut(_ count: Double, _ mean: Double, _ dispersion: Double) -> Bool {
            let above = count - mean
            return above > 0 && above * above > outbreak * outbreak * max(1, dispersion * mean)
        }

        /// The sums over the windows of a length before another one.
        private func sums(_ start: Int, until end: Int, length: Int, shift: Int) -> Past {
            var past = Past()
            let high = start - (start - end + length - 1) / length * length
            let windows = (high - begin) / length
            guard shift != length || windows <= 0 || silent[high] > silent[high - windows * length] else {
                // They lie side by side, and something was possible in each.
                let low = high - windows * length
                past.windows = windows
                past.count = counts[high] - counts[low]
                past.exposure = exposures[high] - exposures[low]
                return past
            }
            each(start, until: end, length: length, shift: shift) { past.add($0, $1) }
            return past
        }

        /// The windows of a length that lie whole hours of `shift` before another one, the last first, in which anything was possible.
        @inline(__always)
        private func each(_ start: Int, until end: Int, length: Int, shift: Int, _ body: (Double, Double) -> Void) {
            var place = start - shift
            while place >= begin {
                let exposure = exposures[place + length] - exposures[place]
                if exposure > 0, place + length <= end { body(counts[place + length] - counts[place], exposure) }
                place -= shift
            }
        }
    }
}
