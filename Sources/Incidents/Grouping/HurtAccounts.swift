/// The lines of some episodes by account.
struct HurtAccounts {
    /// So many accounts and lines are needed for another part of the same thing to share one of the accounts.
    private static let many = (accounts: 3, lines: 8.0)

    private let lines: [Int32: Double]

    init(_ lines: [Int32: Double]) {
        self.lines = lines
    }

    func joined(with other: HurtAccounts) -> HurtAccounts {
        HurtAccounts(lines.merging(other.lines) { $0 + $1 })
    }

    /// Whether many accounts are known on both sides and none is on both.
    func areOthers(than other: HurtAccounts) -> Bool {
        isMany && other.isMany && lines.keys.allSatisfy { other.lines[$0] == nil }
    }

    private var isMany: Bool { lines.count >= Self.many.accounts && lines.values.reduce(0, +) >= Self.many.lines }
}
