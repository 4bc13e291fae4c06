internal import Glibc
public import Records

/// The log signatures that each customer has met, and when.
public struct SignatureHistory: Sendable {
    /// The names of the features, in the order of ``features(of:at:)``.
    public static let featureNames = [
        "errors in 1 h", "errors in 24 h", "errors in 7 days", "warnings in 24 h", "distinct signatures in 24 h",
        "signatures new to the customer in 24 h", "signatures new to the desk in 24 h", "worst severity in 24 h",
    ]

    private struct Sighting: Sendable {
        var time: Double
        var signature: String
        var severity: Int
        var count: Double
        var isNewToCustomer: Bool
        var isNewToDesk: Bool
    }

    private var sightings: [String: [Sighting]] = [:]
    private var met: [String: Set<String>] = [:]
    private var known: Set<String> = []

    /// Creates an empty history.
    public init() {}

    /// Notes an observation; observations come in the order of time.
    public mutating func note(_ observation: SignatureObservation) {
        let isNewToDesk = known.insert(observation.signature).inserted
        let isNew = met[observation.customer, default: []].insert(observation.signature).inserted
        let horizon = observation.time - 7 * 86_400
        var list = sightings[observation.customer] ?? []
        sightings[observation.customer] = nil
        if let first = list.first, first.time < horizon - 86_400 { list.removeAll { $0.time < horizon } }
        list.append(
            Sighting(
                time: observation.time, signature: observation.signature, severity: observation.severityNumber,
                count: Double(observation.count), isNewToCustomer: isNew, isNewToDesk: isNewToDesk))
        sightings[observation.customer] = list
    }

    /// The features of a customer at a moment: counts as ln(1 + count), the severity number of OpenTelemetry divided by 24.
    ///
    /// - Parameters:
    ///   - customer: The customer.
    ///   - now: Seconds since 1970 UTC; later observations must not have been noted yet.
    public func features(of customer: String, at now: Double) -> [Double] {
        var counts = [Double](repeating: 0, count: 4)
        var distinct: Set<String> = []
        var newToCustomer = 0.0
        var newToDesk = 0.0
        var worst = 0
        for sighting in (sightings[customer] ?? []).reversed() {
            let age = now - sighting.time
            guard age <= 7 * 86_400 else { break }
            let isError = sighting.severity >= 17
            if isError {
                if age <= 3_600 { counts[0] += sighting.count }
                if age <= 86_400 { counts[1] += sighting.count }
                counts[2] += sighting.count
            }
            guard age <= 86_400 else { continue }
            if !isError && sighting.severity >= 13 { counts[3] += sighting.count }
            distinct.insert(sighting.signature)
            newToCustomer += sighting.isNewToCustomer ? 1 : 0
            newToDesk += sighting.isNewToDesk ? 1 : 0
            worst = max(worst, sighting.severity)
        }
        return counts.map { log1p($0) } + [
            log1p(Double(distinct.count)), log1p(newToCustomer), log1p(newToDesk), Double(worst) / 24,
        ]
    }
}
