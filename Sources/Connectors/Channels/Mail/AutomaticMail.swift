/// Tells mails that a machine wrote: to answer one, or to open a ticket for it, is how loops of mail begin.
///
/// Method: RFC 3834, section 5 (`Auto-Submitted`), RFC 3464 (reports of delivery), and the headers that mail programs used before
/// them, such as `X-Autoreply`. Others ask that no machine answers, or tell of the way that a mail took: `Precedence: bulk`,
/// `X-Auto-Response-Suppress`, `X-Loop` and an empty `Return-Path`. Servers and archives write these into mails of people too, so they
/// are marks of a machine only in a mail that answers another one. `Precedence: list` is none, since people write to lists.
enum AutomaticMail {
    /// Whether a machine wrote a mail.
    static func isAutomatic(_ headers: MailHeaders, author: String) -> Bool {
        if marks.contains(where: { !["", "no"].contains(headers.word($0)) }) { return true }
        if ["auto_reply", "auto-reply"].contains(headers.word("precedence")) { return true }
        if HeaderParameters(headers["content-type"] ?? []).value == "multipart/report" { return true }
        if ["mailer-daemon", "postmaster"].contains(author.prefix { $0 != "@" }) { return true }
        return isAnswer(headers) && asksForSilence(headers)
    }

    private static let marks = [
        "auto-submitted", "x-autoreply", "x-autorespond", "x-autoresponder", "x-failed-recipients",
    ]

    private static func isAnswer(_ headers: MailHeaders) -> Bool {
        !headers.ids("in-reply-to").isEmpty || !headers.ids("references").isEmpty
    }

    private static func asksForSilence(_ headers: MailHeaders) -> Bool {
        if ["bulk", "junk"].contains(headers.word("precedence")) { return true }
        if !["", "none"].contains(headers.word("x-auto-response-suppress")) { return true }
        if !["", "no"].contains(headers.word("x-loop")) { return true }
        return headers["return-path"].map { $0.filter { $0 > 0x20 }.elementsEqual("<>".utf8) } ?? false
    }
}
