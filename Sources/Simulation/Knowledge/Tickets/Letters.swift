import Records

/// The forms that messages of customers have on the channels.
enum Letters {
    /// A body made of sentences.
    static func body(of sentences: [String], _ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        switch ticket.style {
        case .mail: mail(sentences, &ticket, &draw)
        case .form:
            draw.chance(0.3) ? form(sentences, &ticket, &draw) : sentences.joined(separator: draw.one(of: [" ", "\n"]))
        case .chat: sentences.map { draw.chance(0.6) ? lowered($0) : $0 }.joined(separator: "\n")
        case .phone: ticket.filled(draw.one(of: CustomerPhrases.phone), &draw) + sentences.joined(separator: " ")
        }
    }

    /// The first letter as a small one: the rest may be a name.
    private static func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    private static func form(_ sentences: [String], _ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        let version = draw.chance(0.7) ? "Version: \(ticket.words[.version])\n" : ""
        let rest = sentences.dropFirst().joined(separator: " ")
        let start = "Component: \(ticket.words[.component])\n\(version)What happened: \(sentences[0])"
        return rest.isEmpty ? start : start + "\nMore: \(rest)"
    }

    private static func mail(_ sentences: [String], _ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        let opening = ticket.filled(draw.one(of: CustomerPhrases.openings), &draw)
        let ask = ticket.filled(draw.one(of: CustomerPhrases.asks), &draw)
        let text = sentences.joined(separator: draw.chance(0.7) ? " " : "\n")
        let parts = [opening, text, ask, draw.one(of: CustomerPhrases.closings) + "\n" + signature(&ticket, &draw)]
        let whole = parts.filter { !$0.isEmpty }.joined(separator: draw.chance(0.8) ? "\n\n" : "\n")
        return draw.chance(0.08) ? forwarded(whole, &ticket, &draw) : whole
    }

    private static func signature(_ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        var lines = [ticket.plant(ticket.user.name)]
        if draw.chance(0.3) {
            lines.append(draw.one(of: ["Head of Finance", "Office Manager", "IT", "Team lead", "Back office"]))
        }
        if draw.chance(0.35) { lines.append(ticket.words.use(.company)) }
        if draw.chance(0.25) { lines.append(ticket.plant(ticket.user.mail)) }
        if draw.chance(0.2) { lines.append("Tel. " + ticket.plant(PlantedItem.phone(&draw).value)) }
        if draw.chance(0.06) {
            lines.append("This message is confidential. If you are not the addressee, please delete it.")
        }
        return lines.joined(separator: "\n")
    }

    /// A mail inside of a mail, in the form of one of the usual programs.
    private static func forwarded(_ whole: String, _ ticket: inout TicketCase, _ draw: inout Draw) -> String {
        let lead = ticket.filled(draw.one(of: CustomerPhrases.forwarded), &draw)
        let sent = CivilTime(localSeconds: ticket.time - draw.exponential(mean: 7_200))
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = "\(sent.day) \(months[sent.month - 1]) \(sent.year)"
        let clock = "\(DeskNames.padded(sent.hour, 2)):\(DeskNames.padded(sent.minute, 2))"
        let name = ticket.plant(ticket.user.name)
        let mail = ticket.plant(ticket.user.mail)
        if draw.chance(0.5) {
            let quoted = whole.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }
            return "\(lead)\n\nOn \(day) at \(clock), \(name) <\(mail)> wrote:\n" + quoted.joined(separator: "\n")
        }
        let domain = ticket.words[.product].lowercased()
        return """
            \(lead)

            -----Original Message-----
            From: \(name) <\(mail)>
            Sent: \(day) \(clock)
            To: support@\(domain).example
            Subject: \(ticket.words[.object])

            \(whole)
            """
    }
}
