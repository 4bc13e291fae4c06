public import Records

/// A simpler way to link accounts to the incidents that were found, to compare with.
public enum ImpactRival: String, Sendable, CaseIterable {
    /// Accounts whose id stands in a line of the incident.
    case exactID = "exact-id"
    /// Accounts that have a failing line in the time of the incident.
    case coOccurrence = "co-occurrence"

    /// The names, for help.
    public static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// A claim with the accounts that this way finds, each as certain.
    public func links(
        of claim: ImpactClaim, _ sightings: LogSightings, _ directory: CustomerDirectory
    ) -> ImpactClaim {
        var accounts: Set<Int32> = []
        switch self {
        case .exactID:
            for index in claim.lines {
                for mention in sightings.mentions(of: sightings.lines[index]) where mention.form == .id {
                    accounts.insert(mention.account)
                }
            }
        case .coOccurrence:
            for line in sightings.lines where line.severity >= 13 {
                let time = Double(line.time == LogSighting.noTime ? line.observedTime : line.time) / 1e9
                guard time >= claim.start.seconds, time <= claim.end.seconds else { continue }
                for mention in sightings.mentions(of: line) { accounts.insert(mention.account) }
            }
        }
        var claim = claim
        claim.accounts = accounts.sorted().map {
            ImpactClaim.Account(id: directory.accounts[Int($0)].id, probability: 1)
        }
        return claim
    }
}
