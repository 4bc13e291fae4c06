import Knowledge
import Records
import Testing

struct AccountEnvironmentsTests {
    private static let context = CustomerContext(
        deployments: [
            Deployment(
                id: "d1", environment: "production", region: "north", version: "9", accounts: ["one", "both"]),
            Deployment(id: "d2", environment: "production", region: "south", version: "2", accounts: ["both"]),
        ],
        releases: [
            Release(component: "app", version: "3", deployment: "d1", deployedAt: DeskOfTests.day(1)),
            Release(component: "app", version: "4", deployment: "d1", deployedAt: DeskOfTests.day(5)),
        ])

    private func told(_ facts: [Article.EnvironmentFact]) -> [String] { facts.map { "\($0.field)=\($0.value)" } }

    @Test func `an account runs the last version that was released before`() {
        let environments = AccountEnvironments(Self.context)
        func told(day: Double) -> [String] { self.told(environments.facts(ofAccount: "one", at: DeskOfTests.day(day))) }
        #expect(told(day: 2) == ["environment=production", "region=north", "version=3"])
        #expect(told(day: 5) == ["environment=production", "region=north", "version=4"])
        #expect(told(day: 0) == ["environment=production", "region=north"])
    }

    @Test func `of several deployments only what they have in common is told`() {
        let environments = AccountEnvironments(Self.context)
        #expect(told(environments.facts(ofAccount: "both", at: DeskOfTests.day(2))) == ["environment=production"])
        #expect(environments.facts(ofAccount: "nobody", at: DeskOfTests.day(2)).isEmpty)
    }

    @Test func `a ticket tells its category and what its account ran when it was opened`() {
        let ticket = Ticket(id: "T", openedAt: DeskOfTests.day(2), account: "one", category: "export")
        let facts = AccountEnvironments(Self.context).facts(of: ticket)
        #expect(told(facts) == ["category=export", "environment=production", "region=north", "version=3"])
        #expect(
            CaseText(title: "a", message: "b", environment: facts).environment == told(facts))
    }
}
