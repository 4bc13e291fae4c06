import Records
import Testing

/// A system and the customer records rarely write a company's name alike.
@Suite struct CompanyNamesTests {
    private let names = CompanyNames(
        CustomerContext(
            organizations: [
                Organization(id: "north", name: "Nordwind"), Organization(id: "twins", name: "Twin Peaks"),
            ],
            accounts: [
                Account(id: "mill", name: "Acorn Mills Ltd"), Account(id: "söhne", name: "Müller & Söhne GmbH"),
                Account(id: "one", organization: "north", name: "Workspace 1"),
                Account(id: "left", organization: "twins"), Account(id: "right", organization: "twins"),
                Account(id: "a", name: "Same Name"), Account(id: "b", name: "same name, Inc."), Account(id: "empty"),
            ]))

    @Test(arguments: [
        ("acorn  MILLS", "mill"), ("Acorn Mills Limited", "mill"), ("Acorn-Mills", "mill"),
        ("Muller und Sohne", nil), ("muller + sohne", "söhne"), ("Nordwind AG", "one"), ("Workspace 1", "one"),
        // Two might be meant.
        ("Twin Peaks", nil), ("Same Name", nil),
        ("Acorn", nil), ("", nil), ("...", nil), ("Ltd", nil),
    ])
    func `an account is found by its name`(name: String, account: String?) {
        #expect(names[name] == account)
    }
}
