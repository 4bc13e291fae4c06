internal import Glibc

/// Who of some subjects is hit, from counts of which the background is known: a mixture of two negative binomials with an attack rate for each
/// group of subjects, fitted by expectation and maximisation.
///
/// A subject that is out of reach has `n ~ NB(μ)` whose variance is μ times its clumping; one within reach has `n ~ NB(μ + ρ a, k)` with its activity a
/// and one ρ for all. The attack rate π of a group is the share of it that is within reach, with the prior Beta(½, ½). Of what happens only a share q
/// is seen: a subject is hit when it is within reach and something happened to it, seen or not. So one without a count is likely hit if nearly all of
/// its group are within reach and little is seen, and it is not if all is seen.
///
/// Source: A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum likelihood from incomplete data via the EM algorithm", J. R. Statist. Soc. B 39
/// (1977), doi:10.1111/j.2517-6161.1977.tb01600.x.
public struct AttackRates: Sendable {
    /// What is known of a subject.
    public struct Subject: Sendable, Hashable {
        /// Its count, at least 0.
        public var count: Double
        /// The count to expect when it is not hit, above 0.
        public var background: Double
        /// Its activity, in any unit, at least 0; nil when it is not known.
        public var activity: Double?
        /// Its group, from 0; nil when it has none and so nothing but its count tells.
        public var group: Int?

        /// Creates a subject.
        public init(count: Double, background: Double, activity: Double?, group: Int?) {
            self.count = count
            self.background = background
            self.activity = activity
            self.group = group
        }
    }

    /// What each subject's count adds to the logarithm of the odds that it is hit.
    public let logLikelihoodRatios: [Double]
    /// The logarithm of the prior odds of each subject: those of its group's attack rate.
    public let logPriorOdds: [Double]
    /// The attack rate of each group.
    public let rates: [Double]
    /// The count that a unit of activity adds when it is hit.
    public let intensity: Double

    private static let iterations = 40
    /// The dispersion k of the count of a subject within reach: from nearly none to several times the mean.
    private static let dispersion = 1.0
    /// No odds are worse than these.
    private static let floor = 1e-4

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - subjects: The subjects.
    ///   - groups: The number of groups.
    ///   - clumping: The variance of a background count by its mean, above 1.
    ///   - groupless: The attack rate of subjects without a group, above 0 and below 1.
    ///   - seen: The share of what happens that is seen, above 0 and at most 1.
    /// - Complexity: O(subjects).
    public init(_ subjects: [Subject], groups: Int, clumping: Double, groupless: Double, seen: Double) {
        let activities = subjects.compactMap(\.activity).filter { $0 > 0 }
        let mean = activities.isEmpty ? 1 : activities.reduce(0, +) / Double(activities.count)
        // Many that are hit a little and few that are hit hard may both be maxima, so the ascent begins at both.
        let few = Self.startingIntensity(subjects, mean) { $0.count > $0.background }
        let many = Self.startingIntensity(subjects, mean) { _ in true }
        var best = Self.Fit(rates: [], intensity: few, objective: -.infinity)
        for start in [few, many] {
            let fit = Self.ascend(
                subjects, groups: groups, clumping: clumping, groupless: groupless, seen: seen, mean: mean, from: start)
            if fit.objective > best.objective { best = fit }
        }
        let (rates, intensity) = (best.rates, best.intensity)
        func rate(_ subject: Subject) -> Double { subject.group.map { rates[$0] } ?? groupless }
        func odds(_ subject: Subject) -> Double { log(rate(subject) / (1 - rate(subject))) }
        self.rates = rates
        self.intensity = intensity
        logPriorOdds = subjects.map(odds)
        logLikelihoodRatios = subjects.map { subject in
            if subject.count > 0 { return Self.ratio(subject, intensity, mean, clumping) }
            let rate = rate(subject)
            let hit = rate * Self.unseenHit(subject, intensity, mean, seen)
            let none = rate * Self.noCount(subject, intensity, mean) + 1 - rate
            let probability = min(max(hit / none, Self.floor), 1 - Self.floor)
            return log(probability / (1 - probability)) - odds(subject)
        }
    }

