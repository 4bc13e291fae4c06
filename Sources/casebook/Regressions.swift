import ArgumentParser
import Incidents
import Records

/// Tells which signatures a version made worse.
struct Regressions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare signatures before and after each version that was rolled out.",
        discussion: """
            A version is compared with the one that ran on the same deployments before, by ordinary lines, and with what changed meanwhile where \
            nothing was upgraded. Each signature is regressed, not regressed (a doubling can be excluded), or nobody can tell yet.
            """)

    @OptionGroup
    var options: TrendOptions

    @Option(help: ArgumentHelp("How long after an upgrade is looked at; all by default.", valueName: "hours"))
    var hours: Int?

    @Option(help: ArgumentHelp("Only this version.", valueName: "version"))
    var release: String?

    @Flag(help: "Also those that are not regressed, or of which nobody can tell.")
    var all = false

    func validate() throws {
        if let hours, hours < 1 { throw ValidationError("--hours is at least 1") }
    }

    func run() throws {
        let source = try options.read(for: "regressions")
        let table = source.table
        if table.cells(of: -1).isEmpty, !table.cells.isEmpty {
            StandardInput.say(
                "casebook regressions: there is no ordinary line and no exposure; each place is taken to be used as much in each hour"
            )
        }
        let compared = VersionComparison.all(table, hoursAfter: hours).filter { release.map($0.isOf) ?? true }
        let found = compared.filter { all || $0.verdict == .regressed }
        guard options.json else {
            for comparison in found { print(Self.text(comparison), terminator: "") }
            if found.isEmpty { print(nothing(compared, table)) }
            return
        }
        JSONLineWriter.print { line in
            line.member("comparisons", found) { comparison, line in line.object { Self.write(comparison, to: &$0) } }
        }
    }

    /// Why there is nothing to tell.
    private func nothing(_ compared: [VersionComparison], _ table: CountTable) -> String {
        guard compared.isEmpty else { return "No signature comes more often since a version was rolled out." }
        let telling = table.cells(of: -1).isEmpty ? table.cells[...] : table.cells(of: -1)
        if !telling.isEmpty, telling.allSatisfy({ table.scopes[Int($0.scope)].version < 0 }) {
            return "No ordinary line, no release and no exposure names a version: nothing can be compared."
        }
        return "No roll-out\(release.map { " of \($0)" } ?? "") was seen that failing lines came before or after."
    }

    private static func write(_ comparison: VersionComparison, to line: inout JSONLineWriter) {
        line.member("verdict", comparison.verdict.rawValue)
        line.member("version", comparison.version)
        line.member("before", comparison.before)
        if !comparison.service.isEmpty { line.member("service", comparison.service) }
        line.member("environment", comparison.environment)
        line.member("isRollback", comparison.isRollback)
        line.member("isMixed", comparison.isMixed)
        line.member("deployments", comparison.deployments) { $1.value($0) }
        line.member("since", comparison.since)
        line.member("signature", comparison.signature)
        line.member("template", comparison.template)
        line.member("observed", comparison.observed)
        line.member("expected", small: comparison.expected)
        line.member("linesBefore", comparison.linesBefore)
        line.member("ratio", comparison.ratio)
        line.member("interval", comparison.interval)
        line.member("shrunkRatio", comparison.shrunkRatio)
        line.member("adjustedPValue", small: comparison.adjustedPValue)
        line.member("control", comparison.control.rawValue)
        line.member("controlFactor", comparison.controlFactor)
        line.member("exposureFactor", comparison.exposureFactor)
    }

    private static func text(_ comparison: VersionComparison) -> String {
        let verdict =
            switch comparison.verdict {
            case .regressed: "regressed"
            case .notRegressed: "not regressed"
            case .cannotTell: "cannot tell"
            }
        let place = comparison.environment.isEmpty ? "" : " in \(comparison.environment)"
        let interval = comparison.interval
        let service = comparison.service.isEmpty ? "" : comparison.service + " "
        return """
            \(verdict): \(comparison.template)
              \(service)\(comparison.before) -> \(comparison.version)\(comparison.isRollback ? " (back)" : "")\(place), \
            \(comparison.deployments.count) place(s) since \(comparison.since.iso8601)
              \(TrendOptions.rounded(comparison.observed)) lines where \(TrendOptions.rounded(comparison.expected)) were expected: \
            \(TrendOptions.rounded(comparison.ratio)) times (90 %: \(TrendOptions.rounded(interval.lowerBound)) to \
            \(TrendOptions.rounded(interval.upperBound)))
            \(exposure(comparison))\(reason(comparison))
            """
    }

    /// That ordinary lines are not believed; nothing where they are, or nearly.
    private static func exposure(_ comparison: VersionComparison) -> String {
        let factor = comparison.exposureFactor
        guard max(factor, 1 / factor) > 1.25 else { return "" }
        return
            "  ordinary lines changed there while failures did not; it was used \(TrendOptions.rounded(factor)) times as much as they say\n"
    }

    /// What limits the verdict; nothing where places of its own environment stayed as they were.
    private static func reason(_ comparison: VersionComparison) -> String {
        if comparison.isMixed {
            return "  both versions went on there, and lines do not say whose they are: nobody can tell\n"
        }
        return switch comparison.control {
        case .sameEnvironment: ""
        case .otherEnvironments:
            "  what changed meanwhile is told by other environments, as everything in its own was upgraded\n"
        case .none: "  nothing tells what changed meanwhile, as everything was upgraded\n"
        }
    }
}
