import ArgumentParser
import Incidents
import Records

/// Tells how signatures go.
struct Trends: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how often signatures come: by day, changes, forecast, and what goes with what.",
        discussion: """
            The last seven days, up to the last hour, are compared with all hours before, by ordinary lines. Changes are the days on which a new rate \
            began; the forecast is of the next seven days, as far as it is known whether the rate has changed and whether it grows, with an 80 % interval.
            """)

    @OptionGroup
    var options: TrendOptions

    @Option(help: "How many signatures, those with the most lines in the last seven days.")
    var top = 20

    @Option(help: TrendOptions.calendarHelp)
    var calendar: String?

    @Flag(help: "Print CSV of the series instead: signature, hour, lines.")
    var csv = false

    func run() throws {
        if csv { return Self.writeSeries(try options.read(for: "trends").table) }
        let calendar = try TrendOptions.calendar(calendar, for: "trends")
        let series = try options.readSeries(for: "trends", calendar: calendar).series
        let trends = series.map { SignatureTrend.all($0, atMost: max(0, top)) } ?? []
        guard options.json else {
            for trend in trends { print(Self.text(trend), terminator: "") }
            if trends.isEmpty { print("No failing line was counted.") }
            return
        }
        JSONLineWriter.print { line in
            line.member("trends", trends) { trend, line in line.object { Self.write(trend, to: &$0) } }
        }
    }

    private static func writeSeries(_ table: CountTable) {
        var output = TableOutput()
        output.row(["signature", "hour", "lines"])
        for (index, name) in table.signatures.enumerated() {
            var hours: [Int32: Int] = [:]
            for cell in table.cells(of: Int32(index)) { hours[cell.hour, default: 0] += Int(cell.count) }
            for (hour, lines) in hours.sorted(by: { $0.key < $1.key }) {
                output.row([name.id, Instant(seconds: Double(hour) * 3_600).iso8601, "\(lines)"])
            }
        }
        output.flush()
    }

    private static func write(_ trend: SignatureTrend, to line: inout JSONLineWriter) {
        line.member("signature", trend.signature)
        line.member("template", trend.template)
        line.member("firstDay", trend.firstDay)
        line.member("lines", trend.lines) { $1.value($0) }
        line.member("recentLines", trend.recentLines)
        line.member("recentAccounts", Double(trend.recentAccounts))
        line.member("recentDeployments", Double(trend.recentDeployments))
        line.member("ratio", trend.ratio)
        line.member("interval", trend.interval)
        line.member("changes", trend.changes) { day, line in
            line.value(Instant(seconds: trend.firstDay.seconds + Double(day) * 86_400).iso8601)
        }
        line.member("forecast", trend.forecast)
        line.member("forecastInterval", trend.forecastInterval)
        if let companion = trend.companion { line.member("companion", companion) }
        line.member("correlation", trend.companion == nil ? nil : trend.correlation)
    }

    private static func text(_ trend: SignatureTrend) -> String {
        let change = trend.changes.last.map {
            ", this rate since \(Instant(seconds: trend.firstDay.seconds + Double($0) * 86_400).iso8601.prefix(10))"
        }
        var ratio = ""
        if let interval = trend.interval, let factor = trend.ratio {
            ratio =
                ", \(TrendOptions.rounded(factor)) times the days before (90 %: \(TrendOptions.rounded(interval.lowerBound)) to "
                + "\(TrendOptions.rounded(interval.upperBound)))"
        }
        return """
            \(sparkline(trend.lines)) \(trend.template)
              \(TrendOptions.rounded(trend.recentLines)) lines of \(trend.recentAccounts) accounts in seven days\(ratio)\(change ?? "")
              next seven days \(TrendOptions.rounded(trend.forecast)) (80 %: \
            \(TrendOptions.rounded(trend.forecastInterval.lowerBound)) to \(TrendOptions.rounded(trend.forecastInterval.upperBound)))\
            \(trend.companion.map { ", goes with \($0)" } ?? "")

            """
    }

    /// The last 56 days as bars.
    private static func sparkline(_ lines: [Double]) -> String {
        let bars = Array("▁▂▃▄▅▆▇█")
        let shown = lines.suffix(56)
        let largest = max(shown.max() ?? 0, 1)
        return String(shown.map { bars[min(7, Int($0 / largest * 7.999))] })
    }
}
