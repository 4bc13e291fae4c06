import Incidents
import Records
import Testing

struct CountedCustomersTests {
    private func released(_ version: String, hour: Double) -> Release {
        Release(
            component: "web", version: version, deployment: "north",
            deployedAt: Instant(seconds: (Double(CountsOfTests.monday) + hour) * 3_600))
    }

    private func scope(_ table: CountTable, _ cell: CountTable.Cell) -> [String?] {
        let scope = table.scopes[Int(cell.scope)]
        return [
            scope.deployment < 0 ? nil : table.deployments[Int(scope.deployment)],
            scope.version < 0 ? nil : table.versions[Int(scope.version)],
            scope.environment < 0 ? nil : table.environments[Int(scope.environment)],
        ]
    }

    // 1.0 was released in the hour 1 before its middle, 2.0 in the hour 3 after it.
    @Test func `versions follow from releases where lines do not tell them`() {
        var counts = CountsOfTests()
        for hour in 0..<6 { counts.add("lost", hour, 2, deployment: "north") }
        counts.add("said", 5, 4, deployment: "north", version: "1.5", environment: "test")
        counts.add("unnumbered", 5, 7, deployment: "north", version: "latest")
        counts.add("elsewhere", 5, 1, deployment: "unknown", version: "latest")
        let directory = CustomerDirectory(
            CustomerContext(
                deployments: [Deployment(id: "north", environment: "production", version: "0.9")],
                releases: [released("2.0", hour: 3.6), released("1.0", hour: 1.4)]))
        let (table, unnumbered, _) = counts.table.placed(by: directory)
        #expect(unnumbered == 7)
        #expect(
            table.cells(of: 0).map { scope(table, $0)[1] } == ["0.9", "1.0", "1.0", "1.0", "2.0", "2.0"])
        #expect(table.cells(of: 0).allSatisfy { scope(table, $0)[2] == "production" && $0.count == 2 })
        #expect(table.cells(of: 1).map { scope(table, $0) } == [["north", "1.5", "test"]])
        #expect(table.cells(of: 2).map { scope(table, $0) } == [["north", "2.0", "production"]])
        #expect(table.cells(of: 3).map { scope(table, $0) } == [["unknown", "latest", nil]])
    }

    @Test func `versions of a service follow from releases of the component of its name`() {
        var counts = CountsOfTests()
        for hour in 0..<4 { counts.add("lost", hour, 2, deployment: "north", service: "web") }
        counts.add("said", 5, 4, deployment: "north", version: "1.5", service: "api")
        let directory = CustomerDirectory(
            CustomerContext(
                deployments: [Deployment(id: "north", version: "0.9")],
                releases: [released("2.0", hour: 1.6), released("1.0", hour: 0.4)]
                    + [Release(component: "api", version: "0.9", deployedAt: Instant(seconds: 0))]))
        let (table, _, components) = counts.table.placed(by: directory)
        func described(_ signature: Int32) -> [[String?]] {
            table.cells(of: signature).map { cell in
                let service = table.scopes[Int(cell.scope)].service
                return [scope(table, cell)[1], service < 0 ? nil : table.services[Int(service)]]
            }
        }
        #expect(described(0) == [["1.0", "web"], ["1.0", "web"], ["2.0", "web"], ["2.0", "web"]])
        #expect(described(1) == [["1.5", "api"]] && components.isEmpty)
    }

    @Test func `what nobody knows stays as it was counted`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 2)
        let (table, unnumbered, components) = counts.table.placed(by: CustomerDirectory(CustomerContext()))
        #expect(unnumbered == 0 && components.isEmpty && table.accounts == counts.table.accounts)
        #expect(table.cells.map(\.count) == counts.table.cells.map(\.count))
    }
}
