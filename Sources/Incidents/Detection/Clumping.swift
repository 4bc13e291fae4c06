/// How many lines come at once: the variance of the hourly counts of a signature by their mean.
///
/// A count divided by it behaves about as a Poisson count does (the quasi-Poisson model of P. McCullagh, J. A. Nelder, *Generalized Linear Models*,
/// 1989, section 6.2.3). Each signature's own is shrunk to that of all, which begins at ``prior``.
struct Clumping: Sendable {
    private struct Sums {
        var hour: Int32 = .min
        var current = 0.0
        var lines = 0.0
        var squares = 0.0
    }

    /// The ratio where nothing is known, and the lines that it weighs as much as.
    private static let prior = (ratio: 1.5, lines: 30.0)
    /// The lines of its own that weigh as much as what is known of all signatures.
    private static let ownLines = 20.0

    private var sums: [Int32: Sums] = [:]
    /// Over all signatures the sums of lines, of squared hourly counts, and of the squares of their lines.
    private var pooled = (lines: 0.0, squares: 0.0, squaredLines: 0.0)

    /// Adds a line that no rise explains.
    mutating func add(signature: Int32, minute: Int32) {
        let hour = minute / 60
        var own = sums[signature] ?? Sums()
        if own.hour != hour {
            pooled.lines += own.current
            pooled.squares += own.current * own.current
            pooled.squaredLines += own.current * (2 * own.lines + own.current)
            own.lines += own.current
            own.squares += own.current * own.current
            own.current = 0
            own.hour = hour
        }
        own.current += 1
        sums[signature] = own
    }

    /// Forgets the hour that runs, as a rise explains it.
    mutating func dropHour(of signature: Int32) {
        sums[signature]?.current = 0
    }

    /// The ratio for a signature, at least 1.
    ///
    /// - Parameter hours: The hours of the log so far.
    func ratio(of signature: Int32, hours: Double) -> Double {
        // One signature of many lines would speak for all: the pool is bounded by what clumps usually are.
        let hours = max(1, hours)
        let excess = max(0, pooled.squares - pooled.squaredLines / hours)
        let all = (excess + Self.prior.ratio * Self.prior.lines) / (pooled.lines + Self.prior.lines)
        let pool = min(all, Self.prior.ratio * 2)
        guard let own = sums[signature] else { return max(1, pool) }
        let ownExcess = max(0, own.squares - own.lines * own.lines / hours)
        return max(1, (ownExcess + pool * Self.ownLines) / (own.lines + Self.ownLines))
    }
}
