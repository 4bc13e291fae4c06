internal import Features
internal import Glibc
public import Records
internal import Statistics

/// Whether signatures come more often since a version was rolled out, where it was.
///
/// Versions are compared within one service where services have versions of their own (see ``ServiceVersions``). A roll-out is a version that took over from
/// another one on some places of an environment within a day; a place is a deployment, or an account where no
/// deployment is known or versions go by account. The version before is the one with the most ordinary lines there in the day before, so that a
/// hotfix of an old branch is compared with that branch, and what somebody tried or made up with nothing.
///
/// The rate of a signature there, by ordinary lines, is compared with its own rate before by the exact conditional test; what changed at the same time
/// on places that were not upgraded is taken off. As they tell that with an error of their own, the lines before count as so many as would tell what is
/// expected as well as both do. Where a version writes fewer ordinary lines, or more of them, all rates seem to change by the same factor; then exposure
/// is what the failures tell (see ``ExposureShift``).
public struct VersionComparison: Sendable, Hashable {
    /// What can be said.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// It comes more often.
        case regressed
        /// A doubling can be excluded.
        case notRegressed
        /// Too little was seen, such as fewer than three clumps of lines, or where fewer were to be expected.
        case cannotTell
    }

    /// What tells how a signature would have changed without the version.
    public enum Control: String, Sendable, Hashable, CaseIterable {
        /// Places of the same environment that were not upgraded.
        case sameEnvironment
        /// Places of other environments, as none of its own was left.
        case otherEnvironments
        /// Nothing: what changed everywhere at the same time is taken for the version's doing.
        case none
    }

    /// The version that was rolled out.
    public var version: String
    /// The one that ran before.
    public var before: String
    /// The service whose versions these are, or several with a comma between; empty where no service has versions of its own.
    public var service: String
    /// The environment; empty when it is not known.
    public var environment: String
    /// Whether it goes back to an earlier version.
    public var isRollback: Bool
    /// Whether the version before went on beside it on the same places, with lines that do not tell who has which: nothing can be told then.
    public var isMixed: Bool
    /// The deployments; accounts where none is known, or where versions go by account.
    public var deployments: [String]
    /// When the first of them was upgraded.
    public var since: Instant
    /// The id of the signature.
    public var signature: String
    /// Its template.
    public var template: String
    /// Its lines since.
    public var observed: Double
    /// Those to expect if nothing had changed.
    public var expected: Double
    /// Its lines on the same deployments before.
    public var linesBefore: Double
    /// The ratio of the rates.
    public var ratio: Double
    /// Its 90 % interval.
    public var interval: ClosedRange<Double>
    /// The ratio shrunk to what is usual of all signatures of the roll-out.
    public var shrunkRatio: Double
    /// The probability of so many by chance (mid-p), adjusted for all signatures and roll-outs.
    public var adjustedPValue: Double
    /// What tells how the signature would have changed without the version.
    public var control: Control
    /// The factor by which the signature changed there, shrunk to none; 1 when that is not known.
    public var controlFactor: Double
    /// The factor by which exposure since differs from what ordinary lines say, as these changed by themselves; 1 where they are believed.
    public var exposureFactor: Double
    /// What can be said.
    public var verdict: Verdict

    /// What makes a verdict.
    private static let level = (falseDiscoveries: 0.02, interval: 0.9)
    private static let fewestClumps = 3.0
    /// A ratio that is excluded makes a signature not regressed.
    private static let doubling = 2.0
    /// The hours before a roll-out that are compared.
    private static let hoursBefore = 14 * 24

    /// Whether it is of a version, however that is written.
    public func isOf(_ version: String) -> Bool {
        VersionOrder.spelling(of: self.version) == VersionOrder.spelling(of: version)
    }

    /// Compares all roll-outs.
    ///
    /// Of a log of nothing but failures, whose exposure nobody knows, rates are by time.
    ///
    /// - Parameters:
    ///   - table: The counts. Versions that only are written in several ways are one.
    ///   - hoursAfter: How long after an upgrade is looked at, at least 1; nil for as long as the version runs.
    /// - Returns: The comparisons in order of verdict (regressed first) and of the adjusted p-value; signatures that came neither before nor after a
    ///   roll-out are left out.
    /// - Complexity: O(cells · roll-outs), on all cores.
    public static func all(_ table: CountTable, hoursAfter: Int? = nil) -> [VersionComparison] {
        let table = table.withOneSpelling.withServicesOfVersions.withTimeAsExposure
        let rollouts = Rollouts(table, hoursAfter: hoursAfter, hoursBefore: hoursBefore)
        var found = concurrently(rollouts.all.count, by: 1) { range in
            range.flatMap { compared(rollouts.all[$0], rollouts.placed, table) }
        }.flatMap(\.self)
        // What nobody can tell is no test.
        let tests = found.indices.filter { !found[$0].comparison.isMixed }
        let adjusted = FalseDiscoveryRate.benjaminiHochberg(tests.map { found[$0].pValue })
        for (index, value) in zip(tests, adjusted) {
            found[index].comparison.adjustedPValue = value
            found[index].comparison.verdict = found[index].judged
        }
        return found.indices.sorted { precedes(found[$0].comparison, found[$1].comparison) }.map {
            found[$0].comparison
        }
    }

    private static func precedes(_ left: VersionComparison, _ right: VersionComparison) -> Bool {
        if left.verdict != right.verdict { return left.verdict.order < right.verdict.order }
        // Names are compared only where they must be, as there may be a million.
        if left.adjustedPValue != right.adjustedPValue { return left.adjustedPValue < right.adjustedPValue }
        return (left.version, left.signature, left.since.seconds, left.before, left.environment, left.service)
            < (right.version, right.signature, right.since.seconds, right.before, right.environment, right.service)
    }

    private struct Found {
        var comparison: VersionComparison
        let pValue: Double
        /// The variance of lines by their mean.
        let dispersion: Double
        /// The clumps that the lines are at most.
        let clumps: Double

        var judged: Verdict {
            let interval = comparison.interval
            if comparison.adjustedPValue <= level.falseDiscoveries, interval.lowerBound > 1,
                min(clumps, comparison.observed / dispersion) >= fewestClumps
            {
                return .regressed
            }
            return comparison.expected / dispersion >= fewestClumps && interval.upperBound < doubling
                ? .notRegressed : .cannotTell
        }
    }

    private static func compared(
        _ rollout: Rollout, _ placed: PlacedVersions, _ table: CountTable
    ) -> [Found] {
        let (lines, control) = placed.lines(rollout, signatures: table.signatures.count)
        let exposure = (after: lines.after(-1), before: lines.before(-1))
        guard exposure.after > 0, exposure.before > 0 else { return [] }
        let change = ControlChange(
            control, signatures: table.signatures.count,
            isElsewhere: rollout.places.controlKind == .otherEnvironments)
        let names = rollout.places.upgraded.map { placed.cells.places[$0.place].name(table) }.sorted()
        let isRollback = placed.isRollback(rollout, table)
        var found: [Found] = []
        let changes = table.signatures.indices.map { index in
            lines.after(index) + lines.before(index) > 0 ? change.factor(of: index) : (factor: 1, logVariance: 0)
        }
        let usual = placed.usualOrdinary(rollout, lines, control)
        let shift =
            table.hasExposures
            ? 0
            : ExposureShift.shift(
                ordinary: exposure.after, usual: usual,
                table.signatures.indices.map { index in
                    (lines.after(index), lines.before(index) / exposure.before * usual * changes[index].factor)
                })
        // Lines that come in clumps count as so many clumps.
        let dispersionOf = lines.dispersions
        for (index, name) in table.signatures.enumerated() {
            let (after, before) = (lines.after(index), lines.before(index))
            guard after + before > 0 else { continue }
            let dispersion = dispersionOf[index]
            let (factor, logVariance) = changes[index]
            // A count of n tells its logarithm with a variance of 1 / n.
            let certainty = 1 / (1 + logVariance * (before / dispersion + 0.5))
            let scaled = exposure.after * exp(shift) * factor
            guard
                let ratio = RateRatio(
                    events: after / dispersion, exposure: scaled, otherEvents: before / dispersion * certainty,
                    otherExposure: exposure.before * certainty)
            else { continue }
            let expected = max(before, 0.5) / exposure.before * scaled
            let comparison = VersionComparison(
                version: table.versions[Int(rollout.version)], before: table.versions[Int(rollout.before)],
                service: rollout.service >= 0 ? table.services[Int(rollout.service)] : "",
                environment: rollout.environment >= 0 ? table.environments[Int(rollout.environment)] : "",
                isRollback: isRollback, isMixed: rollout.isMixed, deployments: names,
                since: Instant(seconds: Double(rollout.places.hours.lowerBound) * 3_600), signature: name.id,
                template: name.template, observed: after, expected: expected, linesBefore: before,
                ratio: after / expected, interval: ratio.interval(level: level.interval),
                shrunkRatio: after / expected, adjustedPValue: 1, control: rollout.places.controlKind,
                controlFactor: factor, exposureFactor: exp(shift), verdict: .cannotTell)
            found.append(
                Found(
                    comparison: comparison, pValue: ratio.midPValueGreater, dispersion: dispersion,
                    clumps: lines.clumpsAfter(index)))
        }
        let counts = found.map { ($0.comparison.observed / $0.dispersion, $0.comparison.expected / $0.dispersion) }
        guard let prior = GammaMixturePrior(observed: counts.map(\.0), expected: counts.map(\.1)) else { return found }
        for (index, (observed, expected)) in counts.enumerated() {
            guard let posterior = prior.posterior(observed: observed, expected: expected) else { continue }
            found[index].comparison.shrunkRatio = posterior.geometricMean
        }
        return found
    }
}

extension VersionComparison.Verdict {
    fileprivate var order: Int {
        switch self {
        case .regressed: 0
        case .notRegressed: 1
        case .cannotTell: 2
        }
    }
}
