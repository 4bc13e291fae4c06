import Incidents
import Records

/// What is usual of the accounts of a desk, in words.
struct AccountUsage {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private let baseline: UsageBaseline
    private let services: [String]

    init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        baseline = UsageBaseline(sightings, directory)
        services = sightings.services
    }

    func profile(_ account: Int) -> UsageBaseline.Profile? { baseline.profile(account) }

    /// The hours of the week in which it does the most, such as `Tue 09`, in UTC.
    func hours(_ profile: UsageBaseline.Profile) -> [String] {
        profile.busiestHours.map { hour in
            let ofDay = hour % 24
            return "\(Self.days[hour / 24]) \(ofDay < 10 ? "0" : "")\(ofDay)"
        }
    }

    /// The functions (services) that it uses, those it uses the most first.
    func functions(_ profile: UsageBaseline.Profile) -> [String] {
        var seen: Set<String> = [""]
        return profile.places.map { services[$0] }.filter { seen.insert($0).inserted }
    }
}
