/// The words that people put before names of accounts, as a table of few bytes that is asked for each word of a log.
struct ToldWords: Sendable {
    private let slots: [UInt64]

    init() {
        var slots = [UInt64](repeating: 0, count: 256)
        for hash in SourceKeys.told {
            var slot = Int(truncatingIfNeeded: hash) & 255
            while slots[slot] != 0 { slot = (slot + 1) & 255 }
            slots[slot] = hash
        }
        self.slots = slots
    }

    /// Whether the hash of a word in normal form is one of theirs.
    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: hash) & 255
        while slots[slot] != 0 {
            if slots[slot] == hash { return true }
            slot = (slot + 1) & 255
        }
        return false
    }
}
