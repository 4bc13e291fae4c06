import Records
import Statistics
import Testing

struct CustomerFactsTests {
    private func source(_ name: String, day: Double) -> FactSource {
        FactSource(name: name, date: Instant(seconds: day * 86_400))
    }

    private func context(_ account: Account) -> CustomerContext { CustomerContext(accounts: [account]) }

    @Test func `a later date wins, whatever was added first`() {
        let old = context(Account(id: "A", tier: "gold"))
        let new = context(Account(id: "A", tier: "silver"))
        var forwards = CustomerFacts()
        forwards.add(old, from: source("crm", day: 1))
        forwards.add(new, from: source("billing", day: 2))
        var backwards = CustomerFacts()
        backwards.add(new, from: source("billing", day: 2))
        backwards.add(old, from: source("crm", day: 1))
        #expect(forwards.context.accounts == [Account(id: "A", tier: "silver")])
        #expect(backwards.context == forwards.context)
    }

    @Test func `of one date the source that was added later wins, and the other value stays visible`() {
        var facts = CustomerFacts()
        facts.add(context(Account(id: "A", annualValue: 10)), from: source("crm", day: 1))
        facts.add(context(Account(id: "A", annualValue: 20)), from: source("billing", day: 1))
        let fact = CustomerFact(kind: .account, id: "A", field: .annualValue)
        #expect(facts.context.accounts.first?.annualValue == 20)
        #expect(facts.claims(of: fact).map(\.value) == [.number(20), .number(10)])
        #expect(facts.conflicts.map(\.fact) == [fact])
        #expect(facts.conflicts.first?.kept.source.name == "billing")
        #expect(facts.conflicts.first?.others.map(\.source.name) == ["crm"])
        #expect(facts.claims(of: CustomerFact(kind: .contact, id: "A", field: .name)).isEmpty)
    }

    @Test func `sources fill each other's gaps`() {
        var facts = CustomerFacts()
        facts.add(
            CustomerContext(
                organizations: [Organization(id: "O", segment: "enterprise")],
                accounts: [Account(id: "A", organization: "O", slaHours: 4)],
                deployments: [Deployment(id: "D", region: "eu", hosts: ["h"], isCustomised: true)],
                contacts: [Contact(id: "P", account: "A")]), from: source("one", day: 1))
        facts.add(
            CustomerContext(
                organizations: [Organization(id: "O", name: "Acme", annualValue: 5)],
                accounts: [Account(id: "A", name: "Acme EU")],
                deployments: [
                    Deployment(id: "D", environment: "production", version: "2", components: ["api"], accounts: ["A"])
                ],
                contacts: [Contact(id: "P", name: RawText("Lea"), email: RawText("lea@acme.example"))]),
            from: source("two", day: 2))
        #expect(
            facts.context
                == CustomerContext(
                    organizations: [Organization(id: "O", name: "Acme", segment: "enterprise", annualValue: 5)],
                    accounts: [Account(id: "A", organization: "O", name: "Acme EU", slaHours: 4)],
                    deployments: [
                        Deployment(
                            id: "D", environment: "production", region: "eu", version: "2", components: ["api"],
                            hosts: ["h"],
                            accounts: ["A"], isCustomised: true)
                    ],
                    contacts: [
                        Contact(id: "P", account: "A", name: RawText("Lea"), email: RawText("lea@acme.example"))
                    ]))
        #expect(facts.conflicts.isEmpty)
    }

    @Test func `adding a source again changes nothing`() {
        let one = CustomerContext(
            accounts: [Account(id: "A", tier: "gold"), Account(id: "A", tier: "silver")],
            aliases: [AccountAlias(account: "A", kind: "domain", value: "acme.example")],
            topology: [TopologyLink(from: "a", to: "b")],
            releases: [Release(version: "1", deployedAt: Instant(seconds: 0))])
        var facts = CustomerFacts()
        facts.add(one, from: source("crm", day: 1))
        let once = facts
        facts.add(one, from: source("crm", day: 1))
        #expect(facts.context == once.context)
        #expect(facts.conflicts == once.conflicts)
        #expect(facts.sources == once.sources)
        #expect(facts.context.accounts == [Account(id: "A", tier: "silver")])
        #expect(facts.conflicts.count == 1)
    }

    @Test func `what a source says later is no conflict with what it said before`() {
        var facts = CustomerFacts()
        facts.add(context(Account(id: "A", tier: "gold")), from: source("crm", day: 1))
        facts.add(context(Account(id: "A", tier: "silver")), from: source("crm", day: 2))
        #expect(facts.conflicts.isEmpty)
        #expect(facts.claims(of: CustomerFact(kind: .account, id: "A", field: .tier)).count == 2)
        #expect(facts.context.accounts.first?.tier == "silver")
    }

    @Test func `in whatever order sources of different dates come, the facts are the same`() {
        var generator = SplitMix64(seed: 11)
        let tiers = ["gold", "silver", "bronze", ""]
        for _ in 0..<50 {
            let parts = (0..<5).map { day in
                let accounts = (0..<6).map { _ in
                    Account(
                        id: "A\(Int.random(in: 0..<4, using: &generator))",
                        tier: tiers[Int.random(in: 0..<4, using: &generator)],
                        annualValue: Bool.random(using: &generator) ? Double(day) : nil)
                }
                return (context: CustomerContext(accounts: accounts), source: source("s\(day)", day: Double(day)))
            }
            func merged(_ parts: [(context: CustomerContext, source: FactSource)]) -> [Account] {
                var facts = CustomerFacts()
                for part in parts { facts.add(part.context, from: part.source) }
                return facts.context.accounts.sorted { $0.id < $1.id }
            }
            #expect(merged(parts) == merged(parts.shuffled(using: &generator)))
        }
    }

    @Test func `a report of a conflict about a person does not say what was said`() {
        var facts = CustomerFacts()
        for (name, person) in [("crm", "Lea Roe"), ("mail", "Lea Poe")] {
            facts.add(CustomerContext(contacts: [Contact(id: "P", name: RawText(person))]), from: source(name, day: 1))
        }
        let values = facts.conflicts.flatMap { [$0.kept.value] + $0.others.map(\.value) }
        #expect(values.map(\.description) == ["raw text of 7 bytes", "raw text of 7 bytes"])
        #expect(FactValue.list(["a", "b"]).description == "a;b")
        #expect(FactValue.flag(true).description == "true")
        #expect(FactValue.number(2).description == "2.0")
        #expect(FactValue.text("x").description == "x")
    }
}
