import Records
import Statistics

extension SimulatedImpact {
    /// The files of the desk.
    public func files() -> [DeskFile] {
        var generator = generator
        var files = ContextFiles(world: world, grade: grade, hours: hours).files(using: &generator)
        files.append(
            DeskFile(
                name: "logs.ndjson",
                contents: LogText(self, using: &generator).contents(using: &generator)))
        files.append(DeskFile(name: "tickets.ndjson", contents: ticketText(using: &generator)))
        files.append(DeskFile(name: "truth.json", contents: truth()))
        return files
    }

    static func time(_ hour: Double) -> String { Instant(seconds: start + hour * 3_600).iso8601 }

    private func ticketText(using generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        for (index, ticket) in tickets.enumerated() {
            var record: [(String, String)] = [
                ("id", JSONText.string("C\(index + 1)")), ("openedAt", JSONText.string(Self.time(ticket.hour))),
            ]
            let resolved = ticket.hour + generator.logNormal(logMean: 2, logStandardDeviation: 1.3)
            if resolved < hours { record.append(("resolvedAt", JSONText.string(Self.time(resolved)))) }
            // Some tickets say only who wrote, which a file of contacts explains.
            if grade == .easy || generator.uniform() < 0.85 {
                record.append(("account", JSONText.string(world.accounts[ticket.account].id)))
            }
            record.append(("contact", JSONText.string("P\(ticket.account + 1)")))
            record.append(("channel", JSONText.string(generator.pick(["email", "portal", "chat"]))))
            record.append(("subject", JSONText.string(ticket.subject)))
            record.append(("body", JSONText.string(ticket.body)))
            if !ticket.category.isEmpty { record.append(("category", JSONText.string(ticket.category))) }
            text += JSONText.object(record) + "\n"
        }
        return text
    }

    /// The incidents; rank 1 is the worst.
    private func truth() -> String {
        let real = effects.indices.filter { effects[$0].isIncident && !failures[$0].isEmpty }
        let costs = real.map { cost(of: $0) }
        let order = real.indices.sorted { costs[$0] > costs[$1] }
        let incidents = real.enumerated().map { place, effect -> String in
            let own = lines.indices.filter { lines[$0].effect == effect }
            let times = own.map { lines[$0].hour }
            let rank = (order.firstIndex(of: place) ?? 0) + 1
            let accounts = failures[effect].keys.sorted().map { JSONText.string(world.accounts[$0].id) }
            let caused = tickets.indices.filter { tickets[$0].effect == effect }.map { JSONText.string("C\($0 + 1)") }
            return JSONText.object([
                ("id", JSONText.string("I\(place + 1)")),
                ("start", JSONText.string(Self.time(times.min() ?? 0))),
                ("end", JSONText.string(Self.time(times.max() ?? 0))), ("rank", String(rank)),
                ("cost", decimal(min(costs[place], 1e11), places: 1)), ("accounts", JSONText.list(accounts)),
                ("tickets", JSONText.list(caused)), ("firstLine", own.first.map { String($0) } ?? "null"),
                ("lines", JSONText.list(own.map { String($0) })),
            ])
        }
        return JSONText.object([("incidents", JSONText.list(incidents))]) + "\n"
    }
}
