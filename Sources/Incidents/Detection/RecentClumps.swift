/// Tells the first line of a clump from the others: lines of one request or session, or of one account within a minute, are one happening.
struct RecentClumps: Sendable {
    /// The clumps that are remembered.
    private static let most = 32
    /// The time after which a clump is over, in seconds.
    private static let longest = (unit: 120.0, account: 60.0)

    private struct Clump: BitwiseCopyable {
        var key: UInt64
        /// The time of its first line, so that one that never pauses counts again and again.
        var first: Double
    }

    private var clumps: [Clump] = []
    private var next = 0

    /// Whether a line begins a clump.
    mutating func isNew(_ line: AccountLine) -> Bool {
        let key: UInt64
        let longest: Double
        if line.unit != 0 {
            key = line.unit
            longest = Self.longest.unit
        } else if line.account >= 0 {
            key = UInt64(UInt32(bitPattern: line.account)) | 1 << 40
            longest = Self.longest.account
        } else {
            return true
        }
        if let known = clumps.firstIndex(where: { $0.key == key }) {
            guard line.time - clumps[known].first > longest else { return false }
            clumps[known].first = line.time
            return true
        }
        if clumps.count < Self.most {
            clumps.append(Clump(key: key, first: line.time))
        } else {
            clumps[next] = Clump(key: key, first: line.time)
            next = (next + 1) % Self.most
        }
        return true
    }
}
