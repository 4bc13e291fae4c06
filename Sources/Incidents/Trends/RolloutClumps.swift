internal import Statistics

/// How the lines of a signature come in clumps: the squares of its lines of an hour on a place, less what these are by chance.
struct RolloutClumps: Sendable {
    private var (lines, surplus) = (0.0, 0.0)

    /// The lines of an hour in which one comes, less those that come by chance.
    var size: Double { lines > 0 ? surplus / lines : 1 }

    /// nil when too few lines are known.
    var dispersion: CountDispersion? { CountDispersion(surplus: surplus, of: lines) }

    /// Adds the lines of a place.
    ///
    /// So many lines as a day before, which has the same rhythm, come by chance; in the first day as many as in the hour beside it.
    ///
    /// - Parameters:
    ///   - counted: By hour, in order.
    ///   - hours: All hours.
    mutating func add(_ counted: ArraySlice<(hour: Int, count: Double)>, in hours: Range<Int>) {
        func count(at hour: Int, _ place: inout Int) -> Double {
            while place < counted.endIndex, counted[place].hour < hour { place += 1 }
            return place < counted.endIndex && counted[place].hour == hour ? counted[place].count : 0
        }
        var dayBefore = counted.startIndex
        for (place, item) in zip(counted.indices, counted) {
            var beside = item.hour - 24
            var from = dayBefore
            if beside < hours.lowerBound {
                beside = item.hour > hours.lowerBound ? item.hour - 1 : item.hour + 1
                from = max(counted.startIndex, place - 1)
            }
            guard hours.contains(beside) else { continue }
            let byChance = count(at: beside, &from)
            if beside == item.hour - 24 { dayBefore = from }
            lines += item.count
            surplus += item.count * (item.count - byChance)
        }
    }

    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.lines += right.lines
        sum.surplus += right.surplus
        return sum
    }
}
