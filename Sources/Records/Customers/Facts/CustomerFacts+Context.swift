extension CustomerFacts {
    /// The context in which for each fact the claim counts that wins.
    public var context: CustomerContext {
        var context = CustomerContext()
        forEach(.organization) { id, values in
            context.organizations.append(
                Organization(
                    id: id, name: values.text(.name) ?? "", segment: values.text(.segment) ?? "",
                    annualValue: values.number(.annualValue)))
        }
        forEach(.account) { id, values in
            context.accounts.append(
                Account(
                    id: id, organization: values.text(.organization), name: values.text(.name) ?? "",
                    tier: values.text(.tier) ?? "", annualValue: values.number(.annualValue),
                    slaHours: values.number(.slaHours)))
        }
        forEach(.deployment) { id, values in
            context.deployments.append(
                Deployment(
                    id: id, environment: values.text(.environment) ?? "", region: values.text(.region) ?? "",
                    version: values.text(.version) ?? "", components: values.list(.components),
                    hosts: values.list(.hosts),
                    accounts: values.list(.accounts), isCustomised: values.claims[.customised] != nil))
        }
        forEach(.contact) { id, values in
            context.contacts.append(
                Contact(id: id, account: values.text(.account), name: values.raw(.name), email: values.raw(.email)))
        }
        context.aliases = aliases.items
        context.topology = topology.items
        context.releases = releases.items
        return context
    }

    /// What is claimed of a fact, the claim that counts first.
    public func claims(of fact: CustomerFact) -> [FactClaim] {
        guard let records = records[fact.kind], let index = records.index(of: fact.id) else { return [] }
        return ranked(records.claims[index], fact.field)
    }

    /// The facts of which sources say different things, by kind and in the order of the records.
    ///
    /// What a source said earlier under the same name is no conflict with what it says later: it was brought up to date.
    public var conflicts: [FactConflict] {
        var conflicts: [FactConflict] = []
        for kind in CustomerFact.Kind.allCases {
            guard let records = records[kind] else { continue }
            for (id, claims) in zip(records.ids, records.claims) where Set(claims.map(\.field)).count < claims.count {
                for field in CustomerFact.Field.allCases {
                    var newest: [String: Instant] = [:]
                    let current = ranked(claims, field).filter { claim in
                        let date = newest[claim.source.name] ?? claim.source.date
                        newest[claim.source.name] = date
                        return claim.source.date == date
                    }
                    guard let kept = current.first else { continue }
                    let others = current.filter { $0.value != kept.value }
                    if others.isEmpty { continue }
                    conflicts.append(
                        FactConflict(fact: CustomerFact(kind: kind, id: id, field: field), kept: kept, others: others))
                }
            }
        }
        return conflicts
    }

    private func ranked(_ claims: [Claim], _ field: CustomerFact.Field) -> [FactClaim] {
        claims.enumerated().filter { $0.element.field == field }
            .sorted { isBefore($1, $0) }
            .map { FactClaim(value: $0.element.value, source: sources[$0.element.source]) }
    }

    private func isBefore(_ left: (offset: Int, element: Claim), _ right: (offset: Int, element: Claim)) -> Bool {
        let dates = (sources[left.element.source].date, sources[right.element.source].date)
        if dates.0 != dates.1 { return dates.0 < dates.1 }
        return (left.element.source, left.offset) < (right.element.source, right.offset)
    }

    private func forEach(_ kind: CustomerFact.Kind, _ body: (String, Values) -> Void) {
        guard let records = records[kind] else { return }
        for (id, claims) in zip(records.ids, records.claims) {
            var values = Values()
            for (place, claim) in claims.enumerated() {
                guard let other = values.claims[claim.field] else {
                    values.claims[claim.field] = (place, claim)
                    continue
                }
                if isBefore((other.0, other.1), (place, claim)) { values.claims[claim.field] = (place, claim) }
            }
            body(id, values)
        }
    }

    /// The claims that count of one record.
    private struct Values {
        var claims: [CustomerFact.Field: (Int, Claim)] = [:]

        func text(_ field: CustomerFact.Field) -> String? {
            if case .text(let text)? = claims[field]?.1.value { text } else { nil }
        }

        func number(_ field: CustomerFact.Field) -> Double? {
            if case .number(let number)? = claims[field]?.1.value { number } else { nil }
        }

        func list(_ field: CustomerFact.Field) -> [String] {
            if case .list(let items)? = claims[field]?.1.value { items } else { [] }
        }

        func raw(_ field: CustomerFact.Field) -> RawText {
            if case .raw(let text)? = claims[field]?.1.value { text } else { RawText("") }
        }
    }
}
