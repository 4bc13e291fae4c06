internal import Glibc

/// Who of some subjects is hit, from counts of which the background is known: a mixture of two negative binomials with an attack rate for each
/// group of subjects, fitted by expectation and maximisation.
///
/// A subject that is not hit has `n ~ NB(μ)` whose variance is μ times its clumping; one that is hit has `n ~ NB(μ + ρ a, k)` with its activity a
/// and one ρ for all. The attack rate π of a group (the share of it that is hit, as in epidemiology) has the prior Beta(½, ½).
/// So a subject without a count is likely hit if nearly all of its group are and its activity is too small for a count to be expected.
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

    /// The logarithm of the likelihood ratio of each subject's count, hit to not hit.
    public let logLikelihoodRatios: [Double]
    /// The logarithm of the prior odds of each subject: those of its group's attack rate.
    public let logPriorOdds: [Double]
    /// The attack rate of each group.
    public let rates: [Double]
    /// The count that a unit of activity adds when it is hit.
    public let intensity: Double

    private static let iterations = 40
    /// The dispersion k of the count of a subject that is hit: from nearly none to several times the mean.
    private static let dispersion = 1.0
    /// The share of subjects of known activity that are hit without a sign, as what they use is not what failed visibly.
    private static let unseen = 0.01

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - subjects: The subjects.
    ///   - groups: The number of groups.
    ///   - clumping: The variance of a background count by its mean, above 1.
    ///   - groupless: The attack rate of subjects without a group, above 0 and below 1.
    /// - Complexity: O(subjects).
    public init(_ subjects: [Subject], groups: Int, clumping: Double, groupless: Double) {
        let activities = subjects.compactMap(\.activity).filter { $0 > 0 }
        let mean = activities.isEmpty ? 1 : activities.reduce(0, +) / Double(activities.count)
        var intensity = Self.startingIntensity(subjects, mean)
        var rates = [Double](repeating: 0.5, count: groups)
        var ratios = [Double](repeating: 0, count: subjects.count)
        func odds(_ subject: Subject) -> Double {
            let rate = subject.group.map { rates[$0] } ?? groupless
            return log(rate / (1 - rate))
        }
        for _ in 0..<Self.iterations {
            var hit = [Double](repeating: 0.5, count: groups)
            var members = [Double](repeating: 1, count: groups)
            var excess = 0.0
            var activity = 0.0
            for (index, subject) in subjects.enumerated() {
                ratios[index] = Self.ratio(subject, intensity, mean, clumping)
                let probability = 1 / (1 + exp(-odds(subject) - ratios[index]))
                if let group = subject.group {
                    hit[group] += probability
                    members[group] += 1
                }
                if let known = subject.activity ?? (subject.count > 0 ? mean : nil) {
                    excess += probability * max(0, subject.count - subject.background)
                    activity += probability * known
                }
            }
            for group in 0..<groups { rates[group] = min(max(hit[group] / members[group], 1e-4), 1 - 1e-4) }
            if excess > 0, activity > 0 { intensity = excess / activity }
        }
        logLikelihoodRatios = ratios
        logPriorOdds = subjects.map(odds)
        self.rates = rates
        self.intensity = intensity
    }

    private static func startingIntensity(_ subjects: [Subject], _ mean: Double) -> Double {
        var excess = 0.0
        var activity = 0.0
        for subject in subjects where subject.count > subject.background {
            excess += subject.count - subject.background
            activity += subject.activity ?? mean
        }
        return activity > 0 ? excess / activity : 1
    }

    private static func ratio(_ subject: Subject, _ intensity: Double, _ mean: Double, _ clumping: Double) -> Double {
        // Of a subject whose activity nobody sees, an absent count says nothing.
        guard let activity = subject.activity ?? (subject.count > 0 ? mean : nil) else { return 0 }
        let background = max(subject.background, 1e-6)
        let ratio = CountExcess.logLikelihoodRatio(
            count: subject.count, mean: background + intensity * max(activity, 0.02 * mean), dispersion: dispersion,
            otherMean: background, otherDispersion: background / max(clumping - 1, 0.01))
        guard subject.count == 0 else { return ratio }
        return log((1 - unseen) * exp(ratio) + unseen)
    }
}
