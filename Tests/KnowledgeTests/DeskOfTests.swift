import Knowledge
import Records

/// A desk with three issues, each told by six customers in changing words, one case a day in turn.
enum DeskOfTests {
    struct Issue: Sendable {
        var titles: [RedactedText]
        var sentences: [RedactedText]
        var notes: [RedactedText]
        var cause: RedactedText
    }

    static let printer = Issue(
        titles: ["Printer gives empty pages", "Empty pages from the printer", "The printer prints only empty pages"],
        sentences: [
            "All documents come out of the printer as empty pages.",
            "The printer gives empty pages since this morning.",
            "Every page of the printed document is empty.", "We only get empty pages when we print a document.",
        ],
        notes: [
            "Restart the spooler and install the printer driver again.",
            "Restart the spooler service and install the driver of the printer again.",
            "Please restart the spooler, then install the printer driver again.",
        ],
        cause: "The empty pages were caused by a broken printer driver.")
    static let password = Issue(
        titles: ["Password mail does not arrive", "No mail with a new password", "Mail for a new password is missing"],
        sentences: [
            "The mail with the link for a new password does not arrive.",
            "Nobody here receives the mail for a new password.",
            "We asked for a new password but no mail with the link came.",
            "The link for the password is not in any mail that arrives.",
        ],
        notes: [
            "Remove the address from the block list and send the link again.",
            "Take the address off the block list and send the link again.",
            "The address is removed from the block list, please send the link again.",
        ],
        cause: "The mail is not sent because the address is on the block list.")
    static let calendar = Issue(
        titles: [
            "Appointments missing on the phone", "Phone shows no appointments", "Calendar appointments not on phone",
        ],
        sentences: [
            "Appointments of the calendar are missing on the phone after the update.",
            "The phone shows no appointments of the shared calendar.",
            "Since the update the calendar on the phone stays without appointments.",
            "New appointments in the calendar never reach the phone.",
        ],
        notes: [
            "Sign out of the phone account and connect the calendar again.",
            "Sign out of the account on the phone, then connect the calendar again.",
            "Connect the calendar again after you sign out of the phone account.",
        ],
        cause: "The update is the reason why the calendar lost its connection to the phone.")

    static let issues = [printer, password, calendar]
    static let issueCases = 18
    static let count = issues.count * issueCases
    static let customers = 6
    static let end = day(Double(count) + 10)

    static func day(_ day: Double) -> Instant { Instant(seconds: day * 86_400) }

    /// The numbers of the cases of an issue.
    static func members(_ issue: Int) -> [Int] { (0..<count).filter { $0 % issues.count == issue } }

    /// The issue of each case.
    static var labels: [Int] { (0..<count).map { $0 % issues.count } }

    static let cases: [SupportCase] = (0..<count).map { number in
        let issue = issues[number % issues.count]
        let turn = number / issues.count
        var some = supportCase(
            "T\(number)", day: Double(number), title: issue.titles[turn % 3],
            body: RedactedText(joining: [issue.sentences[turn % 4], issue.sentences[(turn + 1) % 4]]),
            note: issue.notes[turn % 3], customer: "c\(turn % customers)")
        some.environment = [Article.EnvironmentFact(field: "version", value: "4.\(number % issues.count)", cases: 1)]
        return some
    }

    static let texts = cases.map(CaseText.init)

    /// A case that is resolved a day after it was opened.
    static func supportCase(
        _ id: String, day: Double = 0, title: RedactedText = "Printer gives empty pages",
        body: RedactedText = "All documents come out of the printer as empty pages.", note: RedactedText = "",
        customer: String? = nil, messages: [Interaction] = [], isReopened: Bool = false
    ) -> SupportCase {
        SupportCase(
            ticket: Ticket(
                id: id, openedAt: self.day(day), resolvedAt: self.day(day + 1), account: customer, subject: title,
                body: body, resolution: note),
            messages: messages, isReopened: isReopened)
    }

    /// A message of a case that was opened on day 0.
    static func message(
        _ side: Interaction.Side, hours: Double, isPublic: Bool = true, _ text: RedactedText
    ) -> Interaction {
        Interaction(
            ticket: "T", time: Instant(seconds: hours * 3_600), side: side, isPublic: isPublic, text: text)
    }
}
