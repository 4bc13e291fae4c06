public import Records

extension RampScenario.Series {
    /// The signatures of the desk, of which one is looked at and the others never come.
    private static let signatures = (0..<10_000).map { CountTable.Name(id: "\($0)", template: "") }
    /// The accounts among which lines are dealt out, besides the one that has the most.
    private static let accounts: Int32 = 10

    /// What a desk counts of a series, with as many ordinary lines in each hour.
    public var table: CountTable {
        var cells: [CountTable.Cell] = []
        for hour in counts.indices {
            func add(_ signature: Int32, _ scope: Int32, _ count: Int) {
                guard count > 0 else { return }
                cells.append(
                    CountTable.Cell(signature: signature, hour: Int32(hour), scope: scope, count: UInt32(count)))
            }
            add(-1, 0, 100)
            add(0, 0, Int(ofOneAccount[hour]))
            let others = Int(counts[hour] - ofOneAccount[hour])
            let (each, rest) = others.quotientAndRemainder(dividingBy: Int(Self.accounts))
            for account in 1...Self.accounts { add(0, account, each + (account <= rest ? 1 : 0)) }
        }
        let scopes = (0...Self.accounts).map { CountTable.Scope(account: $0) }
        return CountTable(
            signatures: Self.signatures, accounts: scopes.map { "\($0.account)" }, deployments: [], versions: [],
            environments: [], scopes: scopes, cells: cells) ?? CountTable()
    }
}
