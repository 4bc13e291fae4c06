internal import Records
internal import Statistics

/// The hours of a series by days.
struct TrendDays {
    /// The hour at which the first day begins, since 1970 UTC; it may have begun before the series.
    let start: Int
    /// The exposure of each day.
    let exposures: [Double]
    /// The exposure of each of the seven days that come next: that of the last ones, or of the mean day while there are fewer.
    ///
    /// In hours of a holiday, or of the day after it, it is the mean of days of their kind; no other hour has that of a holiday while there is a week without
    /// one.
    let nextWeek: [Double]

    private static let week = 7 * 24
    /// The hours that tell what is usual.
    private static let memory = 8 * week

    init(_ series: SignatureSeries, start: Int) {
        var exposures = [Double](repeating: 0, count: (series.first + series.count - start + 23) / 24)
        for (hour, exposure) in series.exposure.values.enumerated() {
            exposures[(series.first - start + hour) / 24] += exposure
        }
        self.start = start
        self.exposures = exposures
        nextWeek =
            series.count >= 7 * 24
            ? (0..<7).map { day in
                (0..<24).reduce(0) { $0 + Self.exposure(at: series.count + 24 * day + $1, after: series) }
            }
            : Array(repeating: exposures.reduce(0, +) / Double(series.count) * 24, count: 7)
    }

    /// The exposure to expect of an hour of the week after a series.
    private static func exposure(at hour: Int, after series: SignatureSeries) -> Double {
        let exposures = series.exposure.values
        guard let days = series.days else { return exposures[hour - week] }
        let first = max(0, series.count - memory)
        if days.isUnusual(hour) {
            let alike = days.hours(like: hour, from: first).filter { $0 < series.count }
            if !alike.isEmpty { return alike.reduce(0) { $0 + exposures[$1] } / Double(alike.count) }
        }
        let others = stride(from: hour - week, through: first, by: -week)
        return exposures[others.first { !days.isUnusual($0) } ?? hour - week]
    }

    /// The days that end with the last hour, so that all but the first are whole.
    init(endingWith series: SignatureSeries) {
        self.init(series, start: series.first + series.count - (series.count + 23) / 24 * 24)
    }

    /// The lines of each day.
    func lines(_ cells: ArraySlice<CountTable.Cell>) -> [Double] {
        var lines = [Double](repeating: 0, count: exposures.count)
        for cell in cells {
            if let day = day(of: cell.hour) { lines[day] += Double(cell.count) }
        }
        return lines
    }

    /// The day of an hour since 1970 UTC; nil for one outside of them.
    func day(of hour: Int32) -> Int? {
        let day = (Int(hour) - start) / 24
        return Int(hour) >= start && day < exposures.count ? day : nil
    }
}
