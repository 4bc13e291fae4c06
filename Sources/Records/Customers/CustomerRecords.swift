/// How the records of a desk's files become values; the names are those of the Swift properties.
extension Organization {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(
            id: try row.neededIdentifier("id"), name: try row.words("name"), segment: try row.words("segment"),
            annualValue: try row.amount("annualValue"))
    }
}

extension Account {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(
            id: try row.neededIdentifier("id"), organization: try row.identifier("organization"),
            name: try row.words("name"), tier: try row.words("tier"), annualValue: try row.amount("annualValue"),
            slaHours: try row.amount("slaHours"))
    }
}

extension AccountAlias {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(
            account: try row.neededIdentifier("account"), kind: try row.words("kind"),
            value: try row.neededIdentifier("value"))
    }
}

extension Deployment {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(
            id: try row.neededIdentifier("id"), environment: try row.words("environment"),
            region: try row.words("region"), version: try row.words("version"), components: try row.list("components"),
            hosts: try row.list("hosts"), accounts: try row.list("accounts"),
            isCustomised: try row.flag("customised") ?? false)
    }
}

extension Contact {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(
            id: try row.neededIdentifier("id"), account: try row.identifier("account"),
            name: RawText(try row.words("name")), email: RawText(try row.words("email")))
    }
}

extension TopologyLink {
    init(_ row: RecordRow) throws(JSONRefusal) {
        self.init(from: try row.neededIdentifier("from"), to: try row.neededIdentifier("to"))
    }
}

extension Release {
    init(_ row: RecordRow) throws(JSONRefusal) {
        guard let deployedAt = try row.instant("deployedAt") else {
            throw JSONRefusal("deployedAt", excerpt: "", .missingValue)
        }
        self.init(
            component: try row.words("component"), version: try row.neededIdentifier("version"),
            deployment: try row.identifier("deployment"), deployedAt: deployedAt)
    }
}

extension Ticket {
    init(_ row: RecordRow, _ redactor: Redactor, agents: Set<String>) throws(JSONRefusal) {
        func redacted(_ name: String) throws(JSONRefusal) -> RedactedText {
            redactor.redact(RawText(try row.words(name)))
        }
        guard let openedAt = try row.instant("openedAt") else {
            throw JSONRefusal("openedAt", excerpt: "", .missingValue)
        }
        let resolvedAt = try row.instant("resolvedAt")
        if let resolvedAt, resolvedAt < openedAt {
            throw JSONRefusal("resolvedAt", excerpt: resolvedAt.iso8601, .resolutionBeforeOpening)
        }
        self.init(
            id: try row.neededIdentifier("id"), openedAt: openedAt, resolvedAt: resolvedAt,
            account: try row.identifier("account"), contact: try row.identifier("contact"),
            channel: try redacted("channel").string, subject: try redacted("subject"), body: try redacted("body"),
            priority: try redacted("priority").string, category: try redacted("category").string,
            group: try redacted("group").string,
            assignee: try row.colleague("assignee", of: agents, redactor), resolution: try redacted("resolution"))
    }
}
