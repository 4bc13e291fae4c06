import Glibc
public import Records
import Statistics

/// Counts of a product whose versions are rolled out, with which of them made which signature worse.
///
/// Two branches run side by side: a new minor version goes to half of the deployments of one, a hotfix to half of those of the other. Some signatures get
/// worse with a version, some grow everywhere at the same time, and most stay as they are. Lines come in clumps and with the rhythm of the week.
///
/// Where the control is small, all deployments are upgraded but for one of each branch with little traffic, and no signature changes.
public struct VersionScenario: Sendable {
    /// The counts until the last day after a roll-out has passed.
    public let table: CountTable
    /// One for each roll-out and signature.
    public let truths: [VersionTruth]

    private static let deployments = 32
    private static let signatures = 90
    private static let days = 16
    /// The hours after an upgrade that are judged.
    public static let hoursAfter = 24

    private struct Site {
        let branch: Int
        let traffic: Double
        let upgradedAt: Int?
    }

    /// Draws a scenario.
    ///
    /// - Parameters:
    ///   - hasSmallControl: Whether nearly everything is upgraded, and nothing changes.
    public init(seed: UInt64, hasSmallControl: Bool = false) {
        var generator = SplitMix64(seed: seed)
        let sites = (0..<Self.deployments).map { number in
            // Upgrades are spread over twelve hours, some days before the end; half of each branch has them.
            let start = 24 * (Self.days - 2) + Int.random(in: 0..<12, using: &generator)
            let traffic = generator.logNormal(logMean: 5, logStandardDeviation: 0.7)
            let isUpgraded = hasSmallControl ? number < Self.deployments - 2 : number / 4 % 2 == 0
            return Site(
                branch: number % 4 < 3 ? 0 : 1, traffic: hasSmallControl && !isUpgraded ? traffic / 4 : traffic,
                upgradedAt: isUpgraded ? start : nil)
        }
        let versions = ["5.2.4", "5.3.0", "4.9.7", "4.9.8"]
        let names = (0..<Self.signatures).map {
            CountTable.Name(id: "signature-\($0)", template: "failure \($0) of <*>")
        }
        var factors = [[Double]](repeating: [1, 1], count: Self.signatures)
        var growth = [Double](repeating: 1, count: Self.signatures)
        var rates: [Double] = []
        for signature in 0..<Self.signatures {
            rates.append(generator.logNormal(logMean: -8, logStandardDeviation: 1.5))
            for branch in 0..<2 where generator.uniform() < 0.15 && !hasSmallControl {
                factors[signature][branch] = exp(log(3) + generator.uniform() * log(4))
            }
            if generator.uniform() < 0.1 && !hasSmallControl { growth[signature] = 2 }
        }
        var cells: [CountTable.Cell] = []
        var scopes: [CountTable.Scope] = []
        var expected = [[Double]](repeating: [0, 0], count: Self.signatures)
        for (number, site) in sites.enumerated() {
            for isNew in [false, true] {
                scopes.append(
                    CountTable.Scope(
                        deployment: Int32(number), version: Int32(2 * site.branch + (isNew ? 1 : 0)), environment: 0))
            }
            for hour in 0..<24 * Self.days {
                let since = site.upgradedAt.map { hour - $0 } ?? -1
                let scope = Int32(2 * number + (since >= 0 ? 1 : 0))
                let rhythm = (hour / 24 % 7 >= 5 ? 0.5 : 1) * ((7..<20).contains(hour % 24) ? 1.5 : 0.4)
                let ordinary = generator.poisson(mean: site.traffic * rhythm)
                if ordinary > 0 { cells.append(Self.cell(-1, hour, scope, ordinary)) }
                for signature in 0..<Self.signatures {
                    var mean = rates[signature] * site.traffic * rhythm
                    if hour >= 24 * (Self.days - 2) { mean *= growth[signature] }
                    if since >= 0 {
                        if since < Self.hoursAfter { expected[signature][site.branch] += mean }
                        mean *= factors[signature][site.branch]
                    }
                    // Clumps of one line or, each fourth one, of two.
                    let lines =
                        generator.poisson(mean: 0.6 * mean) + 2 * generator.poisson(mean: 0.2 * mean)
                    if lines > 0 { cells.append(Self.cell(Int32(signature), hour, scope, lines)) }
                }
            }
        }
        // Every index above has its name.
        table =
            CountTable(
                signatures: names, accounts: [], deployments: (0..<Self.deployments).map { "site-\($0)" },
                versions: versions,
                environments: ["production"], scopes: scopes, cells: cells) ?? CountTable()
        truths = (0..<2).flatMap { branch in
            (0..<Self.signatures).map { signature in
                let factor = factors[signature][branch]
                return VersionTruth(
                    version: versions[2 * branch + 1], signature: names[signature].id, factor: factor,
                    expected: expected[signature][branch])
            }
        }
    }

    private static func cell(_ signature: Int32, _ hour: Int, _ scope: Int32, _ count: Int) -> CountTable.Cell {
        // Monday 2026-01-05T00:00Z.
        CountTable.Cell(
            signature: signature, hour: Int32(490_992 + hour), scope: scope, count: UInt32(clamping: count))
    }
}
