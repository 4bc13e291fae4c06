internal import Records

/// The hours of a series by days.
struct TrendDays {
    /// The hour at which the first day begins, since 1970 UTC; it may have begun before the series.
    let start: Int
    /// The exposure of each day.
    let exposures: [Double]
    /// The exposure of each of the seven days that come next: that of the last ones, or of the mean day while there are fewer.
    let nextWeek: [Double]

    init(_ series: SignatureSeries, start: Int) {
        var exposures = [Double](repeating: 0, count: (series.first + series.count - start + 23) / 24)
        for (hour, exposure) in series.exposure.values.enumerated() {
            exposures[(series.first - start + hour) / 24] += exposure
        }
        self.start = start
        self.exposures = exposures
        nextWeek =
            series.count >= 7 * 24
            ? exposures.suffix(7)
            : Array(repeating: exposures.reduce(0, +) / Double(series.count) * 24, count: 7)
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
