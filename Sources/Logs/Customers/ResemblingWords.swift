internal import Records

/// Which accounts words are similar to that stand where accounts do, so that the costly search is done once for each word.
struct ResemblingWords: Sendable {
    private struct Known: BitwiseCopyable {
        var hash: UInt64 = 0
        var account: Int32 = -1
    }

    /// The words that are remembered, a power of two.
    private static let most = 1_024

    private var known = [Known](repeating: Known(), count: most)

    /// The account that a word is similar to; -1 when it is to none or to several.
    mutating func account(
        _ hash: UInt64, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ names: AccountNames
    ) -> Int32 {
        let slot = Int(truncatingIfNeeded: hash) & (Self.most - 1)
        if known[slot].hash == hash { return known[slot].account }
        let account = names.accountOfSimilar(UnsafeRawBufferPointer(rebasing: bytes[word]))?.account ?? -1
        known[slot] = Known(hash: hash, account: account)
        return account
    }
}
