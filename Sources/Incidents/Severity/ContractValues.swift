internal import Records
internal import Statistics

/// What each account is worth a year; where nobody says, what others of its kind are.
struct ContractValues: Sendable {
    /// For each account its annual value, above 0.
    let values: [Double]
    let total: Double

    init(_ directory: CustomerDirectory) {
        var accountsOf: [Int: Int] = [:]
        for organization in directory.organizationOfAccount.compactMap({ $0 }) {
            accountsOf[organization, default: 0] += 1
        }
        let known = directory.accounts.enumerated().map { index, account -> Double? in
            if let value = account.annualValue, value > 0 { return value }
            guard let organization = directory.organizationOfAccount[index],
                let value = directory.organizations[organization].annualValue, value > 0
            else { return nil }
            return value / Double(accountsOf[organization] ?? 1)
        }
        var byTier: [String: [Double]] = [:]
        for (account, value) in zip(directory.accounts, known) {
            if let value { byTier[account.tier, default: []].append(value) }
        }
        let medians = byTier.mapValues(Self.median)
        let median = Self.median(known.compactMap { $0 })
        values = zip(directory.accounts, known).map { account, value in value ?? medians[account.tier] ?? median }
        total = values.reduce(0, +)
    }

    /// One where there is nothing to take a median of: then all accounts count the same.
    private static func median(_ values: [Double]) -> Double {
        values.upperMedian ?? 1
    }
}
