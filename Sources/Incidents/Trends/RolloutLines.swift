/// The lines of all signatures on some places before and after a roll-out.
struct RolloutLines: Sendable {
    /// How many days before are looked at.
    private let days: Int
    /// For ordinary lines and then each signature the lines after.
    private var after: [Double]
    /// Likewise those of each day before, the last day first.
    private var before: [Double]

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

    /// For each signature the variance of the lines of a day before by their mean, which goes with ordinary lines; at least 1.
    ///
    /// A signature that hardly came before says nothing of how it comes, and may come in clumps when it does. So each one's own residuals move it from
    /// what is usual of all signatures here (empirical Bayes), which is the mean of theirs, winsorised above.
    ///
    /// - Complexity: O(n log n) in the signatures.
    var dispersions: [Double] {
        let own = (0..<after.count - 1).map(residuals)
        var known = own.filter { $0.freedom > 0 }.map { $0.squares / $0.freedom }
        known.sort()
        let most = known.isEmpty ? 1 : known[Int(Self.ordinaryShare * Double(known.count - 1))]
        let sum = known.reduce(Self.priorDispersion.mean * Self.priorDispersion.weight) { $0 + min($1, most) }
        let usual = max(1, sum / (Self.priorDispersion.weight + Double(known.count)))
        return own.map {
            max(1, (usual * Self.usualWeight + $0.squares) / (Self.usualWeight + $0.freedom))
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
