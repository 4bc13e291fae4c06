internal import Glibc

/// Who of some subjects is hit, from counts of which the background is known: a mixture of two negative binomials with an attack rate for each
/// group of subjects, fitted by expectation and maximisation.
///
/// A subject that is out of reach has `n ~ NB(μ)` whose variance is μ times its clumping; one within reach has `n ~ NB(μ + ρ a, k)` with its activity a
/// and one ρ for all, whose logarithm is normal around that of q. The attack rate π of a group is the share of it that is within reach, with the
/// prior Beta(3/2, 3/2), whose maximum a posteriori counts half a subject as hit and half a one as not. Of what happens only a share q
/// is seen: a subject is hit when it is within reach and something happened to it, seen or not. So one without a count is likely hit if nearly all of
/// its group are within reach and little is seen, and it is not if all is seen. Where nothing is seen no count says anything. Where something else
/// bounds the attack rate of a group, the prior lies between the bounds.
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
        /// What else is known of it, as the logarithm of the ratio of its likelihoods: hit to not hit.
        public var other: Double

        /// Creates a subject.
        public init(count: Double, background: Double, activity: Double?, group: Int?, other: Double = 0) {
            self.count = count
            self.background = background
            self.activity = activity
            self.group = group
            self.other = other
        }

        /// The same, of which nobody knows what it does.
        fileprivate var unseen: Self {
            Self(count: count, background: background, activity: nil, group: group, other: other)
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
    /// The logarithm of the posterior density in each turn of the ascent, up to a constant; none is less than the one before it.
    public let logPosteriors: [Double]

    private static let iterations = 40
    /// A turn that gains less is the last.
    private static let tolerance = 1e-7
    /// The size k of the count of a subject within reach: from nearly none to several times the mean.
    private static let size = 1.0
    /// No odds are worse than these, and no share that is seen is smaller.
    private static let floor = 1e-4
    private static let leastBackground = 1e-6
    /// A failing request writes about as many lines as one that does not, give or take a factor of three: the variance of the logarithm.
    private static let intensityVariance = 1.2

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - subjects: The subjects.
    ///   - groups: The number of groups.
    ///   - clumping: The variance of a background count by its mean, above 1.
    ///   - groupless: The attack rate of subjects without a group, above 0 and below 1.
    ///   - seen: The share of what happens that is seen, 0...1.
    ///   - bounds: For each group what its attack rate lies between, within 0...1; nil where nothing is known of that.
    /// - Complexity: O(subjects).
    public init(
        _ subjects: [Subject], groups: Int, clumping: Double, groupless: Double, seen: Double,
        bounds: [ClosedRange<Double>]? = nil
    ) {
        let bounds = bounds ?? [ClosedRange<Double>](repeating: 0...1, count: groups)
        // Where nothing is seen nobody is seen to be spared.
        let subjects = seen > 0 ? subjects : subjects.map { $0.unseen }
        let seen = max(seen, Self.floor)
        let activities = subjects.compactMap(\.activity).filter { $0 > 0 }
        let mean = activities.isEmpty ? 1 : activities.reduce(0, +) / Double(activities.count)
        // Many that are hit a little and few that are hit hard may both be maxima, so the ascent begins at both.
        let few = Self.startingIntensity(subjects, mean, seen) { $0.count > $0.background }
        let many = Self.startingIntensity(subjects, mean, seen) { _ in true }
        let fits = [few, many].map { start in
            Self.ascend(
                subjects, groups: groups, clumping: clumping, groupless: groupless, seen: seen, bounds: bounds,
                mean: mean, from: start)
        }
        let best = fits[0].logPosterior < fits[1].logPosterior ? fits[1] : fits[0]
        let (rates, intensity) = (best.rates, best.intensity)
        logPosteriors = best.logPosteriors
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
        var logPosteriors: [Double] = []

        var logPosterior: Double { logPosteriors.last ?? -.infinity }
    }

    /// Expectation and maximisation.
    private static func ascend(
        _ subjects: [Subject], groups: Int, clumping: Double, groupless: Double, seen: Double,
        bounds: [ClosedRange<Double>], mean: Double, from start: Double
    ) -> Fit {
        var fit = Fit(rates: bounds.map { ($0.lowerBound + $0.upperBound) / 2 }, intensity: start)
        var probabilities = [Double](repeating: 0, count: subjects.count)
        while true {
            var hit = [Double](repeating: 0, count: groups)
            var members = [Double](repeating: 0, count: groups)
            var posterior = logPrior(fit.intensity, seen)
            for (rate, bounds) in zip(fit.rates, bounds) { posterior += logPrior(rate, in: bounds) }
            for (index, subject) in subjects.enumerated() {
                let rate = subject.group.map { fit.rates[$0] } ?? groupless
                let ratio = ratio(subject, fit.intensity, mean, clumping) + subject.other
                let larger = max(0, ratio)
                posterior += larger + log(rate * exp(ratio - larger) + (1 - rate) * exp(-larger))
                probabilities[index] = 1 / (1 + exp(-log(rate / (1 - rate)) - ratio))
                if let group = subject.group {
                    hit[group] += probabilities[index]
                    members[group] += 1
                }
            }
            let gain = posterior - fit.logPosterior
            fit.logPosteriors.append(posterior)
            if gain < tolerance || fit.logPosteriors.count == iterations { return fit }
            for group in 0..<groups {
                fit.rates[group] = likeliestRate(hit: hit[group], of: members[group], in: bounds[group])
            }
            fit.intensity = likeliestIntensity(subjects, probabilities, mean, seen, near: fit.intensity)
        }
    }

    /// The rate that so many hit among the members of a group make the likeliest.
    private static func likeliestRate(hit: Double, of members: Double, in bounds: ClosedRange<Double>) -> Double {
        /// The derivative of the logarithm of the posterior, which falls.
        func slope(_ rate: Double) -> Double {
            hit / rate - (members - hit) / (1 - rate)
                + 0.5 / (rate - bounds.lowerBound) - 0.5 / (bounds.upperBound - rate)
        }
        if bounds == 0...1 { return min(max((hit + 0.5) / (members + 1), floor), 1 - floor) }
        let within = bounds.clamped(to: floor...1 - floor)
        var (low, high) = (within.lowerBound, within.upperBound)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if slope(middle) > 0 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// That of a rate, Beta(3/2, 3/2) between its bounds.
    private static func logPrior(_ rate: Double, in bounds: ClosedRange<Double>) -> Double {
        0.5 * log(max((rate - bounds.lowerBound) * (bounds.upperBound - rate), leastBackground * leastBackground))
    }

    private static func logPrior(_ intensity: Double, _ seen: Double) -> Double {
        let distance = log(intensity / seen)
        return -0.5 * distance * distance / intensityVariance
    }

    /// The intensity that the counts of subjects, each within reach with a probability, make the likeliest: upwards from the one before, to where
    /// the expected logarithm of the posterior has its next maximum.
    private static func likeliestIntensity(
        _ subjects: [Subject], _ probabilities: [Double], _ mean: Double, _ seen: Double, near intensity: Double
    ) -> Double {
        /// The derivative by the logarithm of the intensity.
        func slope(_ logarithm: Double) -> Double {
            let intensity = exp(logarithm)
            var slope = (log(seen) - logarithm) / intensityVariance
            for (subject, probability) in zip(subjects, probabilities) {
                guard let added = added(subject, intensity, mean) else { continue }
                let expected = max(subject.background, leastBackground) + added
                slope +=
                    probability * added
                    * (subject.count / expected - (subject.count + size) / (expected + size))
            }
            return slope
        }
        var near = log(intensity)
        let step = slope(near) > 0 ? 0.5 : -0.5
        var far = near + step
        // The prior ends it, whose slope has no bounds.
        while slope(far) * step > 0 { (near, far) = (far, far + step) }
        for _ in 0..<12 {
            let middle = (near + far) / 2
            if slope(middle) * step > 0 { near = middle } else { far = middle }
        }
        return exp(near)
    }

    /// Where nobody has an excess nothing is known of it.
    private static func startingIntensity(
        _ subjects: [Subject], _ mean: Double, _ seen: Double, _ counts: (Subject) -> Bool
    ) -> Double {
        var excess = 0.0
        var activity = 0.0
        for subject in subjects where counts(subject) {
            excess += max(0, subject.count - subject.background)
            activity += subject.activity ?? (subject.count > 0 ? mean : 0)
        }
        return activity > 0 && excess > 0 ? excess / activity : seen
    }

    /// The mean that being within reach adds to what is seen of a subject; nil when nobody ever sees what it does.
    private static func added(_ subject: Subject, _ intensity: Double, _ mean: Double) -> Double? {
        guard let activity = subject.activity ?? (subject.count > 0 ? mean : nil) else { return nil }
        return intensity * max(activity, 0.02 * mean)
    }

    private static func ratio(_ subject: Subject, _ intensity: Double, _ mean: Double, _ clumping: Double) -> Double {
        guard let added = added(subject, intensity, mean) else { return 0 }
        let background = max(subject.background, leastBackground)
        return CountExcess.logLikelihoodRatio(
            count: subject.count, mean: background + added, size: size, otherMean: background,
            otherSize: background / max(clumping - 1, 0.01))
    }

    /// The probability that nothing is seen of a subject within reach.
    private static func noCount(_ subject: Subject, _ intensity: Double, _ mean: Double) -> Double {
        guard let added = added(subject, intensity, mean) else { return 1 }
        return pow(size / (size + added), size)
    }

    /// The probability that something happens to a subject within reach and nothing of it is seen.
    private static func unseenHit(
        _ subject: Subject, _ intensity: Double, _ mean: Double, _ seen: Double
    ) -> Double {
        guard let added = added(subject, intensity, mean) else {
            // What nobody ever saw may be there only as far as much is not seen.
            return min(1, 2 * (1 - seen))
        }
        return pow(size / (size + added), size)
            - pow(size / (size + added / seen), size)
    }
}
