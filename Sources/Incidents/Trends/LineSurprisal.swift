internal import Glibc

/// How much lines tell: the surprisal, in bits, of what one says, and of when, after the line of its source before it.
///
/// It is -log2 of the probability that another line says the same after the same one, by prediction by partial match of orders 1 and 0 (Cleary and
/// Witten 1984, "Data compression using adaptive coding and partial string matching"), without the line itself, and likewise of the seconds between
/// the two. So what comes in turns or evenly tells nothing, for however long.
///
/// Counts are those of a count-min sketch (Cormode and Muthukrishnan 2005) with two counters each, that lie near each other, so that hardly any is too
/// high. They are halved every 65,535 lines.
///
/// Memory: 2 MB.
struct LineSurprisal: Sendable {
    /// The hashes of what a line and the one before it say, and the seconds between them.
    struct Line: Sendable, BitwiseCopyable {
        var said: UInt64 = 0
        var before: UInt64 = 0
        var seconds: Int64 = 0

        fileprivate var pair: UInt64 { RepeatedLines.mixed(before, said) }
        /// Seconds stand apart from what is said.
        fileprivate var step: UInt64 { RepeatedLines.mixed(1, UInt64(bitPattern: seconds)) }
        fileprivate var timedPair: UInt64 { RepeatedLines.mixed(pair, step) }
    }

    private static let slots = 1 << 20
    /// The slots among which the two counters of a hash lie: those of a line of the cache.
    private static let near = 32
    private static let most = Int(UInt16.max)
    /// The lines that what never came after the line before weighs as: few, as what always comes after it tells nothing.
    private static let escape = 0.1

    private var counts: [UInt16] = []
    private var lines = 0

    /// Counts a line.
    mutating func add(_ line: Line) {
        if counts.isEmpty { counts = [UInt16](repeating: 0, count: Self.slots) }
        if lines == Self.most {
            for slot in counts.indices { counts[slot] >>= 1 }
            lines >>= 1
        }
        lines += 1
        increment(line.said)
        increment(line.pair)
        increment(line.step)
        increment(line.timedPair)
    }

    /// The bits that a line tells which was counted before, at least 0.
    func bits(of line: Line) -> Double {
        guard lines > 0 else { return 0 }
        return bits(line.said, after: line.before, together: line.pair)
            + bits(line.step, after: line.pair, together: line.timedPair)
    }

    /// The bits of one thing that came after another.
    private func bits(_ one: UInt64, after other: UInt64, together pair: UInt64) -> Double {
        let share = max(1, self[one] - 1) / Double(lines)
        let (together, others) = (max(0, self[pair] - 1), max(0, self[other] - 1))
        return max(0, -log2(max(share, (together + Self.escape * share) / (others + Self.escape))))
    }

    private subscript(hash: UInt64) -> Double {
        let (one, other) = Self.places(of: hash)
        return Double(min(counts[one], counts[other]))
    }

    private mutating func increment(_ hash: UInt64) {
        let (one, other) = Self.places(of: hash)
        if counts[one] < .max { counts[one] += 1 }
        if other != one, counts[other] < .max { counts[other] += 1 }
    }

    private static func places(of hash: UInt64) -> (Int, Int) {
        let first = Int(truncatingIfNeeded: hash) & (slots - near)
        return (first | Int(hash >> 40) & (near - 1), first | Int(hash >> 50) & (near - 1))
    }
}
