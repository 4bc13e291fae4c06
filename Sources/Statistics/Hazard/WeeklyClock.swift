internal import Algorithms
internal import Glibc

/// A clock that runs as fast as a desk works in each hour of the week.
///
/// Its hours equal those on the wall over a whole week; at night and on days off they pass slowly, in the middle of a working day fast.
/// Times are in seconds since 1970 UTC, and the week is one of UTC.
public struct WeeklyClock: Sendable, Codable, Equatable {
    /// The hours of a week.
    public static let cells = 168
    /// The first Monday after 1 January 1970, which was a Thursday.
    private static let monday = 4.0 * 86_400

    /// Hours of this clock an hour on the wall, in each hour of the week from Monday 0 h on; their mean is 1.
    public let rates: [Double]
    private let cumulative: [Double]

    /// A clock that runs like the one on the wall.
    public static let even = WeeklyClock(uniform: ())

    private init(uniform: Void) {
        rates = [Double](repeating: 1, count: Self.cells)
        cumulative = (0...Self.cells).map { Double($0) }
    }

    /// Creates a clock.
    ///
    /// - Parameter rates: 168 positive and finite speeds, in any unit.
    /// - Throws: ``HazardError/invalidParameter(_:)``.
    public init(rates: [Double]) throws(HazardError) {
        guard rates.count == Self.cells, rates.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .invalidParameter("rates")
        }
        let mean = rates.reduce(0, +) / Double(Self.cells)
        // Speeds that were scaled before stay as they are to the last bit.
        self.rates = abs(mean - 1) < 1e-12 ? rates : rates.map { $0 / mean }
        var sum = 0.0
        cumulative =
            [0]
            + self.rates.map { rate in
                sum += rate
                return sum
            }
    }

    /// The clock whose speeds are a power of these, scaled to a mean of 1.
    ///
    /// - Parameter exponent: From 0, which gives ``even``, to 1, which changes nothing.
    public func tempered(_ exponent: Double) -> WeeklyClock {
        (try? WeeklyClock(rates: rates.map { pow($0, exponent) })) ?? self
    }

    /// The hours of this clock from one time to another; negative if the second is earlier.
    public func hours(from start: Double, to end: Double) -> Double {
        reading(at: end) - reading(at: start)
    }

    /// The time at which so many hours of this clock have passed since another.
    public func time(_ hours: Double, after start: Double) -> Double {
        let reading = reading(at: start) + hours
        let week = (reading / Double(Self.cells)).rounded(.down)
        let rest = reading - week * Double(Self.cells)
        let cell = (1..<Self.cells).partitioningIndex { cumulative[$0] > rest } - 1
        let hour = week * Double(Self.cells) + Double(cell) + (rest - cumulative[cell]) / rates[cell]
        return Self.monday + 3_600 * hour
    }

    /// The hour of the week of a time.
    static func cell(of time: Double) -> Int {
        let hour = ((time - monday) / 3_600).rounded(.down)
        let week = (hour / Double(cells)).rounded(.down)
        return min(cells - 1, max(0, Int(hour - week * Double(cells))))
    }

    /// The end of the hour in which a time lies.
    static func endOfHour(_ time: Double) -> Double {
        monday + 3_600 * (((time - monday) / 3_600).rounded(.down) + 1)
    }

    /// What the clock shows at a time, in hours.
    func reading(at time: Double) -> Double {
        let hours = (time - Self.monday) / 3_600
        let week = (hours / Double(Self.cells)).rounded(.down)
        let rest = hours - week * Double(Self.cells)
        // So far away that the hours of the week are lost in rounding, the rest is any number.
        let cell = Int(max(0, min(Double(Self.cells - 1), rest)))
        return week * Double(Self.cells) + cumulative[cell] + rates[cell] * (rest - Double(cell))
    }
}
