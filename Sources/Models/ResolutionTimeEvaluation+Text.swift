internal import Glibc
public import Records
internal import Statistics

extension ResolutionTimeEvaluation: CustomStringConvertible {
    /// A table for people.
    public var description: String {
        func fixed(_ value: Double, _ digits: Int) -> String { Self.fixed(value, digits) }
        var lines = [
            "protocol              \(self.protocol)",
            "tickets               \(n)",
            "MAE                   \(fixed(maeHours, 1)) h",
            "median absolute error \(fixed(medianAbsoluteErrorHours, 1)) h",
            "MAPE                  \(fixed(100 * mape, 1)) %",
            "RMSLE                 \(fixed(rmsle, 3))",
            "concordance           \(fixed(concordance ?? .nan, 3))",
            "pinball loss          \(fixed(pinballHours, 1)) h",
            "weekly cohorts        \(fixed(100 * cohortMeanError, 1)) % mean error",
        ]
        if open > 0 {
            lines.insert("still open            \(open), left out: the figures are of tickets that have closed", at: 2)
        }
        for level in ["50", "80", "90"] {
            let (share, width) = (coverage[level] ?? .nan, widthHours[level] ?? .nan)
            lines.append(
                "\(level) % interval         covers \(fixed(100 * share, 1)) %, median width \(fixed(width, 1)) h")
        }
        lines.append("")
        lines.append("group                              tickets    MAE h   50 %   80 %   90 %")
        for group in groups where group.n >= 20 {
            let name = group.name.isEmpty ? "(none)" : group.name
            let shares = ["50", "80", "90"].map { fixed(100 * (group.coverage[$0] ?? .nan), 1).rightAligned(in: 7) }
                .joined()
            lines.append(
                name.leftAligned(in: 33) + "\(group.n)".rightAligned(in: 9)
                    + fixed(group.maeHours, 1).rightAligned(in: 9) + shares)
        }
        return lines.joined(separator: "\n")
    }

    /// The predictions as a CSV file: one line a ticket, in the order of opening.
    public static func csv(of predictions: [ResolutionTimeTraining.Prediction], table: TicketTable) -> String {
        var text =
            "id,predicted_hours,lower80,upper80,lower90,upper90,median,lower50,upper50,mean_log_hours,mean_hours\n"
        for prediction in predictions {
            let distribution = prediction.distribution
            let id = table.ids[prediction.row]
            let needsQuotes = id.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
            text +=
                needsQuotes
                ? "\"" + id.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                : id
            for level in [0.5, 0.1, 0.9, 0.05, 0.95, 0.5, 0.25, 0.75] { text += ",\(distribution.quantile(level))" }
            text += ",\(distribution.meanLogHours),\(distribution.meanHours)\n"
        }
        return text
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "-" }
        let scale = pow(10, Double(digits))
        let whole = Int((abs(value) * scale).rounded())
        let (units, part) = whole.quotientAndRemainder(dividingBy: Int(scale))
        let fraction = String(repeating: "0", count: digits - "\(part)".count) + "\(part)"
        return (value < 0 && whole > 0 ? "-" : "") + (digits == 0 ? "\(units)" : "\(units).\(fraction)")
    }
}
