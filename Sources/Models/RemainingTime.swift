public import Records
internal import Statistics

/// What remains of a ticket that is open at an age: the predictive distribution given that age and how long its clock stood still.
public struct RemainingTime: Sendable {
    /// The age: hours on the wall since the ticket opened, at least 0.
    public let age: Double
    private let pausedHours: Double
    private let openedAt: Instant
    private let pauses: [Pause]
    private let distribution: DurationDistribution

    fileprivate init(of forecast: ResolutionTimeForecast, afterHours age: Double, pausedHours: Double) {
        precondition(age >= 0 && pausedHours >= 0 && pausedHours <= age, "a pause lies within the age")
        self.age = age
        self.pausedHours = pausedHours
        openedAt = Instant(seconds: forecast.openedAt)
        guard pausedHours > 0 else {
            pauses = []
            distribution = forecast.distribution
            return
        }
        let pause = (forecast.openedAt + (age - pausedHours) * 3_600)...(forecast.openedAt + age * 3_600)
        pauses = [Pause(start: Instant(seconds: pause.lowerBound), end: Instant(seconds: pause.upperBound))]
        distribution = forecast.distribution(pauses: [pause])
    }

    /// The median of the hours on the wall that remain.
    public var predictedHours: Double { distribution.quantile(0.5, afterHours: age) - age }

    /// The central interval that holds the hours on the wall that remain with a probability in 0 ..< 1.
    public func interval(_ coverage: Double) -> (lower: Double, upper: Double) {
        let (lower, upper) = distribution.interval(coverage, afterHours: age)
        return (lower - age, upper - age)
    }

    /// The probability that the ticket will not be resolved at a deadline; 1 where the deadline has passed.
    ///
    /// - Parameter deadline: Hours on the wall from opening to the promised resolution.
    public func breachProbability(deadline: Double) -> Double {
        distribution.survival(atHours: deadline, afterHours: age)
    }

    /// The probability that the ticket will not be resolved at a moment; 1 where it has passed.
    public func breachProbability(at deadline: Instant) -> Double {
        breachProbability(deadline: (deadline.seconds - openedAt.seconds) / 3_600)
    }

    /// The hours on the wall from the opening until so many have passed, pauses not counted.
    ///
    /// - Parameter hours: Hours, at least 0.
    public func deadline(hours: Double) -> Double { hours <= age - pausedHours ? hours : hours + pausedHours }

    /// The moment at which so many business hours have passed since the ticket opened, pauses not counted.
    ///
    /// - Parameter businessHours: Hours, finite and at least 0.
    /// - Returns: The moment, or nil where it never comes: see ``BusinessCalendar/adding(businessHours:to:pauses:)``.
    public func deadline(businessHours: Double, on calendar: BusinessCalendar) -> Instant? {
        calendar.adding(businessHours: businessHours, to: openedAt, pauses: pauses)
    }

    /// The business hours of a calendar in so many hours on the wall from now on.
    ///
    /// - Parameter hours: Hours, at least 0.
    public func businessHours(in hours: Double, on calendar: BusinessCalendar) -> Double {
        let now = openedAt.seconds + age * 3_600
        return calendar.businessHours(from: Instant(seconds: now), to: Instant(seconds: now + hours * 3_600))
    }
}

extension ResolutionTimeForecast {
    /// What remains of the ticket if it is open at an age.
    ///
    /// - Parameters:
    ///   - age: Hours on the wall since opening, at least 0.
    ///   - pausedHours: The hours on the wall, from 0 to the age, for which its clock stood still; they are taken as the latest of its
    ///     age.
    public func remaining(afterHours age: Double = 0, pausedHours: Double = 0) -> RemainingTime {
        RemainingTime(of: self, afterHours: age, pausedHours: pausedHours)
    }
}
