internal import Algorithms

/// The pace of work through the week: hours of work done in each hour of the wall clock.
///
/// A pace is never zero, so that wall time grows strictly with work and the quantiles of work are the quantiles of wall time.
struct DeskClock: Sendable {
    /// The work done from Monday 0:00 to each hour of the week, 169 values.
    private let done: [Double]

    /// Takes the pace of each of the 168 hours from Monday 0:00 on, all above zero.
    init(paces: [Double]) {
        precondition(paces.count == 168 && paces.allSatisfy { $0 > 0 }, "a week has 168 hours with a pace above zero")
        done = paces.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    }

    /// A desk that works at the same pace day and night.
    static let wall = DeskClock(paces: Array(repeating: 1, count: 168))

    /// A desk that works Monday to Friday 8 to 18 h, half staffed from 12 to 13 h, with somebody on call at other times.
    static let office = DeskClock(
        paces: (0..<168).map { hour in
            guard hour < 5 * 24, (8..<18).contains(hour % 24) else { return 0.04 }
            return hour % 24 == 12 ? 0.5 : 1
        })

    /// The hours of the wall clock that so many hours of work take from a time on.
    ///
    /// - Parameters:
    ///   - work: Hours of work, zero or more.
    ///   - opened: Seconds since 1970 on the desk's clock.
    /// - Complexity: O(log 168).
    func wallHours(forWork work: Double, from opened: Double) -> Double {
        // 1 January 1970 was a Thursday.
        let hours = opened / 3_600 + 72
        let start = hours - (hours / 168).rounded(.down) * 168
        let week = done[168]
        let startHour = min(167, Int(start))
        let startWork = done[startHour] + (start - Double(startHour)) * (done[startHour + 1] - done[startHour])
        let target = startWork + work
        let weeks = (target / week).rounded(.down)
        let rest = target - weeks * week
        let hour = min(167, done.insertionPoint(of: rest))
        let end = Double(hour) + (rest - done[hour]) / (done[hour + 1] - done[hour])
        return max(0, weeks * 168 + end - start)
    }
}

extension [Double] {
    /// The index of the last element that is not above `value`, in an array that ascends from at most `value`.
    func insertionPoint(of value: Double) -> Int {
        // Where rounding puts `value` below all elements, the first one stands for it.
        dropFirst().partitioningIndex { $0 > value } - 1
    }
}
