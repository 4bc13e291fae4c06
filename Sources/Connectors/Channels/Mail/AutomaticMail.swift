/// Tells mails that a machine wrote: to answer one, or to open a ticket for it, is how loops of mail begin.
///
/// Method: RFC 3834, section 5 (`Auto-Submitted`), RFC 3464 (reports of delivery), and the headers that mail programs used before
/// them: `Precedence`, `X-Auto-Response-Suppress` and their like. `Precedence: list` is no such mark, since people write to lists.
enum AutomaticMail {
    /// Whether a machine wrote a mail.
    static func isAutomatic(_ headers: MailHeaders, author: String) -> Bool {
        let submitted = headers.word("auto-submitted")
        if !submitted.isEmpty, submitted != "no" { return true }
        if ["bulk", "junk", "auto_reply", "auto-reply"].contains(headers.word("precedence")) { return true }
        let suppressed = headers.word("x-auto-response-suppress")
        if !suppressed.isEmpty, suppressed != "none" { return true }
        if marks.contains(where: { !headers.word($0).isEmpty && headers.word($0) != "no" }) { return true }
        // A mail without a way back is a report of a server.
        if let path = headers["return-path"], path.filter({ $0 > 0x20 }).elementsEqual("<>".utf8) { return true }
        if HeaderParameters(headers["content-type"] ?? []).value == "multipart/report" { return true }
        return ["mailer-daemon", "postmaster"].contains(author.prefix { $0 != "@" })
    }

    private static let marks = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-failed-recipients", "x-loop"]
}
