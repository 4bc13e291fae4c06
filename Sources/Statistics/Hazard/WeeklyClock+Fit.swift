internal import Glibc

extension WeeklyClock {
    /// A subject from its entry to its event, or to when it was last seen.
    public struct Stay: Sendable {
        /// The entry in seconds since 1970 UTC.
        public var start: Double
        /// The event, or the time when last seen.
        public var end: Double
        /// Whether the event was seen.
        public var isEvent: Bool
        /// How much the stay counts, at least 0.
        public var weight: Double

        /// Creates a stay.
        public init(start: Double, end: Double, isEvent: Bool, weight: Double = 1) {
            self.start = start
            self.end = end
            self.isEvent = isEvent
            self.weight = weight
        }
    }

    private static let rounds = 8
    private static let ageBins = 40
    /// What a subject does after so many hours on the wall says little about the week.
    private static let longest = 1_000.0
    /// The events that an hour of the week needs to be believed as much as the prior.
    private static let strength = 15.0
    /// The slowest speed before the clock is scaled to a mean of 1: nothing stops altogether.
    private static let slowest = 0.02

    /// Fits the clock to when events happen.
    ///
    /// The hazard of an event is taken as a function of the age on the clock times the speed of the clock; both are estimated in turn
    /// by events over expected events, the speeds smoothed over neighbouring hours and drawn to a prior. On the fitted clock a subject that
    /// enters before a weekend ages like any other.
    ///
    /// - Parameters:
    ///   - stays: The subjects; with none the clock is the prior.
    ///   - prior: The clock that is believed without evidence.
    /// - Complexity: O(hours of all stays).
    public init(fitting stays: [Stay], prior: WeeklyClock = .even) {
        var clock = prior
        for _ in 0..<Self.rounds where !stays.isEmpty {
            let hazards = Self.hazards(stays, clock)
            let (seen, expected) = Self.events(stays, clock, hazards)
            let speeds = (0..<Self.cells).map { cell in
                var (observed, awaited) = (Self.strength * prior.rates[cell], Self.strength)
                for (distance, weight) in [(0, 1.0), (1, 0.5), (Self.cells - 1, 0.5)] {
                    observed += weight * seen[(cell + distance) % Self.cells]
                    awaited += weight * expected[(cell + distance) % Self.cells]
                }
                return max(Self.slowest, observed / awaited)
            }
            guard let next = try? WeeklyClock(rates: speeds) else { break }
            clock = next
        }
        self = clock
    }

    private static func bin(_ age: Double) -> Int {
        min(ageBins - 1, max(0, Int(log1p(max(0, age)) / log1p(4 * longest) * Double(ageBins))))
    }

    private static func cut(_ stay: Stay) -> (end: Double, isEvent: Bool) {
        let limit = stay.start + longest * 3_600
        return (min(limit, max(stay.start, stay.end)), stay.isEvent && stay.end <= limit)
    }

    /// The hazard in each bin of ages on a clock.
    private static func hazards(_ stays: [Stay], _ clock: WeeklyClock) -> [Double] {
        var events = [Double](repeating: 0, count: ageBins)
        var exposures = events
        let bounds = (0...ageBins).map { expm1(log1p(4 * longest) * Double($0) / Double(ageBins)) }
        for stay in stays {
            let (end, isEvent) = cut(stay)
            let age = clock.hours(from: stay.start, to: end)
            let last = bin(age)
            for bin in 0..<last { exposures[bin] += stay.weight * (bounds[bin + 1] - bounds[bin]) }
            exposures[last] += stay.weight * max(0, age - bounds[last])
            if isEvent { events[last] += stay.weight }
        }
        return zip(events, exposures).map { ($0 + 0.5) / ($1 + 1) }
    }

    /// The events of each hour of the week, and those that an even clock would have seen.
    private static func events(
        _ stays: [Stay], _ clock: WeeklyClock, _ hazards: [Double]
    ) -> (seen: [Double], expected: [Double]) {
        var seen = [Double](repeating: 0, count: cells)
        var expected = seen
        for stay in stays {
            let (end, isEvent) = cut(stay)
            var now = stay.start
            while now < end {
                let next = min(end, endOfHour(now))
                let age = clock.hours(from: stay.start, to: (now + next) / 2)
                expected[cell(of: now)] += stay.weight * hazards[bin(age)] * (next - now) / 3_600
                now = next
            }
            if isEvent { seen[cell(of: end)] += stay.weight }
        }
        return (seen, expected)
    }
}
