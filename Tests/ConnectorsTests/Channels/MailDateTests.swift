import Records
import Testing

@testable import Connectors

@Suite("Dates of mails")
struct MailDateTests {
    @Test(arguments: [
        // The forms of RFC 5322, section 3.3, and of its appendix A.6.2.
        ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"),
        ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
        ("Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37Z"),
        ("Thu,\t13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-14T03:02:00Z"),
        // Two and three digits (section 4.3), names of zones, military letters and unknown names.
        ("1 Jan 49 00:00 UT", "2049-01-01T00:00:00Z"), ("1 Jan 50 00:00 UT", "1950-01-01T00:00:00Z"),
        ("1 Jan 103 00:00 Z", "2003-01-01T00:00:00Z"), ("Mon, 2 Mar 2026 08:00:00 EST", "2026-03-02T13:00:00Z"),
        ("Mon, 2 Mar 2026 08:00:00 PDT", "2026-03-02T15:00:00Z"),
        ("Mon, 2 Mar 2026 08:00:00 K", "2026-03-02T08:00:00Z"),
        ("Mon, 2 Mar 2026 08:00:00 CEST", "2026-03-02T08:00:00Z"),
        ("Mon, 2 Mar 2026 08:00:00", "2026-03-02T08:00:00Z"),
        // What programs write besides.
        ("Mon Mar  2 08:00:00 2026", "2026-03-02T08:00:00Z"),
        ("Mon, 02-Mar-2026 08:00:00 +01:00", "2026-03-02T07:00:00Z"),
        ("Mon, 2 Mar 2026 08:00:00+0100", "2026-03-02T07:00:00Z"),
        ("31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z"),
    ])
    func `forms of dates`(text: String, expected: String) {
        #expect(MailDate.instant(Array(text.utf8))?.iso8601 == expected)
    }

    @Test(arguments: [
        "", "yesterday", "31 Feb 2026 10:00 +0000", "2 Mar 2026", "2 Mar 2026 25:00", "2 Mar 2026 10:61", "::",
    ])
    func `what is no date`(text: String) {
        #expect(MailDate.instant(Array(text.utf8)) == nil)
    }
}
