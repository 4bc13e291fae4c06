internal import Glibc
internal import Statistics

/// Hours in which ordinary lines changed by themselves, and not because the product was used more or less.
///
/// Rates are by ordinary lines, which stand for use. Where a log level is changed, a quota cuts lines off, or sources stop to send them, they change
/// though use does not, and each rate seems to change by the inverse factor. Such a change is told from one of use by the failures: those follow use,
/// so that most signatures come as often as before where only ordinary lines changed.
///
/// Where the ordinary lines of an hour are not what is usual of it (the median of the same hour of the last four weeks or, before two are known,
/// seven days), its exposure is therefore taken to lie between the two, and the failures tell where: at the median, over signatures, of the lines of
/// those hours of the last day that deviated alike, by those to expect at usual use. Ordinary lines are believed as long as that median lies within
/// two standard errors of them, then what is usual is, and in between the median itself. So the rule needs both, ordinary lines that changed and
/// failures that did not: hours whose ordinary lines are usual are never touched, and as no exposure lies outside of the two, an outage that raises
/// signatures, all of them even, neither makes itself the measure nor hides behind it. The price is that failures that do not depend on use are no
/// news when use falls.
struct ExposureShift {
    /// What was seen and what was to be expected of a signature.
    typealias Lines = (seen: Double, expected: Double)

    /// A ratio of ordinary lines and usual ones within this factor is no change.
    private static let usual = 1.5
    /// So many standard deviations of a count are no change either.
    private static let deviations = 2.0
    /// The hours between those that tell what is usual, and how many are looked at; the first of which there are enough tell it.
    private static let steps = [(hours: 168, most: 4), (hours: 24, most: 7)]
    private static let fewest = 2
    /// Hours deviate alike within this factor.
    private static let alike = 2.0
    /// The hours of which failures are looked at together.
    private static let recent = 24
    /// The hours before them that tell how often signatures come.
    private static let past = 28 * 24
    /// Signatures are put together until so many lines are expected of them, so that a ratio is worth a vote.
    private static let linesOfVote = 10.0
    /// Two standard errors of the logarithm of a median of counts, by the root of all lines that were expected: that of a normal sample's median is
    /// √(π/2) times that of its mean.
    private static let error = 2 * (Double.pi / 2).squareRoot()
    /// Ordinary lines below this share of the usual ones tell nothing of single hours.
    private static let least = 0.1
    /// A change by less is not worth telling.
    private static let told = 1.25

    /// How much could have gone wrong in each hour, in ordinary lines; 0 where nothing was logged.
    let exposures: [Double]
    /// The hours whose ordinary lines were not believed.
    let hours: Int

    /// - Parameters:
    ///   - ordinary: The ordinary lines of each hour; 0 where nothing was logged, else above 0.
    ///   - failures: The lines of signatures, each by hour.
    ///   - passed: The share of the last hour that is over, in 0...1.
    init(ordinary: [Double], failures: [[UInt32]], passed: Double = 1) {
        var exposures = [Double](repeating: 0, count: ordinary.count)
        var sums = [0.0]
        sums.reserveCapacity(ordinary.count + 1)
        var usuals = exposures
        // Whether ordinary lines lie above (1) or below (-1) what is usual.
        var directions = [Int8](repeating: 0, count: ordinary.count)
        let pasts = failures.map { counts in
            counts.reduce(into: [0.0]) { sums, count in sums.append(sums[sums.count - 1] + Double(count)) }
        }
        var changed = 0
        for hour in ordinary.indices {
            defer { sums.append(sums[hour] + exposures[hour]) }
            guard ordinary[hour] > 0 else { continue }
            exposures[hour] = ordinary[hour]
            guard let median = Self.usual(of: hour, exposures) else { continue }
            usuals[hour] = hour == ordinary.count - 1 ? median * passed : median
            directions[hour] = Self.direction(ordinary[hour], usual: usuals[hour])
            guard directions[hour] != 0 else { continue }
            let ratio = ordinary[hour] / usuals[hour]
            let recent = (max(0, hour + 1 - Self.recent)...hour).filter { place in
                guard directions[place] == directions[hour] else { return false }
                let other = ordinary[place] / usuals[place]
                return max(ratio, other) <= Self.alike * min(ratio, other)
            }
            let first = recent.first ?? hour
            let begin = max(0, first - Self.past)
            let known = sums[first] - sums[begin]
            guard known > 0 else { continue }
            let (lines, usual) = recent.reduce((0, 0)) { ($0.0 + ordinary[$1], $0.1 + usuals[$1]) }
            let shift = Self.shift(
                ordinary: lines, usual: usual,
                zip(failures, pasts).map { counts, past in
                    (recent.reduce(0) { $0 + Double(counts[$1]) }, (past[first] - past[begin]) / known * usual)
                })
            exposures[hour] =
                (lines < Self.least * usual ? usuals[hour] * lines / usual : ordinary[hour]) * exp(shift)
            if abs(shift) > log(Self.told) { changed += 1 }
        }
        (self.exposures, hours) = (exposures, changed)
    }

    /// The logarithm of the factor by which the exposure differs from what ordinary lines say; see the type.
    ///
    /// - Parameters:
    ///   - ordinary: The ordinary lines, above 0.
    ///   - usual: What they would be at usual use, above 0.
    ///   - signatures: The lines of each signature, and those to expect at usual use.
    static func shift(ordinary: Double, usual: Double, _ signatures: [Lines]) -> Double {
        var votes: [Double] = []
        var (seen, expected, all) = (0.0, 0.0, 0.0)
        for signature in signatures {
            seen += signature.seen
            expected += signature.expected
            all += signature.expected
            guard expected >= linesOfVote else { continue }
            votes.append(seen / expected)
            (seen, expected) = (0, 0)
        }
        if votes.isEmpty, expected > 0 { votes = [seen / expected] }
        guard let vote = votes.median else { return 0 }
        let own = log(ordinary / usual)
        // What never came may be half a line.
        let told = log(max(vote, 0.5 / all))
        let between = min(max(told, min(own, 0)), max(own, 0))
        let error = error / all.squareRoot()
        if abs(between - own) <= error { return 0 }
        return (abs(between) <= error ? 0 : between) - own
    }

    private static func direction(_ ordinary: Double, usual: Double) -> Int8 {
        guard usual > 0, abs(ordinary - usual) > deviations * usual.squareRoot() else { return 0 }
        return ordinary > usual * Self.usual ? 1 : ordinary * Self.usual < usual ? -1 : 0
    }

    private static func usual(of hour: Int, _ exposures: [Double]) -> Double? {
        for step in steps {
            let known = (1...step.most).compactMap { number -> Double? in
                let place = hour - step.hours * number
                return place >= 0 && exposures[place] > 0 ? exposures[place] : nil
            }
            if known.count >= fewest { return known.median }
        }
        return nil
    }
}
