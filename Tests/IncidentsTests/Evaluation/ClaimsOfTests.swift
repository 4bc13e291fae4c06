import Incidents
import Records

func at(_ seconds: Double) -> Instant { Instant(seconds: seconds) }

func claim(
    _ time: ClosedRange<Double>, _ accounts: [(String, Double)], lines: [Int] = [], severity: Double = 1,
    detectedAt: Double? = nil
) -> ImpactClaim {
    ImpactClaim(
        start: at(time.lowerBound), end: at(time.upperBound), detectedAt: at(detectedAt ?? time.lowerBound),
        severity: severity,
        accounts: accounts.map { ImpactClaim.Account(id: $0, probability: $1) }, lines: lines)
}

/// Its first line is the first of its lines unless it is given.
func incident(
    _ id: String, _ time: ClosedRange<Double>, _ accounts: [String], lines: [Int] = [], rank: Int? = nil,
    tickets: [String] = [], firstLine: Int? = nil
) -> ImpactTruth.Incident {
    ImpactTruth.Incident(
        id: id, start: at(time.lowerBound), end: at(time.upperBound), rank: rank, accounts: accounts, tickets: tickets,
        firstLine: firstLine ?? lines.first, lines: lines)
}
