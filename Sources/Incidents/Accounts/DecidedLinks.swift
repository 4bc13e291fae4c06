internal import Models
internal import Records

/// What people said of links, which no evidence outweighs.
struct DecidedLinks {
    /// For each incident and account whether a person confirmed the link.
    private var decided: [String: [Int: Bool]] = [:]

    init(_ decisions: [LinkDecision], _ directory: CustomerDirectory) {
        for decision in decisions {
            guard let account = directory.accountIndex[decision.account] else { continue }
            decided[decision.incident, default: [:]][account] = decision.isConfirmed
        }
    }

    /// The links of an incident without those that were rejected, and with all that were confirmed, as sure.
    func links(of incident: String, _ links: [AffectedAccount]) -> [AffectedAccount] {
        guard var said = decided[incident] else { return links }
        var all = links.compactMap { link -> AffectedAccount? in
            guard let isConfirmed = said.removeValue(forKey: link.account) else { return link }
            guard isConfirmed else { return nil }
            var link = link
            link.probability = 1
            link.evidence.insert(.person, at: 0)
            return link
        }
        for (account, isConfirmed) in said where isConfirmed {
            all.append(
                AffectedAccount(
                    account: account, probability: 1, lines: 0, share: 0, firstLine: nil, tickets: [],
                    evidence: [.person], weighed: LinkModel.Evidence()))
        }
        return all.sorted { ($1.probability, $0.account) < ($0.probability, $1.account) }
    }
}
