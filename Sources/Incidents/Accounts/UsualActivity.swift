internal import Glibc
internal import Records
internal import Statistics

/// How much each account does in a stretch of time, beside what is usual.
struct UsualActivity {
    /// The factors by which the ordinary lines of an account that is hurt change: requests that fail write less, and people try again.
    private static let changes = [0.4, 2.0]
    /// How much the lines of an account vary by themselves, as the size of a negative binomial distribution.
    private static let size = 3.0
    /// Expected lines below which a change says nothing.
    private static let few = 8.0
    /// Of a shorter log nobody knows how the hours of a day differ, in seconds.
    private static let leastBaseline = 86_400.0

    private let traffic: Traffic
    private let baseline: UsageBaseline

    init(_ traffic: Traffic, _ baseline: UsageBaseline) {
        self.traffic = traffic
        self.baseline = baseline
    }

    /// The ordinary lines to expect of an account in a stretch of time; nil when it never had one, so that nobody sees what it does.
    func expected(_ account: Int32, from: Double, to: Double) -> Double? {
        let now = observed(account, from: from, to: to)
        let usual = baseline.expected(Int(account), from: from, to: max(to, from + 60), own: now)
        // It may be new.
        return usual ?? (now > 0 ? now : nil)
    }

    /// The ordinary lines that it had.
    func observed(_ account: Int32, from: Double, to: Double) -> Double {
        traffic.lines(.account(account), from: from, to: to)
    }

    /// By what factor the use of an account changed, and the log likelihood ratio of that: hurt to not hurt.
    func change(_ account: Int32, from: Double, to: Double) -> (factor: Double, ratio: Double) {
        let now = observed(account, from: from, to: to)
        guard baseline.seconds(outside: from, to) >= Self.leastBaseline,
            let usual = baseline.expected(Int(account), from: from, to: to, own: now), usual >= Self.few
        else { return (1, 0) }
        let likelihood = Self.changes.reduce(0) { sum, factor in
            sum
                + exp(
                    CountExcess.logLikelihoodRatio(
                        count: now, mean: usual * factor, size: Self.size, otherMean: usual,
                        otherSize: Self.size))
        }
        return (now / usual, log(likelihood / Double(Self.changes.count)))
    }
}
