internal import Glibc

/// How a rise goes on: whether the lines still come more often than usual, as far as ordinary traffic lets them.
///
/// A cumulative sum of the logarithms of likelihood ratios: the usual rate to the raised one. Each line speaks for the raised rate, and what passes
/// without one against it; once the usual rate is so much likelier as it takes to tell a rise, the rise was over when the sum was 0 last. What
/// passes is measured by the ordinary lines: in a night or over a weekend little happens that could go wrong.
///
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), doi:10.1093/biomet/41.1-2.100.
struct Departure: Sendable {
    /// The raised rate by the usual one, at least: the sum stays as it is when lines come `(3 - 1) / ln 3 = 1.8` times as often as usual.
    private static let leastRatio = 3.0
    /// The raised rate, at most, a second: what has come more often may abate and go on.
    private static let mostRate = 1.0 / 60
    /// What passes without an ordinary line, as a share of the time: where all stops, a rise ends at some time.
    private static let byClock = 0.1

    /// The usual lines in a second of usual traffic.
    private let base: Double
    private let limit: Double
    private let pace: (scope: Traffic.Scope, rate: Double)?
    /// The time of the last line that was looked at, and the ordinary lines up to it.
    private(set) var last: Double
    private var ordinary: Double
    /// The seconds of usual traffic that it has lasted.
    private var exposure: Double
    /// The sum.
    private var doubt = 0.0
    /// What the rise was when the sum was 0 last.
    private var sure: (end: Double, count: Double, expected: Double)

    /// Begins with the rise as far as it has come.
    ///
    /// - Parameters:
    ///   - base: The lines that are usual in a second, above 0.
    ///   - limit: The improbability that ends it, in nats.
    init(_ rise: Rise, from base: Double, limit: Double, _ traffic: Traffic) {
        self.base = base
        self.limit = limit
        pace = traffic.pace(of: rise.scope, before: rise.start)
        last = rise.end
        ordinary = pace.map { traffic.lines($0.scope) } ?? 0
        exposure = Self.exposure(
            seconds: rise.end - rise.start, pace,
            lines: pace.map { traffic.lines($0.scope, from: rise.start, to: rise.end) })
        sure = (rise.end, rise.count, base * exposure)
    }

    /// The lines that would be usual so far.
    var expected: Double { base * exposure }

    /// Takes the next line; false when the rise was over before it.
    mutating func goesOn(_ rise: Rise, at time: Double, _ traffic: Traffic) -> Bool {
        let lines = pace.map { traffic.lines($0.scope) }
        let passed = Self.exposure(seconds: time - last, pace, lines: lines.map { $0 - ordinary })
        let rate = rise.count / max(60, exposure)
        let silence = doubt + Self.doubt(lines: 0, exposure: passed, from: base, at: rate)
        guard silence <= limit else { return false }
        doubt = max(0, doubt + Self.doubt(lines: 1, exposure: passed, from: base, at: rate))
        exposure += passed
        (last, ordinary) = (time, lines ?? 0)
        if doubt == 0 { sure = (time, rise.count + 1, expected) }
        return true
    }

    /// Takes another line of the clump of the last one.
    mutating func follow(at time: Double) {
        if doubt == 0 { sure.end = time }
    }

    /// Puts the end of a rise that is over to where it was.
    func end(_ rise: inout Rise) { (rise.end, rise.count, rise.expected) = sure }

    /// The logarithm of the likelihood ratio of two rates, the usual one to a raised one, after so many lines.
    ///
    /// - Parameters:
    ///   - exposure: The seconds of usual traffic.
    ///   - base: The usual lines in one of them, above 0.
    ///   - rate: What they were like when they were raised.
    static func doubt(lines: Double, exposure: Double, from base: Double, at rate: Double) -> Double {
        // It is told where it is the densest.
        let raised = max(leastRatio * base, min(PastBursts.likeShare * rate, mostRate))
        return (raised - base) * exposure - lines * log(raised / base)
    }

    /// The seconds of usual traffic that some seconds are worth.
    ///
    /// - Parameters:
    ///   - pace: Whose ordinary lines tell, and how many they usually are a second; nil where the clock alone tells.
    ///   - lines: Those in that time.
    static func exposure(seconds: Double, _ pace: (scope: Traffic.Scope, rate: Double)?, lines: Double?) -> Double {
        guard let pace, let lines else { return max(0, seconds) }
        return byClock * max(0, seconds) + (1 - byClock) * lines / pace.rate
    }
}
