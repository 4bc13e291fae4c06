import Incidents
import Logs
import Records

/// What an analysis says, for machines and for people.
struct ImpactReport {
    private let analysis: ImpactAnalysis
    private let signatures: [Signature]
    private let leads: LeadTimes

    init(_ analysis: ImpactAnalysis, _ signatures: [Signature], _ tickets: [Ticket]) {
        self.analysis = analysis
        self.signatures = signatures
        leads = LeadTimes(analysis.incidents, tickets: tickets)
    }

    /// One JSON object with a line end.
    var json: String {
        var line = JSONLineWriter(capacity: 1 << 16)
        line.literal("{\"incidents\":[")
        for (place, incident) in analysis.incidents.enumerated() {
            if place > 0 { line.literal(",") }
            write(incident, leads.entries[place], to: &line)
        }
        line.literal("],\"detectedFirst\":")
        line.value(leads.shareFirst ?? .nan)
        line.literal(",\"medianLeadSeconds\":")
        line.value(leads.medianLead ?? .nan)
        line.literal(",\"untold\":")
        if let untold = analysis.untold {
            line.literal("{\"from\":")
            line.value(untold.from.iso8601)
            line.literal(",\"to\":")
            line.value(untold.to.iso8601)
            line.literal("}")
        } else {
            line.literal("null")
        }
        line.literal("}\n")
        return String(decoding: line.bytes, as: UTF8.self)
    }

    private func write(_ incident: Incident, _ lead: LeadTimes.Entry, to line: inout JSONLineWriter) {
        line.literal("{\"id\":")
        line.value(incident.id)
        for (name, time) in [
            (",\"start\":", incident.start), (",\"end\":", incident.end), (",\"detectedAt\":", incident.detectedAt),
        ] as [(StaticString, Instant)] {
            line.literal(name)
            line.value(time.iso8601)
        }
        let impact = incident.impact
        for (name, number) in [
            (",\"severity\":", impact.severity), (",\"impact\":", Double(impact.impact)),
            (",\"urgency\":", Double(impact.urgency)), (",\"priority\":", Double(impact.priority)),
            (",\"expectedAccounts\":", impact.accounts), (",\"annualValue\":", impact.annualValue),
            (",\"valueShare\":", impact.valueShare), (",\"activityShare\":", impact.activityShare),
            (",\"slaExposure\":", impact.slaExposure), (",\"effectiveAccounts\":", impact.effectiveAccounts),
            (",\"failuresPerOrdinaryLine\":", impact.failuresPerOrdinaryLine ?? .nan),
        ] as [(StaticString, Double)] {
            line.literal(name)
            line.value(number)
        }
        line.literal(",\"functions\":")
        write(impact.functions, to: &line)
        line.literal(",\"accounts\":[")
        for (place, account) in incident.accounts.enumerated() {
            if place > 0 { line.literal(",") }
            write(account, to: &line)
        }
        line.literal("],\"silent\":[")
        for (place, item) in analysis.silentSufferers(of: incident).enumerated() {
            line.literal(place > 0 ? ",{\"account\":" : "{\"account\":")
            line.value(analysis.directory.accounts[item.account].id)
            line.literal(",\"cost\":")
            line.value(item.cost)
            line.literal(",\"writes\":")
            line.value(item.writes)
            line.literal(",\"notice\":")
            line.value(item.notice)
            line.literal("}")
        }
        line.literal("],\"signatures\":[")
        for (place, index) in incident.signatures.enumerated() {
            line.literal(place > 0 ? ",{\"id\":" : "{\"id\":")
            line.value(signatures[index].id.description)
            line.literal(",\"template\":")
            line.value(signatures[index].template)
            line.literal("}")
        }
        line.literal("],\"deployments\":")
        write(incident.deployments.map { analysis.directory.deployments[$0].id }, to: &line)
        line.literal(",\"tickets\":")
        write(incident.tickets, to: &line)
        line.literal(",\"firstTicket\":")
        if let first = lead.firstTicket { line.value(first.iso8601) } else { line.literal("null") }
        line.literal(",\"leadSeconds\":")
        line.value(lead.lead ?? .nan)
        line.literal(",\"lines\":[")
        for (place, index) in incident.lines.enumerated() {
            if place > 0 { line.literal(",") }
            line.value(Double(index))
        }
        line.literal("]}")
    }

    private func write(_ account: AffectedAccount, to line: inout JSONLineWriter) {
        line.literal("{\"account\":")
        line.value(analysis.directory.accounts[account.account].id)
        line.literal(",\"probability\":")
        line.value(account.probability)
        line.literal(",\"lines\":")
        line.value(Double(account.lines))
        line.literal(",\"share\":")
        line.value(account.share)
        line.literal(",\"tickets\":")
        write(account.tickets, to: &line)
        line.literal(",\"evidence\":[")
        for (place, item) in account.evidence.enumerated() {
            line.literal(place > 0 ? ",{\"kind\":" : "{\"kind\":")
            line.value(item.kind)
            line.literal(",\"says\":")
            line.value(item.phrase)
            line.literal("}")
        }
        line.literal("],\"explanation\":")
        line.value(account.explanation)
        line.literal("}")
    }

    private func write(_ texts: [String], to line: inout JSONLineWriter) {
        line.literal("[")
        for (place, text) in texts.enumerated() {
            if place > 0 { line.literal(",") }
            line.value(text)
        }
        line.literal("]")
    }

    /// For people: a paragraph an incident, the worst first.
    var text: String {
        guard !analysis.incidents.isEmpty else { return untold + "No incidents.\n" }
        let order = analysis.incidents.indices.sorted {
            analysis.incidents[$0].impact.severity > analysis.incidents[$1].impact.severity
        }
        return untold + order.map { paragraph(analysis.incidents[$0], leads.entries[$0]) }.joined(separator: "\n")
    }

    private var untold: String {
        guard let untold = analysis.untold else { return "" }
        return "From \(untold.from.iso8601) to \(untold.to.iso8601) no incident can be told: "
            + "it takes two hours of the log before or after to know what is usual.\n"
    }

    private func paragraph(_ incident: Incident, _ lead: LeadTimes.Entry) -> String {
        let impact = incident.impact
        let hurt = incident.accounts.filter(\.isHurt)
        var text =
            "Incident \(incident.id), priority \(impact.priority) (impact \(impact.impact), urgency \(impact.urgency))\n"
        text += "  from \(incident.start.iso8601) to \(incident.end.iso8601), detected \(incident.detectedAt.iso8601)\n"
        text += "  \(incident.lines.count) lines, \(hurt.count) accounts hurt, effectively "
        text += "\(Int(impact.effectiveAccounts.rounded())); \(percent(impact.valueShare)) of all contract value, "
        text += "\(percent(impact.activityShare)) of their activity\n"
        for index in incident.signatures.prefix(3) { text += "  says: \(signatures[index].template)\n" }
        for account in hurt.prefix(10) {
            text += "  \(analysis.directory.accounts[account.account].id): \(account.explanation)\n"
        }
        if hurt.count > 10 { text += "  and \(hurt.count - 10) more\n" }
        let silent = analysis.silentSufferers(of: incident)
        text += "  \(silent.count) have not written"
        if let first = silent.first { text += ", first to call: \(analysis.directory.accounts[first.account].id)" }
        text += "\n"
        if let seconds = lead.lead {
            text +=
                seconds >= 0
                ? "  detected \(Int(seconds / 60)) minutes before the first ticket\n"
                : "  the first ticket came \(Int(-seconds / 60)) minutes before: \(lead.missReason ?? "")\n"
        }
        return text
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
