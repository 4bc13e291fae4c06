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
        JSONLineWriter.line { line in
            line.member("incidents", analysis.incidents.indices) { place, line in
                line.object { write(analysis.incidents[place], leads.entries[place], to: &$0) }
            }
            line.member("detectedFirst", leads.shareFirst)
            line.member("medianLeadSeconds", leads.medianLead)
            line.member("untold", object: analysis.untold) { untold, line in
                line.member("from", untold.from)
                line.member("to", untold.to)
            }
        }
    }

    private func write(_ incident: Incident, _ lead: LeadTimes.Entry, to line: inout JSONLineWriter) {
        line.member("id", incident.id)
        line.member("start", incident.start)
        line.member("end", incident.end)
        line.member("detectedAt", incident.detectedAt)
        write(incident.impact, to: &line)
        line.member("accounts", incident.accounts) { account, line in line.object { write(account, to: &$0) } }
        line.member("silent", analysis.silentSufferers(of: incident)) { item, line in
            line.object {
                $0.member("account", analysis.directory.accounts[item.account].id)
                $0.member("cost", item.cost)
                $0.member("writes", item.writes)
                $0.member("notice", item.notice)
            }
        }
        line.member("signatures", incident.signatures) { index, line in
            line.object {
                $0.member("id", signatures[index].id.description)
                $0.member("template", signatures[index].template)
            }
        }
        line.member("deployments", incident.deployments) { $1.value(analysis.directory.deployments[$0].id) }
        line.member("tickets", incident.tickets) { $1.value($0) }
        line.member("firstTicket", lead.firstTicket)
        line.member("leadSeconds", lead.lead)
        line.member("lines", incident.lines) { $1.value(Double($0)) }
    }

    private func write(_ impact: BusinessImpact, to line: inout JSONLineWriter) {
        line.member("severity", impact.severity)
        line.member("impact", Double(impact.impact))
        line.member("urgency", Double(impact.urgency))
        line.member("priority", Double(impact.priority))
        line.member("expectedAccounts", impact.accounts)
        line.member("annualValue", impact.annualValue)
        line.member("valueShare", impact.valueShare)
        line.member("activityShare", impact.activityShare)
        line.member("slaExposure", impact.slaExposure)
        line.member("effectiveAccounts", impact.effectiveAccounts)
        line.member("failuresPerOrdinaryLine", impact.failuresPerOrdinaryLine)
        line.member("functions", impact.functions) { $1.value($0) }
    }

    private func write(_ account: AffectedAccount, to line: inout JSONLineWriter) {
        line.member("account", analysis.directory.accounts[account.account].id)
        line.member("probability", account.probability)
        line.member("lines", Double(account.lines))
        line.member("share", account.share)
        line.member("tickets", account.tickets) { $1.value($0) }
        line.member("evidence", account.evidence) { item, line in
            line.object {
                $0.member("kind", item.kind)
                $0.member("says", item.phrase)
            }
        }
        line.member("explanation", account.explanation)
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
        text += "  \(incident.lines.count) lines, \(incident.hurtCount), effectively "
        text += "\(Int(impact.effectiveAccounts.rounded())); \(percent(impact.valueShare)) of all contract value, "
        text += "\(percent(impact.activityShare)) of their activity\n"
        for index in incident.signatures.prefix(3) {
            text += "  says: \(signatures[index].template) (signature \(signatures[index].id))\n"
        }
        if incident.signatures.count > 3 { text += "  and \(incident.signatures.count - 3) more signatures\n" }
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
