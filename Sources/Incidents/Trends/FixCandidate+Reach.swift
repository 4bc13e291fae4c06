internal import Records

extension FixCandidate {
    /// Whom the lines of signatures hit: the accounts that they name, and where a signature never names one, all accounts of its deployments.
    struct Reach {
        private let series: SignatureSeries
        /// For each account of the counts its key: its place in the directory, or a number below 0 where it is not known there.
        private let keyOfAccount: [Int]
        /// For each deployment of the counts the places of its accounts in the directory.
        private let accountsOfDeployment: [[Int]]

        init(_ series: SignatureSeries, _ directory: CustomerDirectory) {
            self.series = series
            keyOfAccount = series.table.accounts.enumerated().map { directory.accountIndex[$1] ?? -1 - $0 }
            accountsOfDeployment = series.table.deployments.map { id in
                directory.deploymentIndex[id].map { directory.accountsOfDeployment[$0] } ?? []
            }
        }

        /// The hours of the lines that hit each account, since 1970 UTC, from an hour of the series on.
        func hours(_ signature: Int32, from first: Int = 0) -> [Int: [Int32]] {
            let scopes = series.table.scopes
            let cells = series.table.cells(of: signature)
            let namesAccounts = cells.contains { scopes[Int($0.scope)].account >= 0 }
            var hours: [Int: [Int32]] = [:]
            for cell in cells where Int(cell.hour) - series.first >= first {
                let scope = scopes[Int(cell.scope)]
                if namesAccounts {
                    guard scope.account >= 0 else { continue }
                    hours[keyOfAccount[Int(scope.account)], default: []].append(cell.hour)
                } else if scope.deployment >= 0 {
                    for account in accountsOfDeployment[Int(scope.deployment)] {
                        hours[account, default: []].append(cell.hour)
                    }
                }
            }
            return hours
        }
    }
}
