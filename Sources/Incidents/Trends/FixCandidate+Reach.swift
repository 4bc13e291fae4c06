internal import Records

extension FixCandidate {
    /// Whom the lines of signatures hit: the accounts that they name, and where a signature never names one, all accounts of its deployments.
    struct Reach {
        /// Accounts that were hit in the same hours.
        struct Group {
            /// Their places in the directory; below 0 for one that is not known there.
            let accounts: [Int]
            /// The hours, since 1970 UTC, rising.
            let hours: [Int32]
        }

        private let series: SignatureSeries
        /// For each account of the counts its place in the directory, or a number below 0.
        private let placeOfAccount: [Int]
        /// For each deployment of the counts the places of its accounts.
        private let accountsOfDeployment: [[Int]]

        init(_ series: SignatureSeries, _ directory: CustomerDirectory) {
            self.series = series
            placeOfAccount = series.table.accounts.enumerated().map { directory.accountIndex[$1] ?? -1 - $0 }
            accountsOfDeployment = series.table.deployments.map { id in
                directory.deploymentIndex[id].map { directory.accountsOfDeployment[$0] } ?? []
            }
        }

        /// Whether any line of a signature names an account.
        func namesAccounts(_ signature: Int32) -> Bool {
            series.table.cells(of: signature).contains { series.table.scopes[Int($0.scope)].account >= 0 }
        }

        /// The accounts that a signature hit from an hour of the series on, each of them once.
        func groups(_ signature: Int32, from first: Int = 0) -> [Group] {
            let isNamed = namesAccounts(signature)
            var hours: [Int32: Set<Int32>] = [:]
            for cell in series.table.cells(of: signature) where Int(cell.hour) - series.first >= first {
                let scope = series.table.scopes[Int(cell.scope)]
                let part = isNamed ? scope.account : scope.deployment
                if part >= 0 { hours[part, default: []].insert(cell.hour) }
            }
            let parts = hours.keys.sorted()
            if isNamed {
                return parts.map { Group(accounts: [placeOfAccount[Int($0)]], hours: (hours[$0] ?? []).sorted()) }
            }
            var partsOfAccount: [Int: [Int32]] = [:]
            for part in parts {
                for account in accountsOfDeployment[Int(part)] { partsOfAccount[account, default: []].append(part) }
            }
            return Dictionary(grouping: partsOfAccount.keys.sorted()) { partsOfAccount[$0] ?? [] }.map {
                parts, accounts in
                Group(accounts: accounts, hours: Set(parts.flatMap { hours[$0] ?? [] }).sorted())
            }.sorted { $0.accounts[0] < $1.accounts[0] }
        }
    }
}
