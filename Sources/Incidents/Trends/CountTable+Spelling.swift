internal import Records

extension CountTable {
    /// The table with one version for all spellings of it (see ``VersionOrder/spelling(of:)``), the one that comes first.
    var withOneSpelling: CountTable {
        var first: [String: Int32] = [:]
        let numbers = versions.indices.map { index in
            let spelling = VersionOrder.spelling(of: versions[index])
            let number = first[spelling] ?? Int32(truncatingIfNeeded: index)
            first[spelling] = number
            return number
        }
        guard first.count < versions.count else { return self }
        let scopes = scopes.map { scope in
            var scope = scope
            if scope.version >= 0 { scope.version = numbers[Int(scope.version)] }
            return scope
        }
        // All indexes are those of names.
        var table =
            CountTable(
                signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
                environments: environments, services: services, scopes: scopes, cells: cells) ?? self
        table.hasExposures = hasExposures
        return table
    }
}
