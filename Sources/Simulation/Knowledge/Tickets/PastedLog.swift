import Records

/// Lines of a log as customers paste them, with the error of their problem among others.
enum PastedLog {
    private static let fillers = [
        "DEBUG heartbeat", "INFO request accepted", "INFO cache hit", "DEBUG pool active", "WARN slow call",
        "INFO job finished",
        "DEBUG config revision", "INFO response sent", "WARN retry scheduled", "INFO session refreshed",
        "DEBUG gc pause",
        "TRACE enter handler", "TRACE leave handler", "INFO checkpoint written",
    ]

    /// Three to eight lines.
    static func short(_ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        lines(draw.number(2...7), &ticket, &draw)
    }

    /// Some tens of thousands of bytes.
    static func long(_ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        lines(draw.number(250...700), &ticket, &draw)
    }

    private static func lines(_ count: Int, _ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        var time = (ticket.time - 600).rounded()
        let place = draw.number(count / 2...count)
        let component = ticket.words[.component]
        var text = ""
        for index in 0...count {
            time += Double(draw.number(0...3))
            text += Instant(seconds: time).iso8601
            if index == place {
                text += " ERROR [\(component)] \(ticket.words[.error])\n"
            } else {
                let filler = draw.one(of: fillers)
                text += " \(filler) [\(component)] id=\(draw.number(1_000...999_999)) ms=\(draw.number(1...900))\n"
            }
        }
        return text
    }
}
