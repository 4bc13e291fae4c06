internal import Algorithms
internal import Records
internal import Statistics

extension FixCandidate {
    /// The hours to resolution of tickets.
    ///
    /// Those of an open ticket are what is to be expected at its age: as told, or else the mean of what the product-limit curve of all tickets
    /// leaves beyond that age, up to the longest time that was seen, where the curve ends.
    struct Hours {
        private let hours: [Double]
        private let usual: Double
        private let usualVariance: Double

        /// What a ticket takes where none is known.
        private static let unknown = 24.0
        /// Tickets of a share of all signatures, and of one, that what is usual weighs as.
        private static let prior = (ofAll: 1.0, ofOne: 2.0)

        /// - Parameters:
        ///   - tickets: The tickets.
        ///   - now: The time up to which those without a resolution are open.
        ///   - told: The hours from opening to resolution that are expected of open tickets, by id.
        ///   - longest: No ticket counts for more hours.
        ///   - shares: What of the tickets each signature caused, of which the usual hours are those.
        init(
            _ tickets: [Ticket], now: Instant, told: [String: Double], longest: Double,
            shares: [[(ticket: Int, share: Double)]]
        ) {
            let ages = tickets.map { ticket in
                min(longest, max(0, (ticket.resolvedAt ?? now).seconds - ticket.openedAt.seconds) / 3_600)
            }
            let curve = RemainingHours(ages, isResolved: tickets.map { $0.resolvedAt != nil })
            let hours = zip(tickets, ages).map { ticket, age in
                if ticket.resolvedAt != nil { return age }
                return told[ticket.id].map { min(longest, max(age, $0)) } ?? age + curve.mean(after: age)
            }
            self.hours = hours
            var (sum, weight) = (0.0, 0.0)
            for (ticket, share) in shares.joined() { (sum, weight) = (sum + share * hours[ticket], weight + share) }
            let all = hours.isEmpty ? Self.unknown : hours.reduce(0, +) / Double(hours.count)
            let usual = max(1e-6, weight > 0 ? sum / weight : all)
            let squares = shares.joined().reduce(0) { sum, item in
                sum + item.share * (hours[item.ticket] - usual) * (hours[item.ticket] - usual)
            }
            self.usual = usual
            // Before any is known, hours vary as much as their mean.
            usualVariance = (squares + Self.prior.ofAll * usual * usual) / (weight + Self.prior.ofAll)
        }

        /// The mean of some tickets, shrunk to that of all, and the variance of it by its square.
        func mean(_ shares: [(ticket: Int, share: Double)]) -> (mean: Double, relativeVariance: Double) {
            var sum = Self.prior.ofOne * usual
            var weight = Self.prior.ofOne
            for (ticket, share) in shares {
                sum += share * hours[ticket]
                weight += share
            }
            let mean = max(sum / weight, 1e-6)
            return (mean, usualVariance / weight / (mean * mean))
        }
    }

    /// What the tickets that are as old as one still took.
    private struct RemainingHours {
        private let curve: SurvivalCurve?
        /// The areas under the curve from each of its times on.
        private var areas: [Double] = []

        init(_ ages: [Double], isResolved: [Bool]) {
            curve = (try? CensoredTimes(times: ages, events: isResolved)).map { KaplanMeier().fit($0) }
            guard let curve else { return }
            areas = [Double](repeating: 0, count: curve.times.count)
            for place in areas.indices.dropLast().reversed() {
                areas[place] = areas[place + 1] + curve.survival[place] * (curve.times[place + 1] - curve.times[place])
            }
        }

        /// The area under the curve beyond an age, by its height there; 0 where the curve has ended.
        func mean(after age: Double) -> Double {
            guard let curve else { return 0 }
            let height = curve.survival(at: age)
            guard height > 0 else { return 0 }
            let next = curve.times.partitioningIndex { $0 > age }
            guard next < curve.times.count else { return 0 }
            return (height * (curve.times[next] - age) + areas[next]) / height
        }
    }
}
