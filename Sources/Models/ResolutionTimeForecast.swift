internal import Glibc
public import Statistics

/// What the model says about one ticket.
public struct ResolutionTimeForecast: Sendable {
    /// A part of the explanation.
    public struct Contribution: Sendable, Codable, Equatable {
        /// The source: a column of the tickets, "calendar" or "desk state".
        public var feature: String
        /// The hours that it adds to the median, negative if it shortens.
        public var hours: Double
    }

    /// How difficult a ticket is among the tickets of the desk.
    public enum Tier: String, Sendable, Codable, CaseIterable {
        /// The easier half.
        case routine
        /// From the median to the 80 % quantile.
        case standard
        /// From the 80 % to the 95 % quantile.
        case complex
        /// The hardest twentieth.
        case exceptional
    }

    /// Whose experience a ticket asks for.
    public enum Expertise: String, Sendable, Codable {
        /// Anyone of the team.
        case generalist
        /// Someone who knows the subject.
        case specialist
        /// Someone who solves what others could not.
        case expert
    }

    /// The ticket.
    public let id: String
    /// When it opened, in seconds since 1970 UTC.
    public let openedAt: Double
    /// The predictive distribution of its resolution time.
    public let distribution: DurationDistribution
    /// The same on the clock of the desk.
    private let deskDistribution: DurationDistribution
    private let clock: WeeklyClock
    /// Its tier: the place of its predicted ln(1 + hours) among those of the training window.
    public let tier: Tier
    /// The expertise: by the probability of a duration that only a quarter of all tickets reach, under a third, under 60 %, above.
    public let expertise: Expertise
    /// The expected effort as a multiple of the desk's typical ticket: the ratio of geometric means of 1 + hours.
    public let relativeEffort: Double
    /// The probability that the duration exceeds each boundary of the ages; begins with 1.
    public let survivals: [Double]
    /// The mean of ln(1 + hours).
    public let meanLogHours: Double
    /// The median in hours.
    public let predictedHours: Double
    private let features: [String]
    private let featureHours: [Double]
    /// What the ticket did not say, or said with a word never met before.
    public let missing: [String]

    /// - Parameters:
    ///   - deskDistribution: The distribution on the clock of the desk.
    ///   - clock: That clock.
    ///   - median: The median of the distribution in hours.
    ///   - features: The sources of the explanation.
    ///   - featureHours: The hours that each source adds.
    init(
        id: String, openedAt: Double, distribution: DurationDistribution, deskDistribution: DurationDistribution,
        clock: WeeklyClock, median: Double, reference: ResolutionTimeModel.Reference, features: [String],
        featureHours: [Double], missing: [String]
    ) {
        self.id = id
        self.openedAt = openedAt
        self.distribution = distribution
        self.deskDistribution = deskDistribution
        self.clock = clock
        self.features = features
        self.featureHours = featureHours
        self.missing = missing
        predictedHours = median
        survivals = distribution.boundarySurvivals
        let mean = distribution.meanLogHours(survivals: survivals)
        meanLogHours = mean
        relativeEffort = exp(mean - reference.meanLogHours)
        tier = Tier.allCases[reference.tierBounds.prefix { mean > $0 }.count]
        let long = distribution.survival(atHours: reference.longHours)
        expertise = long < 1.0 / 3 ? .generalist : long < 0.6 ? .specialist : .expert
    }

    /// The explanation in hours: one part a source, in the order of the schema.
    public var contributions: [Contribution] {
        zip(features, featureHours).map { Contribution(feature: $0, hours: $1) }
    }

    /// The parts of the explanation that are largest in hours, the largest first, and the sum of the others as "other".
    ///
    /// A part of less than `resolution` is left out of the list and counts among the others, and so is "other" itself.
    ///
    /// - Parameters:
    ///   - count: The most parts beside "other", at least 1.
    ///   - resolution: The fewest hours that are worth a mention.
    public func leadingContributions(_ count: Int = 10, resolution: Double = 5e-7) -> [Contribution] {
        precondition(count >= 1, "at least one part is named")
        var contributions: [Contribution] = []
        contributions.reserveCapacity(count + 1)
        var other = 0.0
        // The smallest part falls out at the end of the list when a larger one is put in its place.
        withUnsafeTemporaryAllocation(of: (hours: Double, position: Int).self, capacity: count + 1) { leading in
            var filled = 0
            var least = resolution
            for (position, hours) in featureHours.enumerated() {
                guard abs(hours) >= least else {
                    other += hours
                    continue
                }
                var place = filled
                while place > 0 && abs(leading[place - 1].hours) < abs(hours) {
                    leading.initializeElement(at: place, to: leading[place - 1])
                    place -= 1
                }
                leading.initializeElement(at: place, to: (hours, position))
                if filled < count { filled += 1 } else { other += leading[count].hours }
                if filled == count { least = max(resolution, abs(leading[count - 1].hours)) }
            }
            for part in leading[..<filled] {
                contributions.append(Contribution(feature: features[part.position], hours: part.hours))
            }
        }
        if abs(other) >= resolution { contributions.append(Contribution(feature: "other", hours: other)) }
        return contributions
    }

    /// The predictive distribution where the clock of the ticket has stood still, for instance while it waited for the customer.
    ///
    /// - Parameter pauses: Spans of seconds since 1970 UTC; they may overlap and come in any order.
    public func distribution(pauses: [ClosedRange<Double>]) -> DurationDistribution {
        let subject = SubjectClock(clock, from: openedAt, pauses: pauses)
        guard !pauses.isEmpty, let grid = try? subject.grid(refining: distribution.grid) else { return distribution }
        return deskDistribution.onTheWall(subject, grid: grid)
    }

    /// The recommended priority, 1 (first) to 4, from difficulty and customer impact.
    ///
    /// The rows of the matrix are the tier, the columns a third of the impact each; difficult tickets of large impact start first
    /// because they take longest and hurt most.
    ///
    /// - Parameter impact: The customer impact from 0 to 1; a half where it is not known.
    public func priority(impact: Double) -> Int {
        let difficulty = Tier.allCases.firstIndex(of: tier) ?? 0
        let column = impact < 1.0 / 3 ? 0 : impact < 2.0 / 3 ? 1 : 2
        return [[4, 3, 2], [4, 3, 2], [3, 2, 1], [2, 2, 1]][difficulty][column]
    }
}
