import Records
import Testing

struct ContextReviewTests {
    private func review(_ context: CustomerContext) -> ContextReview {
        var facts = CustomerFacts()
        facts.add(context, from: FactSource(name: "file", date: Instant(seconds: 0)))
        return ContextReview(facts)
    }

    private func links(_ pairs: String) -> [TopologyLink] {
        pairs.split(separator: " ").map { pair in
            let ends = pair.split(separator: ">")
            return TopologyLink(from: String(ends[0]), to: String(ends[1]))
        }
    }

    @Test(
        arguments: [
            ("a>b b>c", []), ("a>b b>a", [["a", "b"]]), ("a>a a>b", [["a"]]),
            ("a>b b>c c>a c>d d>e e>d x>a", [["a", "b", "c"], ["d", "e"]]), ("a>b a>c b>d c>d", []),
            ("a>b a>b b>c c>b a>c", [["b", "c"]]),
        ] as [(String, [[String]])])
    func `circles of the topology are found, and only they`(pairs: String, cycles: [[String]]) {
        #expect(review(CustomerContext(topology: links(pairs))).cycles == cycles)
    }

    @Test func `a circle of a hundred thousand is found without danger`() {
        let count = 100_000
        let topology = (0..<count).map { TopologyLink(from: "n\($0)", to: "n\(($0 + 1) % count)") }
        #expect(review(CustomerContext(topology: topology)).cycles.map(\.count) == [count])
    }

    @Test func `names that several accounts claim are listed, in whatever form they write them`() {
        let found = review(
            CustomerContext(
                accounts: [Account(id: "A", name: "Acme Corp"), Account(id: "B", name: "Bolt"), Account(id: "C")],
                aliases: [
                    AccountAlias(account: "B", kind: "workspace", value: "acme_corp"),
                    AccountAlias(account: "A", kind: "workspace", value: "acme-corp"),
                    AccountAlias(account: "A", kind: "ip", value: "10.1.0.0/16"),
                    AccountAlias(account: "B", kind: "ip", value: "10.1.7.7/16"),
                    AccountAlias(account: "C", kind: "ip", value: "10.10.0.0"),
                    AccountAlias(account: "A", kind: "ip", value: "10.100.0.0"),
                    AccountAlias(account: "C", kind: "x", value: " - "),
                ]))
        #expect(
            found.sharedNames == [
                ContextReview.SharedName(name: "Acme Corp", accounts: ["A", "B"]),
                ContextReview.SharedName(name: "10.1.0.0/16", accounts: ["A", "B"]),
            ])
    }

    @Test func `what is missing is listed`() {
        let found = review(
            CustomerContext(
                organizations: [Organization(id: "O")],
                accounts: [Account(id: "A", organization: "O"), Account(id: "B", organization: "P"), Account(id: "C")],
                deployments: [Deployment(id: "D", accounts: ["A", "X"])],
                contacts: [Contact(id: "P1", account: "A"), Contact(id: "P2"), Contact(id: "P3", account: "Y")],
                releases: [Release(version: "1", deployment: "E", deployedAt: Instant(seconds: 0))]))
        #expect(found.accountsWithoutOrganization == ["C", "Y", "X"])
        #expect(found.unknownAccounts == ["Y", "X"])
        #expect(found.accountsWithoutDeployment == ["B", "C", "Y"])
        #expect(found.unknownOrganizations == ["P"])
        #expect(found.unknownDeployments == ["E"])
        #expect(found.contactsWithoutAccount == ["P2"])
        #expect(found.conflicts.isEmpty)
    }
}
