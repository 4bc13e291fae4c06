/// The lines of all signatures on some places before and after a roll-out.
struct RolloutLines: Sendable {
    /// How many days before are looked at.
    private let days: Int
    /// For ordinary lines and then each signature the lines after.
    private var after: [Double]
    /// Likewise those of each day before, the last day first.
    private var before: [Double]

    private static let priorDispersion = (mean: 1.3, weight: 4.0)

    init(signatures: Int, hoursBefore: Int) {
        days = (hoursBefore + 23) / 24
        after = Array(repeating: 0, count: signatures + 1)
        before = Array(repeating: 0, count: (signatures + 1) * days)
    }

    /// Adds cells of a place.
    ///
    /// - Parameters:
    ///   - hours: Those after the roll-out.
    ///   - since: The first hour before that counts.
    ///   - counts: Whether lines of a version count, before (false) or after.
    @inline(__always)
    mutating func add(
        _ cells: ArraySlice<PlacedCells.Cell>, _ hours: Range<Int>, since: Int,
        counts: (Int32, _ isAfter: Bool) -> Bool
    ) {
        let (start, end) = (hours.lowerBound, hours.upperBound)
        let first = max(since, start - 24 * days)
        for cell in cells {
            let hour = Int(cell.hour)
            guard hour < end, hour >= first, counts(cell.version, hour >= start) else { continue }
            let row = Int(cell.signature) + 1
            if hour >= start {
                after[row] += Double(cell.count)
            } else {
                before[row * days + (start - 1 - hour) / 24] += Double(cell.count)
            }
        }
    }

    /// The lines of a signature after, or, for -1, the ordinary ones.
    func after(_ signature: Int) -> Double { after[signature + 1] }

    /// The lines of a signature before, or, for -1, the ordinary ones.
    func before(_ signature: Int) -> Double {
        before[(signature + 1) * days..<(signature + 2) * days].reduce(0, +)
    }

    /// The variance of the lines of a day before by their mean, which goes with ordinary lines, with some residuals of the prior; at least 1.
    func dispersion(_ signature: Int) -> Double {
        let ordinary = before(-1)
        let rate = ordinary > 0 ? before(signature) / ordinary : 0
        var squares = Self.priorDispersion.mean * Self.priorDispersion.weight
        var residuals = Self.priorDispersion.weight
        for day in 0..<days where rate > 0 && before[day] > 0 {
            let expected = rate * before[day]
            let distance = before[(signature + 1) * days + day] - expected
            squares += distance * distance / expected
            residuals += 1
        }
        return max(1, squares / max(Self.priorDispersion.weight, residuals - 1))
    }
}
