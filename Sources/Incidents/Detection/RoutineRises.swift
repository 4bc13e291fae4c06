internal import Glibc
internal import Records
internal import Statistics

/// Tells rises that come at one time of day or of week, such as those of a nightly job that always fails a little: nothing new goes wrong with them.
///
/// What counts is the signature at that time of other days and weeks, whoever it hits: the accounts of a job differ from day to day, and a day on
/// which it was less is no rise but still the same routine. That time is compared with all other times of the same day or week, so that two things
/// which happen to meet are no routine: under chance any time of it is as likely to have the most lines, and the probabilities of several days
/// are put together by Fisher's method.
///
/// Source: R. A. Fisher, *Statistical Methods for Research Workers*, 4th ed., 1932, section 21.1.
struct RoutineRises {
    /// A day and a week, in seconds.
    private static let periods = [Instant.day, Instant.week]
    /// How far apart in the period their lines may lie, in seconds.
    private static let tolerance = 1_200.0
    /// The periods nearest to a rise that are looked at.
    private static let mostPeriods = 20
    /// By how much lines must be denser at that time than over the rest of the period.
    private static let density = 3.0
    /// The probability that it is chance below which it is routine.
    private static let level = 0.02

    let lines: SignatureLines

    /// The lines of a signature in the time of its rises that overlap.
    private struct Stretch {
        let signature: Int32
        let start: Double
        var end: Double
        var rises: [Int]
    }

    /// The rises without those that are routine.
    func removed(from rises: [Rise]) -> [Rise] {
        guard let span = lines.span else { return rises }
        var isRoutine = [Bool](repeating: false, count: rises.count)
        for period in Self.periods {
            // What takes more than half of it comes at no time of it.
            let rest = rises.indices.filter { !isRoutine[$0] && rises[$0].end - rises[$0].start < period / 2 }
            for stretch in Self.stretches(rest, of: rises) where self.isRoutine(stretch, period, in: span) {
                for rise in stretch.rises { isRoutine[rise] = true }
            }
        }
        return rises.indices.filter { !isRoutine[$0] }.map { rises[$0] }
    }

    private static func stretches(_ indexes: [Int], of rises: [Rise]) -> [Stretch] {
        var stretches: [Stretch] = []
        let order = indexes.sorted { (rises[$0].signature, rises[$0].start) < (rises[$1].signature, rises[$1].start) }
        for index in order {
            let rise = rises[index]
            if let last = stretches.last, last.signature == rise.signature, rise.start <= last.end + tolerance / 2 {
                stretches[stretches.count - 1].end = max(last.end, rise.end)
                stretches[stretches.count - 1].rises.append(index)
            } else {
                stretches.append(
                    Stretch(signature: rise.signature, start: rise.start, end: rise.end, rises: [index]))
            }
        }
        return stretches
    }

    private func isRoutine(_ stretch: Stretch, _ period: Double, in span: ClosedRange<Double>) -> Bool {
        let count = count(stretch.signature, from: stretch.start, to: stretch.end)
        let least = max(PastBursts.leastLines, PastBursts.likeShare * count)
        let before = Int(max(0, stretch.start - span.lowerBound) / period)
        let after = Int(max(0, span.upperBound - stretch.end) / period)
        let offsets = (-before...after).filter { $0 != 0 }.sorted { (abs($0), $0) < (abs($1), $1) }
        let chances = offsets.prefix(Self.mostPeriods).compactMap {
            chance(stretch, period, shift: Double($0) * period, least: least, in: span)
        }
        let sum = chances.reduce(0) { $0 - 2 * log($1) }
        guard sum > 0, let fisher = try? ChiSquared(degreesOfFreedom: 2 * Double(chances.count)) else { return false }
        return fisher.survival(sum) <= Self.level
    }

    /// The share of the times of another period that have as many lines as the time of a stretch in it; 1 where that has few lines or many more come at
    /// other times, and nil where no time of it has many.
    private func chance(
        _ stretch: Stretch, _ period: Double, shift: Double, least: Double, in span: ClosedRange<Double>
    ) -> Double? {
        let from = stretch.start + shift - Self.tolerance
        let to = stretch.end + shift + Self.tolerance
        let around = (period - (to - from)) / 2
        let whole = count(stretch.signature, from: from - around, to: to + around)
        guard around > 0, whole >= least else { return nil }
        let steps = Int(around / Self.tolerance)
        let times = (-steps...steps).map { Double($0) * Self.tolerance }.filter {
            $0 == 0 || from + Self.tolerance + $0 >= span.lowerBound && to - Self.tolerance + $0 <= span.upperBound
        }
        let counts = times.map { count(stretch.signature, from: from + $0, to: to + $0) }
        guard let most = counts.max(), most >= least, let place = times.firstIndex(of: 0) else { return nil }
        let own = counts[place]
        guard own >= least, own / (to - from) >= Self.density * (whole - own) / (2 * around) else { return 1 }
        return Double(counts.count { $0 >= own }) / Double(counts.count)
    }

    /// The lines of a signature in a time.
    private func count(_ signature: Int32, from: Double, to: Double) -> Double {
        Double(lines.positions(signature, from: from, to: to).count { !lines.lines[Int($0)].isRepeat })
    }
}
