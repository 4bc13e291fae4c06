import Incidents
import Records

/// The accounts of a desk and the problems of its context, for machines and for people.
struct AccountReport {
    private let directory: CustomerDirectory
    private let review: ContextReview
    /// For each account the lines that name it; nil when no log was read.
    private let lines: [Int]?
    /// What is usual of each account; nil when nobody asked.
    private let usage: AccountUsage?
    /// For each account the names, aliases and contacts by which it is known, its id included.
    private let identifiers: [Int]

    init(_ directory: CustomerDirectory, _ review: ContextReview, lines: [Int]?, usage: AccountUsage?) {
        self.directory = directory
        self.review = review
        self.lines = lines
        self.usage = usage
        var identifiers = directory.accounts.map { $0.name.isEmpty ? 1 : 2 }
        for id in directory.context.aliases.map(\.account) + directory.context.contacts.compactMap(\.account) {
            if let index = directory.accountIndex[id] { identifiers[index] += 1 }
        }
        self.identifiers = identifiers
    }

    /// What is doubtful, by name: one phrase for each finding.
    private var problems: [(name: StaticString, title: String, findings: [String])] {
        [
            ("conflicts", "facts of which sources say different things", review.conflicts.map(phrase)),
            (
                "sharedNames", "names that several accounts claim",
                review.sharedNames.map { "\($0.name): \($0.accounts.joined(separator: ", "))" }
            ),
            ("cycles", "circles in the topology", review.cycles.map { $0.joined(separator: " -> ") }),
            ("withoutOrganization", "accounts without an organisation", review.accountsWithoutOrganization),
            ("withoutDeployment", "accounts without a deployment", review.accountsWithoutDeployment),
            ("unknownAccounts", "accounts that are mentioned and have no record", review.unknownAccounts),
            (
                "unknownOrganizations", "organisations that are mentioned and have no record",
                review.unknownOrganizations
            ),
            ("unknownDeployments", "deployments that are mentioned and have no record", review.unknownDeployments),
            ("contactsWithoutAccount", "contacts without an account", review.contactsWithoutAccount),
        ]
    }

    private func phrase(_ conflict: FactConflict) -> String {
        let others = conflict.others.map { "\($0.value) (\($0.source.name))" }.joined(separator: ", ")
        return "\(conflict.fact.kind.rawValue) \(conflict.fact.id), \(conflict.fact.field.rawValue): "
            + "\(conflict.kept.value) (\(conflict.kept.source.name)) counts, not \(others)"
    }

    /// One JSON object with a line end.
    var json: String {
        JSONLineWriter.line { line in
            line.member("accounts", directory.accounts.indices) { index, line in
                line.object { write(index, to: &$0) }
            }
            line.member("problems", object: problems) { problems, line in
                for problem in problems { line.member(problem.name, problem.findings) { $1.value($0) } }
            }
        }
    }

    private func write(_ index: Int, to line: inout JSONLineWriter) {
        let account = directory.accounts[index]
        let organization = directory.organizationOfAccount[index].map { directory.organizations[$0] }
        for (name, text) in [
            ("account", account.id), ("name", account.name), ("organization", organization?.id),
            ("organizationName", organization?.name), ("tier", account.tier),
        ] as [(StaticString, String?)] {
            line.member(name, text == "" ? nil : text)
        }
        line.member("annualValue", account.annualValue)
        line.member("slaHours", account.slaHours)
        line.member("deployments", directory.deploymentsOfAccount[index]) {
            $1.value(directory.deployments[$0].id)
        }
        line.member("identifiers", Double(identifiers[index]))
        if let lines { line.member("lines", Double(lines[index])) }
        guard let usage else { return }
        line.member("usage", object: usage.profile(index)) { profile, line in
            line.member("linesPerDay", profile.linesPerDay)
            line.member("failureShare", profile.failureShare)
            line.member("busiestHours", usage.hours(profile)) { $1.value($0) }
            line.member("functions", usage.functions(profile)) { $1.value($0) }
        }
    }

    /// For people: a row an account, then the problems.
    var text: String {
        var text =
            "account\torganisation\ttier\tvalue a year\tdeployments\tidentifiers" + (lines == nil ? "" : "\tlines")
            + (usage == nil ? "\n" : "\tlines a day\tfailures\tbusiest hours (UTC)\tfunctions\n")
        for (index, account) in directory.accounts.enumerated() {
            let organization = directory.organizationOfAccount[index].map { directory.organizations[$0] }
            let deployments = directory.deploymentsOfAccount[index].map { directory.deployments[$0].id }
            var columns = [
                account.id, organization.map { $0.name.isEmpty ? $0.id : $0.name } ?? "-", dash(account.tier),
                account.annualValue.map { "\($0)" } ?? "-", dash(deployments.joined(separator: ",")),
                "\(identifiers[index])",
            ]
            if let lines { columns.append("\(lines[index])") }
            if let usage { columns += usageColumns(usage, index) }
            text += columns.joined(separator: "\t") + "\n"
        }
        for problem in problems where !problem.findings.isEmpty {
            text += "\n\(problem.findings.count) \(problem.title):\n"
            for finding in problem.findings.prefix(20) { text += "  \(finding)\n" }
            if problem.findings.count > 20 { text += "  and \(problem.findings.count - 20) more\n" }
        }
        return text
    }

    private func usageColumns(_ usage: AccountUsage, _ index: Int) -> [String] {
        guard let profile = usage.profile(index) else { return ["-", "-", "-", "-"] }
        return [
            "\(profile.linesPerDay.rounded(places: 1))", "\((profile.failureShare * 1_000).rounded() / 10) %",
            usage.hours(profile).joined(separator: ", "),
            dash(usage.functions(profile).prefix(3).joined(separator: ",")),
        ]
    }

    private func dash(_ text: String) -> String { text.isEmpty ? "-" : text }
}
