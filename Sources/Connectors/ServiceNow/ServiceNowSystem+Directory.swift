internal import Records

extension ServiceNowSystem {
    /// Users by their ids, fifty at a time.
    public func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        let ids = ids.filter(ServiceNowTables.isPlain)
        var people: [RemotePerson] = []
        for start in stride(from: 0, to: ids.count, by: 50) {
            let some = Set(ids[start..<min(ids.count, start + 50)])
            let list = some.sorted().joined(separator: ",")
            let found = try await permitted(
                of: "sys_user", query: "sys_idIN\(list)", columns: ["sys_id", "name", "email", "company"])
            let roles = try await rows.page(
                of: "sys_user_has_role", query: "userIN\(list)^role.nameINitil,admin,sn_incident_write",
                columns: ["user"],
                limit: 1_000, accepting: [400, 403, 404])
            let agents = roles.flatMap { $0.isWhole ? $0 : nil }.map {
                Set($0.rows.compactMap { ServiceNowTables.reference($0["user"]) })
            }
            people += found.compactMap { row in
                guard let id = row["sys_id"].word, some.contains(id) else { return nil }
                let company = ServiceNowTables.reference(row["company"])
                return RemotePerson(
                    id: id, name: RawText(row["name"].word ?? ""), email: row["email"].word.map { RawText($0) },
                    organization: company,
                    // Where the account may not see roles, customers are those who belong to a company.
                    isAgent: agents?.contains(id) ?? (company == nil))
            }
        }
        return people
    }

    /// Companies by their ids, fifty at a time.
    public func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        var companies: [RemoteOrganization] = []
        for some in ids.filter(ServiceNowTables.isPlain).chunks(of: 50) {
            let found = try await permitted(
                of: "core_company", query: "sys_idIN\(some.joined(separator: ","))", columns: ["sys_id", "name"])
            companies += found.compactMap { row in
                guard let id = row["sys_id"].word, some.contains(id) else { return nil }
                return RemoteOrganization(id: id, name: row["name"].word ?? "")
            }
        }
        return companies
    }

    /// The choices of state and priority, the columns of the table, and which of the described groups there are.
    ///
    /// - Throws: ``SystemFault/refused(reason:fields:)`` where there is no such table.
    public func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        _ = try await rows.page(of: table, query: "", columns: ["sys_id"], limit: 1)
        let choices = try await rows.all(
            of: "sys_choice", query: "nameIN\(table),task^elementINstate,priority^inactive=false^ORDERBYsequence",
            columns: ["name", "element", "value", "label", "language"])
        var words = SystemVocabulary(statuses: [:], priorities: [:], fields: [:])
        let english = choices.filter { ["en", nil].contains($0["language"].word) }
        for element in ["state", "priority"] {
            let own = english.filter { $0["element"].word == element && $0["name"].word == table }
            let all = own.isEmpty ? english.filter { $0["element"].word == element && $0["name"].word == "task" } : own
            let labels = Dictionary(
                all.compactMap { row in row["value"].word.map { ($0, row["label"].word ?? $0) } },
                uniquingKeysWith: { first, _ in first })
            if element == "state" { words.statuses = labels } else { words.priorities = labels }
        }
        let columns = try await rows.page(
            of: "sys_dictionary", query: "nameIN\(table),task^elementISNOTEMPTY",
            columns: ["element", "column_label", "read_only"],
            limit: 5_000, accepting: [400, 403, 404])
        for row in columns?.rows ?? [] {
            guard let column = row["element"].word else { continue }
            words.fields[column] = row["column_label"].word ?? column
            if row["read_only"].flag == true { words.readOnlyFields.insert(column) }
        }
        let groups = description.groups.known.filter(ServiceNowTables.isPlain).sorted()
        guard !groups.isEmpty else { return words }
        let found = try await rows.page(
            of: "sys_user_group", query: "sys_idIN\(groups.joined(separator: ","))", columns: ["sys_id"],
            limit: groups.count, accepting: [400, 403, 404])
        // A row that this account may not see is missing.
        if let found, found.isWhole { words.groups = Set(found.rows.compactMap { $0["sys_id"].word }) }
        return words
    }
}
