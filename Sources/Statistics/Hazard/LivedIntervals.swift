internal import Glibc

/// What each row has lived through, weighted by how long ago, in the form in which all bands read it.
///
/// Exposure that ended a time `t` ago weighs exp(−decay · t). For an interval that was lived through, that time is known from the
/// entry alone, so the weight is a product of a number of the row and a number of the interval, and only the last interval of a
/// row needs numbers of its own.
struct LivedIntervals {
    let grid: AgeGrid
    let bands: [Range<Int>]
    /// The interval in which each row was last seen.
    let last: [Int32]
    /// The band of that interval.
    let lastBand: [Int32]
    /// The logarithm of the weight of an exposure that ended when the row entered.
    let logWeights: [Double]
    /// The weighted part of the last interval.
    let parts: [Double]
    /// The weight of the event; 0 where none was seen.
    let events: [Double]
    /// The logarithm of the weight that the start of each band adds to that of the row.
    let bandShifts: [Double]
    /// The weight that each interval adds to that of the start of its band.
    let intervalWeights: [Double]
    /// The weighted events of each interval.
    let eventTotals: [Double]

    init(_ sample: HazardSample, grid: AgeGrid, bands: [Range<Int>], halfLifeDays: Double) {
        self.grid = grid
        self.bands = bands
        let decay = halfLifeDays.isFinite ? log(2) / halfLifeDays : 0
        let bandOfInterval = bands.enumerated().flatMap {
            [Int32](repeating: Int32($0.offset), count: $0.element.count)
        }
        let since = sample.daysSinceLastSeen
        let last = sample.logAges.map { grid.interval(ofLogAge: $0) }
        let weights = since.map { exp(-decay * $0) }
        parts = last.indices.map { weights[$0] * grid.fraction(of: last[$0], atLogAge: sample.logAges[$0]) }
        events = last.indices.map { sample.events[$0] ? weights[$0] : 0 }
        logWeights = sample.entryDays.map { -decay * (sample.now - $0) }
        bandShifts = bands.map { decay * grid.boundaries[$0.lowerBound] / 24 }
        intervalWeights = (0..<grid.count).map { interval in
            let start = grid.boundaries[bands[Int(bandOfInterval[interval])].lowerBound]
            // The bound keeps a half-life of minutes finite; its row weights are zero there.
            return exp(min(700, decay * (grid.boundaries[interval + 1] - start) / 24))
        }
        var totals = [Double](repeating: 0, count: grid.count)
        for (row, interval) in last.enumerated() { totals[interval] += events[row] }
        eventTotals = totals
        self.last = last.map { Int32($0) }
        lastBand = last.map { bandOfInterval[$0] }
    }

    var rows: Int { last.count }

    /// The bands that a row has reached.
    var reachedBands: Int { Int(lastBand.max() ?? -1) + 1 }
}
