/// What several sources say of a tenant's customers: nothing of it is lost, and from all of it one context follows.
///
/// Each field of a record is a fact of its own, so that sources may be partial: what a source leaves out (an empty text or list, a
/// missing number, `customised` that is false) it says nothing of. Of several claims about a fact the one of the latest date counts; of one
/// date the one of the source that was added later, and within a source the later row. The others stay and can be listed: see
/// ``conflicts``. Aliases, links of the topology and releases are sets, to which each source adds.
///
/// Adding a source again changes nothing. The order in which sources of different dates are added changes nothing but the order of the
/// records.
public struct CustomerFacts: Sendable {
    /// What one source says of one field.
    struct Claim: Sendable, Hashable {
        var field: CustomerFact.Field
        var value: FactValue
        /// The index of the source.
        var source: Int
    }

    /// Records of one kind by their ids, in the order in which they were first mentioned.
    struct Records: Sendable {
        var ids: [String] = []
        var claims: [[Claim]] = []
        private var index: [String: Int] = [:]

        func index(of id: String) -> Int? { index[id] }

        mutating func add(_ claims: [Claim], to id: String) {
            guard let known = index[id] else {
                index[id] = ids.count
                ids.append(id)
                self.claims.append(claims)
                return
            }
            for claim in claims where !self.claims[known].contains(claim) { self.claims[known].append(claim) }
        }
    }

    /// The sources, in the order in which they were first added.
    public private(set) var sources: [FactSource] = []
    private(set) var records: [CustomerFact.Kind: Records] = [:]
    private(set) var aliases = DistinctItems<AccountAlias>()
    private(set) var topology = DistinctItems<TopologyLink>()
    private(set) var releases = DistinctItems<Release>()

    /// Knows nothing.
    public init() {}

    /// Adds what a source says.
    ///
    /// - Complexity: O(records) on average.
    public mutating func add(_ context: CustomerContext, from source: FactSource) {
        let source = index(of: source)
        for item in context.organizations {
            add(
                .organization, item.id, source,
                [
                    (.name, text(item.name)), (.segment, text(item.segment)),
                    (.annualValue, number(item.annualValue)),
                ])
        }
        for item in context.accounts {
            add(
                .account, item.id, source,
                [
                    (.organization, text(item.organization)), (.name, text(item.name)),
                    (.tier, text(item.tier)), (.annualValue, number(item.annualValue)),
                    (.slaHours, number(item.slaHours)),
                ])
        }
        for item in context.deployments {
            add(
                .deployment, item.id, source,
                [
                    (.environment, text(item.environment)), (.region, text(item.region)),
                    (.version, text(item.version)), (.components, list(item.components)), (.hosts, list(item.hosts)),
                    (.accounts, list(item.accounts)), (.customised, item.isCustomised ? .flag(true) : nil),
                ])
        }
        for item in context.contacts {
            add(
                .contact, item.id, source,
                [
                    (.account, text(item.account)), (.name, raw(item.name)),
                    (.email, raw(item.email)),
                ])
        }
        for item in context.aliases { aliases.add(item) }
        for item in context.topology { topology.add(item) }
        for item in context.releases { releases.add(item) }
    }

    private mutating func index(of source: FactSource) -> Int {
        if let known = sources.firstIndex(of: source) { return known }
        sources.append(source)
        return sources.count - 1
    }

    private mutating func add(
        _ kind: CustomerFact.Kind, _ id: String, _ source: Int, _ values: [(CustomerFact.Field, FactValue?)]
    ) {
        let claims = values.compactMap { field, value in value.map { Claim(field: field, value: $0, source: source) } }
        records[kind, default: Records()].add(claims, to: id)
    }

    private func text(_ text: String?) -> FactValue? { text.flatMap { $0.isEmpty ? nil : .text($0) } }
    private func number(_ number: Double?) -> FactValue? { number.map { .number($0) } }
    private func list(_ items: [String]) -> FactValue? { items.isEmpty ? nil : .list(items) }
    private func raw(_ text: RawText) -> FactValue? { text.count == 0 ? nil : .raw(text) }
}
