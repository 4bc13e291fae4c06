/// Tells the first line of a clump from the others: lines of one request or session, or of one account within a minute, are one happening.
struct RecentClumps: Sendable {
    /// The clumps that are remembered.
    private static let most = 32
    /// The time after which a clump is over, in seconds.
    private static let longest = (unit: 120.0, account: 60.0)

    private var keys: [UInt64] = []
    /// For each key the time of the first line of its clump, so that one that never pauses counts again and again.
    private var firsts: [Double] = []
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
        if let known = keys.firstIndex(of: key) {
            guard line.time - firsts[known] > longest else { return false }
            firsts[known] = line.time
            return true
        }
        if keys.count < Self.most {
            keys.append(key)
            firsts.append(line.time)
        } else {
            keys[next] = key
            firsts[next] = line.time
            next = (next + 1) % Self.most
        }
        return true
    }
}
