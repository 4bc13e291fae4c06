internal import Records

/// An account that an incident hurts and that has not written.
public struct SilentSufferer: Sendable, Hashable {
    /// The index of the account in the ``CustomerDirectory``.
    public var account: Int
    /// How likely it was hurt, 0...1.
    public var probability: Double
    /// The contract value of the hours in which its use failed, in the currency of the tenant, by the probability.
    public var cost: Double
    /// The share of the incidents that hurt it in which it wrote, shrunk to that of all accounts; silence of one that always writes says more.
    public var writes: Double
    /// What to tell it.
    public var notice: String
}

extension ImpactAnalysis {
    /// The accounts that an incident hurts and that have not written, those with the most to lose first.
    ///
    /// The notice tells an account what is known of its own use and nothing of others.
    public func silentSufferers(of incident: Incident) -> [SilentSufferer] {
        let hours = max(60, incident.end.seconds - incident.start.seconds) / 3_600
        let writing = WritingHabits(incidents)
        return incident.accounts.filter { $0.isHurt && $0.tickets.isEmpty }.map { item in
            SilentSufferer(
                account: item.account, probability: item.probability,
                cost: item.probability * values.values[item.account] / 8_766 * hours * max(item.share, 0.01),
                writes: writing.share(of: item.account), notice: notice(to: item, of: incident))
        }.sorted { ($1.cost, $0.account) < ($0.cost, $1.account) }
    }

    private func notice(to item: AffectedAccount, of incident: Incident) -> String {
        let account = directory.accounts[item.account]
        let name = account.name.isEmpty ? account.id : account.name
        let functions = incident.impact.functions.prefix(3).joined(separator: ", ")
        var text = "To \(name): between \(incident.start.iso8601) and \(incident.end.iso8601) "
        text += "parts of the product\(functions.isEmpty ? "" : " (\(functions))") did not work as they should"
        if item.lines > 0 {
            let percent = Int((item.share * 100).rounded())
            text += "; we saw \(item.lines) failure\(item.lines == 1 ? "" : "s") of yours"
            if percent > 0 { text += ", about \(percent) % of your activity in that time" }
        }
        return text + ". You need not write to us: we know of it and will tell you when it is resolved."
    }
}

/// How often accounts write when an incident hurts them.
private struct WritingHabits {
    private var own: [Int: (hurt: Double, written: Double)] = [:]
    private var all = (hurt: 0.0, written: 0.0)

    init(_ incidents: [Incident]) {
        for account in incidents.lazy.flatMap(\.accounts) where account.isHurt {
            let written = account.tickets.isEmpty ? 0.0 : 1
            own[account.account, default: (0, 0)].hurt += 1
            own[account.account, default: (0, 0)].written += written
            all.hurt += 1
            all.written += written
        }
    }

    /// The share of the incidents that hurt an account in which it wrote, shrunk to that of all as if by two more.
    func share(of account: Int) -> Double {
        let overall = (all.written + 0.5) / (all.hurt + 1)
        let own = own[account] ?? (0, 0)
        return (own.written + 2 * overall) / (own.hurt + 2)
    }
}
