public import Records

extension CountTable {
    /// Gives the lines of counts that were made without the customers at hand the versions and environments that ``TrendCounts`` would have given them.
    ///
    /// Of the minutes nothing is known any more: an hour is of the version that its deployment had in the middle of it.
    ///
    /// - Parameter directory: The customers, with what was released where.
    /// - Returns: The counts, the lines whose version is a name without a number, for which that of their deployment is counted, and the components of which
    ///   nothing tells which one has the version of the product (see ``TrendCounts/untoldComponents``).
    /// - Complexity: O(n log n) in the cells.
    public func placed(
        by directory: CustomerDirectory
    ) -> (table: CountTable, linesOfUnnumberedVersions: Int, untoldComponents: [String]) {
        var released = TrendCounts.Versions(directory, ProductReleases(directory.context.releases, of: directory))
        // Of these counts a place is a service.
        released.take(versions, places: services)
        let places = deployments.map { directory.deploymentIndex[$0].map { Int32(truncatingIfNeeded: $0) } ?? -1 }
        var environments = self.environments
        let environmentOf = places.map { place -> Int32 in
            let name = place < 0 ? "" : directory.deployments[Int(place)].environment
            guard !name.isEmpty else { return -1 }
            if let known = environments.firstIndex(of: name) { return Int32(truncatingIfNeeded: known) }
            environments.append(name)
            return Int32(truncatingIfNeeded: environments.count - 1)
        }
        var unnumbered = 0
        var order: [Scope] = []
        var numbers: [Scope: Int32] = [:]
        var cells = self.cells
        for index in cells.indices {
            var scope = scopes[Int(cells[index].scope)]
            let deployment = scope.deployment
            let before = released.linesOfStandIns
            (scope.version, scope.service) = released.version(
                stated: scope.version, by: released.service(ofPlace: scope.service),
                of: deployment >= 0 ? places[Int(deployment)] : -1, at: (Double(cells[index].hour) + 0.5) * 3_600)
            if released.linesOfStandIns > before { unnumbered += Int(cells[index].count) }
            if scope.environment < 0, deployment >= 0 { scope.environment = environmentOf[Int(deployment)] }
            let number = numbers[scope] ?? Int32(truncatingIfNeeded: order.count)
            if numbers.updateValue(number, forKey: scope) == nil { order.append(scope) }
            cells[index].scope = number
        }
        var table =
            CountTable(
                signatures: signatures, accounts: accounts, deployments: deployments, versions: released.names,
                environments: environments, services: released.services, scopes: order, cells: consume cells) ?? self
        table.hasExposures = hasExposures
        return (table, unnumbered, released.untoldComponents)
    }
}
