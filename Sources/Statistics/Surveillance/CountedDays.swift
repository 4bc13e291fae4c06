/// The hourly counts of a series by days, of which some may be left out.
struct CountedDays {
    private struct Day {
        var count = 0.0
        /// The sum of the squares of its counts.
        var squares = 0.0
        /// The sums of the products of its counts and those of the same hours a day and a week before.
        var products = (day: 0.0, week: 0.0)
        /// Its hour with the largest count.
        var peak: (place: Int, count: Double) = (0, 0)
    }

    /// The number of days, of which the first has the hours that are left; the last one is the first here.
    let count: Int
    private let hours: Int
    /// The counts of the hours, the last hour first.
    private let counts: [Double]
    private let days: [Day]

    /// - Parameter sums: The sums of the counts before each hour, and before the one after the last.
    init(_ sums: UnsafeBufferPointer<Double>, _ hours: Range<Int>) {
        let counts = (0..<hours.count).map { place in
            let hour = hours.upperBound - 1 - place
            return sums[hour + 1] - sums[hour]
        }
        var days = [Day](repeating: Day(), count: (hours.count + 23) / 24)
        for (place, count) in counts.enumerated() where count > 0 {
            let day = place / 24
            days[day].count += count
            days[day].squares += count * count
            if place + 24 < counts.count { days[day].products.day += count * counts[place + 24] }
            if place + 168 < counts.count { days[day].products.week += count * counts[place + 168] }
            if count > days[day].peak.count { days[day].peak = (place, count) }
        }
        (self.hours, self.counts, self.days, self.count) = (hours.count, counts, days, days.count)
    }

    /// The largest count, and where it is; nil when all are left out.
    func peak(where isLeft: [Bool]) -> (day: Int, place: Int, count: Double)? {
        var peak: (day: Int, place: Int, count: Double)?
        for (day, item) in days.enumerated() where isLeft[day] && item.peak.count > peak?.count ?? 0 {
            peak = (day, item.peak.place, item.peak.count)
        }
        return peak
    }

    /// The counts of days before which a whole day is known, and the sum of their squares less the products with those of a day or of a week before,
    /// whichever explain more.
    func surplus(where isLeft: [Bool]) -> (count: Double, squares: Double) {
        var count = 0.0
        var surplus = (daily: 0.0, weekly: 0.0)
        for (day, item) in days.enumerated() where isLeft[day] {
            guard 24 * (day + 2) <= hours, isLeft[day + 1] else { continue }
            count += item.count
            surplus.daily += item.squares - item.products.day
            let isWeekKnown = 24 * (day + 8) <= hours && isLeft[day + 7]
            surplus.weekly += item.squares - (isWeekKnown ? item.products.week : item.products.day)
        }
        return (count, min(surplus.daily, surplus.weekly))
    }

    /// The mean count of an hour, or of those at the same time of day where these have more.
    func mean(at place: Int, where isLeft: [Bool]) -> Double {
        var (sum, length, sameTime) = (0.0, 0.0, 0.0)
        var number = 0.0
        for (day, item) in days.enumerated() where isLeft[day] {
            sum += item.count
            length += Double(min(24, hours - 24 * day))
            let hour = 24 * day + place % 24
            guard hour < hours else { continue }
            sameTime += counts[hour]
            number += 1
        }
        // A past without a count is worth half of one.
        return max(max(0.5, sum) / max(1, length), sameTime / max(1, number))
    }
}