    private struct Fit {
        var rates: [Double]
        var intensity: Double
        var objective: Double
    }

    /// Expectation and maximisation.
    private static func ascend(
        _ subjects: [Subject], groups: Int, clumping: Double, groupless: Double, seen: Double, mean: Double,
        from start: Double
    ) -> Fit {
        var fit = Fit(rates: [Double](repeating: 0.5, count: groups), intensity: start, objective: 0)
        for _ in 0..<iterations {
            var hit = [Double](repeating: 0.5, count: groups)
            var members = [Double](repeating: 1, count: groups)
            var excess = 0.0
            var activity = 0.0
            fit.objective = logPrior(fit.intensity / max(seen, 0.01))
            for subject in subjects {
                let rate = subject.group.map { fit.rates[$0] } ?? groupless
                let ratio = ratio(subject, fit.intensity, mean, clumping)
                let larger = max(0, ratio)
                fit.objective += larger + log(rate * exp(ratio - larger) + (1 - rate) * exp(-larger))
                let probability = 1 / (1 + exp(-log(rate / (1 - rate)) - ratio))
                if let group = subject.group {
                    hit[group] += probability
                    members[group] += 1
                }
                if let known = subject.activity ?? (subject.count > 0 ? mean : nil) {
                    excess += probability * max(0, subject.count - subject.background)
                    activity += probability * known
                }
            }
            for group in 0..<groups { fit.rates[group] = min(max(hit[group] / members[group], floor), 1 - floor) }
            if excess > 0, activity > 0 { fit.intensity = excess / activity }
        }
        return fit
    }

    /// A failing request writes about as many lines as one that does not, give or take a factor of three.
    private static func logPrior(_ intensity: Double) -> Double {
        let distance = log(max(intensity, 1e-9))
        return -0.5 * distance * distance / 1.2
    }

    private static func startingIntensity(
        _ subjects: [Subject], _ mean: Double, _ counts: (Subject) -> Bool
    ) -> Double {
        var excess = 0.0
        var activity = 0.0
        for subject in subjects where counts(subject) {
            excess += max(0, subject.count - subject.background)
            activity += subject.activity ?? (subject.count > 0 ? mean : 0)
        }
        return activity > 0 && excess > 0 ? excess / activity : 1
    }

    /// The mean that being within reach adds to what is seen of a subject; nil when nobody ever sees what it does.
    private static func added(_ subject: Subject, _ intensity: Double, _ mean: Double) -> Double? {
        guard let activity = subject.activity ?? (subject.count > 0 ? mean : nil) else { return nil }
        return intensity * max(activity, 0.02 * mean)
    }

    private static func ratio(_ subject: Subject, _ intensity: Double, _ mean: Double, _ clumping: Double) -> Double {
        guard let added = added(subject, intensity, mean) else { return 0 }
        let background = max(subject.background, 1e-6)
        return CountExcess.logLikelihoodRatio(
            count: subject.count, mean: background + added, dispersion: dispersion, otherMean: background,
            otherDispersion: background / max(clumping - 1, 0.01))
    }

    /// The probability that nothing is seen of a subject within reach.
    private static func noCount(_ subject: Subject, _ intensity: Double, _ mean: Double) -> Double {
        guard let added = added(subject, intensity, mean) else { return 1 }
        return pow(dispersion / (dispersion + added), dispersion)
    }

    /// The probability that something happens to a subject within reach and nothing of it is seen.
    private static func unseenHit(
        _ subject: Subject, _ intensity: Double, _ mean: Double, _ seen: Double
    ) -> Double {
        guard let added = added(subject, intensity, mean) else {
            // What nobody ever saw may be there only as far as much is not seen.
            return min(1, 2 * (1 - seen))
        }
        return pow(dispersion / (dispersion + added), dispersion)
            - pow(dispersion / (dispersion + added / max(seen, 0.01)), dispersion)
    }
}
