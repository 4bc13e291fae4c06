import ArgumentParser
import Commands
import Glibc
import Incidents
import Records

/// Tells which signatures come more often than their past explains.
struct Warnings: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Warn of signatures that come more often than their past explains.",
        discussion: """
            Goes through the hours as they passed: a warning is raised once, goes on, and is closed after a day without an excess. It says what, since \
            when, how many lines where how many were expected, how sure that is among all signatures, and whom it hits. What one account does \
            alone is no warning.

            With --follow new log lines come on standard input after those of the desk, and each warning is told when it is raised, when its lines have \
            doubled, and when it is closed.
            """)

    @OptionGroup
    var options: TrendOptions

    @Option(help: ArgumentHelp("Tell only what went on at this time or later.", valueName: "time"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Signatures that are not told until they have grown: JSON lines or CSV with signature and untilLinesPerDay, or untilFactor and snoozedAt.",
            valueName: "file"))
    var snooze: String?

    @Option(help: TrendOptions.calendarHelp)
    var calendar: String?

    @Flag(help: "Leave out what is over.")
    var open = false

    @Flag(help: "Go on with the lines that come on standard input.")
    var follow = false

    func validate() throws {
        guard follow else { return }
        guard options.desk != nil, options.store.isEmpty, options.counts.isEmpty, options.keep == nil else {
            throw ValidationError("--follow goes with --desk alone")
        }
        guard since == nil, !open else {
            throw ValidationError("--follow tells what is new; not with --since or --open")
        }
    }

    func run() throws {
        let snoozed = try Program.casebook("warnings").reporting {
            try snooze.map { path throws(RecordError) in try SnoozedSignature.read(RecordFile(reading: path)) } ?? []
        }
        let calendar = try TrendOptions.calendar(calendar, for: "warnings")
        if follow, let desk = options.desk { return try follow(desk, snoozed, calendar) }
        let (series, source) = try options.readSeries(for: "warnings", calendar: calendar)
        Self.tell(snoozed, unknownAmong: source.table.signatures)
        var settings = WarningLedger.Settings()
        if let since {
            guard let time = Instant(iso8601: since) else { throw ValidationError("--since is a time in ISO 8601") }
            settings.since = time
        }
        let ledger = WarningLedger(
            series, accounts: source.context.accounts, snoozed: snoozed, settings: settings)
        let warnings = ledger.warnings.filter { !open || $0.closedAt == nil }
        guard options.json else {
            for warning in warnings { print(Self.text(warning), terminator: "") }
            if warnings.isEmpty { print("Nothing comes more often than its past explains.") }
            return
        }
        JSONLineWriter.print { line in
            line.member("warnings", warnings) { warning, line in line.object { Self.write(warning, to: &$0) } }
        }
    }

    private func follow(_ desk: String, _ snoozed: [SnoozedSignature], _ calendar: BusinessCalendar?) throws {
        var stream = try WatchedStream(desk, snoozed, calendar, redaction: options.redaction) {
            [json = options.json] news in
            guard json else {
                print("\(news.change.rawValue): \(Self.text(news.warning))", terminator: "")
                fflush(nil)
                return
            }
            JSONLineWriter.print { line in
                line.member("change", news.change.rawValue)
                Self.write(news.warning, to: &line)
            }
            fflush(nil)
        }
        Self.tell(snoozed, unknownAmong: stream.signatures)
        try StandardInput.read(for: "warnings", resting: { stream.rest() }) { stream.take($0) }
        StandardInput.say("casebook warnings: \(stream.finish())")
    }

    /// Says which snoozed signatures no line is of.
    private static func tell(_ snoozed: [SnoozedSignature], unknownAmong names: [CountTable.Name]) {
        let known = Set(names.map(\.id))
        let unknown = Set(snoozed.map(\.signature)).subtracting(known).sorted()
        guard !unknown.isEmpty else { return }
        StandardInput.say(
            "casebook warnings: no line is of \(unknown.count) of the snoozed signatures: \(unknown.prefix(5).joined(separator: ", "))"
        )
    }

    private static func write(_ warning: TrendWarning, to line: inout JSONLineWriter) {
        line.member("signature", warning.signature)
        line.member("template", warning.template)
        line.member("since", warning.since)
        line.member("raisedAt", warning.raisedAt)
        line.member("updatedAt", warning.updatedAt)
        line.member("closedAt", warning.closedAt)
        line.member("observed", warning.observed)
        line.member("expected", small: warning.expected)
        line.member("hours", Double(warning.hours))
        line.member("adjustedPValue", small: warning.adjustedPValue)
        line.member("isNew", warning.isNew)
        line.member("lines", Double(warning.lines))
        line.member("accountCount", Double(warning.accountCount))
        line.member("annualValue", warning.annualValue)
        if let spread = warning.spread {
            line.member("newBefore", Double(spread.others))
            line.member("newBeforeThatHitAsMany", Double(spread.asWide))
        }
        for (name, parts) in [("accounts", warning.accounts), ("versions", warning.versions)]
            as [(StaticString, [TrendWarning.Part])]
        {
            line.member(name, parts) { part, line in
                line.object {
                    $0.member("id", part.id)
                    $0.member("lines", Double(part.lines))
                }
            }
        }
        line.member("sentence", warning.sentence)
    }

    private static func text(_ warning: TrendWarning) -> String {
        let state = warning.closedAt.map { "closed \($0.iso8601)" } ?? "open"
        let accounts = warning.accounts.prefix(5).map { "\($0.id) (\($0.lines))" }.joined(separator: ", ")
        return """
            \(warning.template)
              signature \(warning.signature)
              raised \(warning.raisedAt.iso8601), since \(warning.since.iso8601), \(state)
              \(warning.sentence)
              \(accounts.isEmpty ? "no account is known" : accounts)

            """
    }
}
