/// Exposures that count on from row to row, as a counter of a program does until it starts again.
///
/// Rows are those of a counter where they rise at least 20 times, fall at most once in four rises, and each time to hardly anything (a tenth, or two usual
/// rises), as a counter that begins again does, and where the longest run without a fall has at least doubled in steps of which none is half of it.
/// Counts of hours and days go up and down alike, and what stands, such as the number of accounts, hardly grows.
struct ExposureCounter {
    private static let fewestRises = 20
    private static let risesOfFall = 4
    private static let tenth = 0.1
    private static let steps = 2.0

    /// What each row but the first one adds to the row before: all that it says, where the counter has begun again.
    let increments: [Double]

    /// - Parameter totals: The rows of one part in order of time.
    /// - Returns: nil where they are no counter.
    init?(_ totals: [Double]) {
        let pairs = zip(totals, totals.dropFirst())
        let rises = pairs.lazy.filter { $0 < $1 }.map { $1 - $0 }.sorted()
        let falls = pairs.count { $0 > $1 }
        guard rises.count >= Self.fewestRises, falls * Self.risesOfFall <= rises.count else { return nil }
        let usual = rises[rises.count * 9 / 10]
        var increments: [Double] = []
        // The longest run: how many steps, from where to where, and the largest one.
        var longest = (steps: 0, from: 0.0, to: 0.0, largest: 0.0)
        var run = (steps: 0, from: totals[0], to: totals[0], largest: 0.0)
        for (before, total) in pairs {
            let hasBegunAgain = total < before
            guard !hasBegunAgain || total <= max(Self.tenth * before, Self.steps * usual) else { return nil }
            let increment = hasBegunAgain ? total : total - before
            increments.append(increment)
            if hasBegunAgain { run = (0, 0, 0, 0) }
            run = (run.steps + 1, run.from, total, max(run.largest, increment))
            if run.steps > longest.steps { longest = run }
        }
        let growth = longest.to - longest.from
        guard growth >= longest.from, 2 * longest.largest <= growth else { return nil }
        self.increments = increments
    }
}
