internal import Glibc
public import Records
internal import Statistics

/// Whether signatures come more often since a version was rolled out, where it was.
///
/// A roll-out is a version that followed another one on some deployments of an environment. The rate of a signature on them, by ordinary lines, is
/// compared with their own rate before; what changed at the same time on deployments that were not upgraded is taken off, as far as they tell it. As the
/// version before is the one that ran there, a hotfix of an old branch is compared with that branch.
public struct VersionComparison: Sendable, Hashable {
    /// What can be said.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// It comes more often.
        case regressed
        /// A doubling can be excluded.
        case notRegressed
        /// Too little was seen.
        case cannotTell
    }

    /// The version that was rolled out.
    public var version: String
    /// The one that ran before.
    public var before: String
    /// The environment; empty when it is not known.
    public var environment: String
    /// Whether it goes back to an earlier version.
    public var isRollback: Bool
    /// The deployments; accounts where none is known.
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
    /// The factor by which the signature changed where nothing was upgraded; 1 when that is not known.
    public var controlFactor: Double
    /// What can be said.
    public var verdict: Verdict

    /// What makes a verdict.
    private static let level = (falseDiscoveries: 0.02, interval: 0.9)
    private static let fewestLines = 3.0
    /// A ratio that is excluded makes a signature not regressed.
    private static let doubling = 2.0
    /// The hours before a roll-out that are compared.
    private static let hoursBefore = 14 * 24
    /// Lines that the change without an upgrade weighs as one without a change.
    private static let controlPrior = 5.0
    private static let priorDispersion = (mean: 1.3, weight: 4.0)

    /// Compares all roll-outs.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - hoursAfter: How long after an upgrade is looked at; nil for as long as the version runs.
    /// - Returns: The comparisons in order of verdict (regressed first) and of the adjusted p-value; signatures that came neither before nor after a
    ///   roll-out are left out.
    /// - Complexity: O(cells · roll-outs).
    public static func all(_ table: CountTable, hoursAfter: Int? = nil) -> [VersionComparison] {
        let rollouts = Rollouts(table, hoursAfter: hoursAfter ?? .max, hoursBefore: hoursBefore)
        var found: [VersionComparison] = []
        var pValues: [Double] = []
        for rollout in rollouts.all {
            var own: [(comparison: VersionComparison, dispersion: Double)] = []
            for signature in table.signatures.indices {
                guard let sums = rollout.sums(of: Int32(signature), rollouts),
                    let (comparison, dispersion, pValue) = compared(Int32(signature), sums, rollout, rollouts)
                else { continue }
                own.append((comparison, dispersion))
                pValues.append(pValue)
            }
            let prior = GammaMixturePrior(
                observed: own.map { $0.comparison.observed / $0.dispersion },
                expected: own.map { $0.comparison.expected / $0.dispersion })
            found += own.map { item in
                var comparison = item.comparison
                let posterior = prior?.posterior(
                    observed: comparison.observed / item.dispersion, expected: comparison.expected / item.dispersion)
                if let mean = posterior?.geometricMean { comparison.shrunkRatio = mean }
                return comparison
            }
        }
        for (index, value) in FalseDiscoveryRate.benjaminiHochberg(pValues).enumerated() {
            found[index].adjustedPValue = value
            found[index].verdict = found[index].judged
        }
        let order = Verdict.allCases
        return found.sorted {
            ((order.firstIndex(of: $0.verdict) ?? 0), $0.adjustedPValue, $0.version, $0.signature)
                < ((order.firstIndex(of: $1.verdict) ?? 0), $1.adjustedPValue, $1.version, $1.signature)
        }
    }

    private var judged: Verdict {
        if adjustedPValue <= Self.level.falseDiscoveries, interval.lowerBound > 1, observed >= Self.fewestLines {
            return .regressed
        }
        return expected >= Self.fewestLines && interval.upperBound < Self.doubling ? .notRegressed : .cannotTell
    }

    private static func compared(
        _ signature: Int32, _ sums: Rollout.Sums, _ rollout: Rollout, _ rollouts: Rollouts
    ) -> (VersionComparison, dispersion: Double, pValue: Double)? {
        let exposure = rollout.exposure
        guard exposure.after > 0, exposure.before > 0, sums.after + sums.before > 0 else { return nil }
        var factor = 1.0
        if exposure.controlAfter > 0, exposure.controlBefore > 0 {
            let usual = sums.controlBefore / exposure.controlBefore * exposure.controlAfter
            factor = (sums.controlAfter + controlPrior) / (usual + controlPrior)
        }
        let dispersion = max(1, sums.dispersion(prior: priorDispersion))
        let scaled = exposure.after * factor
        // Lines that come in clumps count as so many clumps.
        guard
            let ratio = RateRatio(
                events: Int((sums.after / dispersion).rounded()), exposure: scaled,
                otherEvents: Int((sums.before / dispersion).rounded()), otherExposure: exposure.before)
        else { return nil }
        let expected = max(sums.before, 0.5) / exposure.before * scaled
        let table = rollouts.table
        let name = table.signatures[Int(signature)]
        return (
            VersionComparison(
                version: table.versions[Int(rollout.version)], before: table.versions[Int(rollout.before)],
                environment: rollout.environment >= 0 ? table.environments[Int(rollout.environment)] : "",
                isRollback: rollout.isRollback(table), deployments: rollout.names(table),
                since: Instant(seconds: Double(rollout.start) * 3_600), signature: name.id, template: name.template,
                observed: sums.after, expected: expected, linesBefore: sums.before, ratio: sums.after / expected,
                interval: ratio.interval(level: level.interval), shrunkRatio: sums.after / expected, adjustedPValue: 1,
                controlFactor: factor, verdict: .cannotTell),
            dispersion, ratio.midPValueGreater
        )
    }
}
