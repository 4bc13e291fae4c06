internal import Algorithms
internal import Statistics

/// The lines of all signatures on some places before and after a roll-out.
struct RolloutLines: Sendable {
    /// How many days before are looked at.
    private let days: Int
    /// For ordinary lines and then each signature the lines after.
    private var after: [Double]
    /// Likewise those of each day before, the last day first.
    private var before: [Double]
    /// For each signature how its lines before and after come in clumps.
    private var clumps: [(before: RolloutClumps, after: RolloutClumps)]

    /// The dispersion of signatures in general, and how many signatures it counts for.
    private static let priorDispersion = (mean: 1.3, weight: 10.0)
    /// How many residuals of its own what is usual of the others counts for in the dispersion of a signature: about half of what two weeks tell of it.
    private static let usualWeight = 8.0
    /// The share of the signatures above whose dispersion one counts no more, so that a few floods do not make all others uncertain.
    private static let ordinaryShare = 0.9

    init(signatures: Int, hoursBefore: Int) {
        days = (hoursBefore + 23) / 24
        after = Array(repeating: 0, count: signatures + 1)
        before = Array(repeating: 0, count: (signatures + 1) * days)
        clumps = Array(repeating: (RolloutClumps(), RolloutClumps()), count: signatures)
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
        var (signature, counted): (Int, [(hour: Int, count: Double)]) = (-1, [])
        for cell in cells {
            let hour = Int(cell.hour)
            guard hour < end, hour >= first, counts(cell.version, hour >= start) else { continue }
            let row = Int(cell.signature) + 1
            if row > 0 {
                if row - 1 != signature {
                    addClumps(of: signature, counted, first..<start, start..<end)
                    (signature, counted) = (row - 1, [])
                }
                if counted.last?.hour == hour {
                    counted[counted.count - 1].count += Double(cell.count)
                } else {
                    counted.append((hour, Double(cell.count)))
                }
            }
            if hour >= start {
                after[row] += Double(cell.count)
            } else {
                before[row * days + (start - 1 - hour) / 24] += Double(cell.count)
            }
        }
        addClumps(of: signature, counted, first..<start, start..<end)
    }

    private mutating func addClumps(
        of signature: Int, _ counted: [(hour: Int, count: Double)], _ hoursBefore: Range<Int>, _ hours: Range<Int>
    ) {
        guard signature >= 0 else { return }
        let split = counted.partitioningIndex { $0.hour >= hours.lowerBound }
        clumps[signature].before.add(counted[..<split], in: hoursBefore)
        clumps[signature].after.add(counted[split...], in: hours)
    }

    /// The lines of a signature after, or, for -1, the ordinary ones.
    func after(_ signature: Int) -> Double { after[signature + 1] }

    /// The lines of a signature before, or, for -1, the ordinary ones.
    func before(_ signature: Int) -> Double {
        before[(signature + 1) * days..<(signature + 2) * days].reduce(0, +)
    }

    /// How many clumps the lines of a signature after are at most, by themselves.
    func clumpsAfter(_ signature: Int) -> Double { after(signature) / max(1, clumps[signature].after.size) }

    /// For each signature the variance of lines by their mean; at least 1.
    ///
    /// That of the lines of a day before, which goes with ordinary lines, and that of an hour on a place, before and after: what came in one hour may be one
    /// clump. A signature that hardly came says nothing of how it comes, and may come in clumps when it does. So each one's own residuals and clumps move
    /// it from what is usual of all signatures here (empirical Bayes): the mean of the former, winsorised above, and the median of the latter.
    ///
    /// - Complexity: O(n log n) in the signatures.
    var dispersions: [Double] {
        let own = (0..<after.count - 1).map(residuals)
        var known = own.filter { $0.freedom > 0 }.map { $0.squares / $0.freedom }
        known.sort()
        let most = known.isEmpty ? 1 : known[Int(Self.ordinaryShare * Double(known.count - 1))]
        let sum = known.reduce(Self.priorDispersion.mean * Self.priorDispersion.weight) { $0 + min($1, most) }
        let usual = max(1, sum / (Self.priorDispersion.weight + Double(known.count)))
        let hourly = clumps.map { ($0.before + $0.after).dispersion }
        let usualHourly = CountDispersion.typical(hourly.compactMap(\.self))
        return zip(own, hourly).map { own, hourly in
            max(
                hourly.shrunk(to: usualHourly),
                (usual * Self.usualWeight + own.squares) / (Self.usualWeight + own.freedom))
        }
    }

    /// The sum of the squared residuals of a signature by day, each by its mean, and its degrees of freedom.
    private func residuals(_ signature: Int) -> (squares: Double, freedom: Double) {
        let ordinary = before(-1)
        let rate = ordinary > 0 ? before(signature) / ordinary : 0
        var (squares, count) = (0.0, 0.0)
        for day in 0..<days where rate > 0 && before[day] > 0 {
            let expected = rate * before[day]
            let distance = before[(signature + 1) * days + day] - expected
            squares += distance * distance / expected
            count += 1
        }
        return (squares, max(0, count - 1))
    }
}
