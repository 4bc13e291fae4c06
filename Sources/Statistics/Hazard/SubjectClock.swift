internal import Glibc

/// The clock of one subject: that of the week from its entry on, standing still while it is paused.
public struct SubjectClock: Sendable, Equatable {
    private let week: WeeklyClock
    private let entry: Double
    private let reading: Double
    /// Pauses in seconds since 1970 UTC that do not overlap, in the order of time, none before the entry.
    private let pauses: [ClosedRange<Double>]

    /// Starts a clock.
    ///
    /// - Parameters:
    ///   - week: The clock of the week.
    ///   - entry: The entry in seconds since 1970 UTC.
    ///   - pauses: Spans of seconds since 1970 UTC during which the clock stands still; they may overlap and come in any order.
    public init(_ week: WeeklyClock, from entry: Double, pauses: [ClosedRange<Double>] = []) {
        self.week = week
        self.entry = entry
        reading = week.reading(at: entry)
        var merged: [ClosedRange<Double>] = []
        for pause in pauses.sorted(by: { $0.lowerBound < $1.lowerBound }) where pause.upperBound > entry {
            let pause = max(entry, pause.lowerBound)...pause.upperBound
            if let last = merged.last, pause.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, pause.upperBound)
            } else {
                merged.append(pause)
            }
        }
        self.pauses = merged
    }

    /// The hours of this clock that have passed by an age on the wall.
    ///
    /// - Parameter age: Hours on the wall since the entry, at least 0.
    public func hours(atAge age: Double) -> Double {
        let now = entry + age * 3_600
        var hours = week.reading(at: now) - reading
        for pause in pauses where pause.lowerBound < now {
            hours -= week.hours(from: pause.lowerBound, to: min(now, pause.upperBound))
        }
        return max(0, hours)
    }

    /// The age on the wall by which so many hours of this clock have passed.
    ///
    /// - Parameter hours: Hours of this clock, at least 0.
    public func age(atHours hours: Double) -> Double {
        var (left, start) = (hours, entry)
        for pause in pauses {
            let passing = week.hours(from: start, to: pause.lowerBound)
            if left <= passing { break }
            left -= passing
            start = pause.upperBound
        }
        return max(0, (week.time(left, after: start) - entry) / 3_600)
    }
}

extension SubjectClock {
    /// The ages on the wall at which a distribution on this clock is taken over, so that pauses are seen.
    ///
    /// They are the boundaries of a grid, those ages at which as many hours have passed on this clock, and the ends of the pauses; within
    /// a pause that ends there are none, because no hazard passes. One more age lies behind them all: the hazard goes on for ever as in
    /// the last interval, which must be one that is lived through.
    ///
    /// - Parameter grid: The ages that serve where the clock never stands still.
    /// - Throws: ``HazardError/invalidGrid`` where the ages are more than numbers can tell apart.
    public func grid(refining grid: AgeGrid) throws(HazardError) -> AgeGrid {
        let ends = pauses.flatMap { [$0.lowerBound, $0.upperBound] }.map { ($0 - entry) / 3_600 }.filter(\.isFinite)
        let last = grid.boundaries[grid.count]
        let reached = ends.reduce(max(last, hours(atAge: last))) { max($0, hours(atAge: $1)) }
        let width = grid.logarithms[grid.count] - grid.logarithms[grid.count - 1]
        var ages = grid.boundaries.filter { boundary in
            let time = entry + boundary * 3_600
            return !pauses.contains { $0.lowerBound < time && time < $0.upperBound && $0.upperBound.isFinite }
        }
        ages += ends + (grid.boundaries + [expm1(log1p(reached) + width)]).map { age(atHours: $0) }
        ages = ages.filter(\.isFinite).sorted()
        return try AgeGrid(
            boundaries: ages.indices.filter { $0 == 0 || log1p(ages[$0 - 1]) < log1p(ages[$0]) }.map { ages[$0] })
    }
}

extension DurationDistribution {
    /// The distribution of the hours on the wall of a subject whose own clock this distribution is about.
    ///
    /// - Parameters:
    ///   - clock: The clock of the subject.
    ///   - wall: The ages on the wall at which the distribution is taken over exactly; between them the hazard is even.
    public func onTheWall(_ clock: SubjectClock, grid wall: AgeGrid) -> DurationDistribution {
        let own = grid.logarithms
        let cumulative = [Double](unsafeUninitializedCapacity: wall.boundaries.count) { result, count in
            var (before, sum, interval) = (0.0, 0.0, 0)
            result[0] = 0
            for position in 1..<wall.boundaries.count {
                let age = log1p(clock.hours(atAge: wall.boundaries[position]))
                while interval < grid.count - 1 && own[interval + 1] <= age { interval += 1 }
                let part = (age - own[interval]) / (own[interval + 1] - own[interval])
                let step = cumulativeHazards[interval + 1] - cumulativeHazards[interval]
                let hazard = cumulativeHazards[interval] + step * part
                sum += max(hazard - before, Self.leastHazard(isLast: position == wall.count))
                before = hazard
                result[position] = sum
            }
            count = wall.boundaries.count
        }
        return DurationDistribution(grid: wall, cumulativeHazards: cumulative)
    }
}
