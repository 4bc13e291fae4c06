internal import Glibc

/// The bursts of a signature so far: what has come again and again is nothing new, though each time it comes in more lines than its mean explains.
///
/// Bursts with little between them are one occasion. With n occasions that were as large in some time, the probability that as long a time has none
/// is `2^-(n + 1/2)`: that of a Poisson count whose rate has a gamma posterior with Jeffreys's prior (A. Gelman et al., *Bayesian Data Analysis*,
/// 3rd ed., 2013, section 2.6). Where it is small, another one was to be expected. Older occasions count for less, as all of a ``SignaturePast`` does.
struct PastBursts: Sendable {
    private struct Occasion: BitwiseCopyable {
        var start: Double
        var end: Double
        /// The lines, and the seconds, of its largest burst.
        var lines: Double
        var seconds: Double

        /// Whether a burst at a time is of this occasion still: one that goes on for long may pause for long.
        func goesOn(at time: Double) -> Bool {
            time - end <= max(pause, (end - start) / 2) && time - start <= longest
        }
    }

    /// The lines that a burst has at least.
    static let leastLines = 3.0
    /// The share of a burst's lines that another one has which is as large.
    static let likeShare = 0.3
    /// Of shorter bursts the time says nothing, in seconds.
    private static let short = 900.0
    /// The pause, in seconds, after which a burst is another occasion, and what goes on for so long is several.
    private static let pause = IncidentHistory.pause
    private static let longest = 86_400.0
    /// The probability of none from which on another one was to be expected.
    private static let none = 0.1
    /// An occasion that weighs less is forgotten.
    private static let leastWeight = 0.01

    /// In order of time.
    private var occasions: [Occasion] = []

    /// When the last occasion ended before a burst that is another one by its time, and the lines a second that it had; nil when there is none or the
    /// burst is of it all the same.
    ///
    /// It is of it if what it tells of has gone on between them.
    func pause(before start: Double, to end: Double) -> (end: Double, rate: Double)? {
        guard let last = occasions.last, last.end < start, !last.goesOn(at: end) else { return nil }
        return (last.end, last.lines / max(60, last.seconds))
    }

    /// Takes note of a burst as far as it has come; bursts come in order of their last line.
    ///
    /// - Parameter isAnother: Whether it is of another occasion than the last one, see ``pause(before:to:)``.
    mutating func note(lines: Double, from start: Double, to end: Double, isAnother: Bool) {
        if !isAnother, let last = occasions.indices.last {
            occasions[last].end = end
            occasions[last].lines = max(occasions[last].lines, lines)
            occasions[last].seconds = max(occasions[last].seconds, end - start)
            return
        }
        while let first = occasions.first, SignaturePast.faded(1, by: end - first.end) < Self.leastWeight {
            occasions.removeFirst()
        }
        occasions.append(Occasion(start: start, end: end, lines: lines, seconds: end - start))
    }

    /// Whether a burst up to now was to be expected, as ones as large and as long came before it; those of its own occasion do not count.
    func explain(lines: Double, from start: Double, to end: Double) -> Bool {
        let alike = occasions.reduce(0) { sum, other in
            guard other.end < start, !other.goesOn(at: start), other.lines >= Self.likeShare * lines,
                max(Self.short, other.seconds) >= Self.likeShare * (end - start)
            else { return sum }
            return sum + SignaturePast.faded(1, by: end - other.end)
        }
        return exp2(-alike - 0.5) < Self.none
    }
}
