internal import Algorithms
internal import Glibc

/// Boundaries that divide an age (hours since opening) into intervals of constant hazard.
///
/// The first boundary is 0. Within an interval the clock runs in ln(1 + hours), so that the hazard is constant on the scale on
/// which durations are compared. An age beyond the last boundary belongs to the last interval, whose exposure goes on growing.
public struct AgeGrid: Sendable, Equatable, Codable {
    /// The boundaries in hours, ascending, beginning with 0.
    public let boundaries: [Double]

    /// The boundaries as ln(1 + hours).
    public let logarithms: [Double]

    /// Creates a grid from boundaries in hours.
    ///
    /// - Parameter boundaries: At least two, strictly ascending and finite, the first 0.
    public init(boundaries: [Double]) throws(HazardError) {
        guard boundaries.count >= 2, boundaries[0] == 0, boundaries.allSatisfy(\.isFinite),
            zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw .invalidGrid }
        self.boundaries = boundaries
        logarithms = boundaries.map { log1p($0) }
    }

    /// How far a covering grid goes beyond the longest duration, as a factor of 1 + hours.
    public static let margin = 1.5

    /// Creates a grid that is fine where durations are dense and never coarse elsewhere.
    ///
    /// Boundaries are the quantiles of an equal mixture of the empirical distribution and of a uniform distribution of
    /// ln(1 + hours) between the smallest and the largest duration, so that a shift of the durations into a range that was
    /// rare before is still resolved. Where subjects without an event have grown older than that, intervals as wide as the widest
    /// follow until the last one begins beyond all ages: what has been lived through without an event is not to be taken for the end.
    ///
    /// - Parameters:
    ///   - durations: Hours, not empty, finite and not negative.
    ///   - longestAge: The largest age in hours that any subject has reached, with its event or without; finite and not negative.
    ///   - intervals: The number of intervals wanted up to the durations' end, at least 2; fewer result where boundaries coincide.
    public init(covering durations: [Double], longestAge: Double = 0, intervals: Int) throws(HazardError) {
        guard intervals >= 2, !durations.isEmpty, durations.allSatisfy({ $0.isFinite && $0 >= 0 }),
            longestAge.isFinite && longestAge >= 0
        else {
            throw .invalidGrid
        }
        let sorted = durations.map { log1p($0) }.sorted()
        let last = max(sorted[sorted.count - 1] + log(Self.margin), log1p(24))
        var boundaries = [0.0]
        let steps = 4096
        var below = 0
        var target = 1
        for step in 1...steps {
            let position = last * Double(step) / Double(steps)
            while below < sorted.count && sorted[below] <= position { below += 1 }
            let mixture = 0.5 * Double(below) / Double(sorted.count) + 0.5 * Double(step) / Double(steps)
            if mixture * Double(intervals) >= Double(target) {
                boundaries.append(expm1(position))
                target = Int(mixture * Double(intervals)) + 1
            }
        }
        let width = 2 * last / Double(intervals)
        let further = Int(max(0, (log1p(longestAge) - last) / width).rounded(.up))
        if further > 0 { boundaries += (1...(further + 1)).map { expm1(last + width * Double($0)) } }
        try self.init(boundaries: boundaries)
    }

    /// The number of intervals.
    public var count: Int { boundaries.count - 1 }

    /// The interval that holds an age in ln(1 + hours).
    public func interval(ofLogAge age: Double) -> Int {
        (1..<count).partitioningIndex { logarithms[$0] > age } - 1
    }

    /// The part of an interval that has passed at an age in ln(1 + hours): 0 at its start, 1 at its end.
    ///
    /// In the last interval the part may exceed 1.
    public func fraction(of interval: Int, atLogAge age: Double) -> Double {
        let width = logarithms[interval + 1] - logarithms[interval]
        let part = max(0, (age - logarithms[interval]) / width)
        return interval == count - 1 ? part : min(1, part)
    }
}
