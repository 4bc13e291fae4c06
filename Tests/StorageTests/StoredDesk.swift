import Foundation
@_spi(Stored) import Records
import Storage

/// A small desk to be kept, and what keeps it.
enum StoredDesk {
    static let time = Instant(seconds: 1_772_000_000)

    static func key(_ text: String = "a key of twenty bytes") throws -> TenantKey? { TenantKey(Array(text.utf8)) }

    static func redactor(_ text: String = "a key of twenty bytes") -> Redactor? { Redactor(key: Array(text.utf8)) }

    static func entry(_ action: AuditEntry.Action = .imported) -> AuditEntry {
        AuditEntry(time: time, actor: "tester", action: action)
    }

    static let context = CustomerContext(
        organizations: [
            Organization(id: "org-1", name: "Zyxwvut Yachts", segment: "enterprise", annualValue: 9_000),
            Organization(id: "org-2", name: "Plain Foods"),
        ],
        accounts: [
            Account(
                id: "acct-1", organization: "org-1", name: "Zyxwvut Sails", tier: "gold", annualValue: 5_000,
                slaHours: 4),
            Account(id: "acct-2", organization: "org-2", name: "Plain Bakery", tier: "silver"),
        ],
        deployments: [
            Deployment(
                id: "dep-1", environment: "production", region: "north", version: "1.2", components: ["api"],
                hosts: ["host-1"], accounts: ["acct-1"], isCustomised: true),
            Deployment(id: "dep-2", hosts: ["host-2", "host-3"], accounts: ["acct-1", "acct-2"]),
        ],
        contacts: [
            Contact(
                id: "person-1", account: "acct-1", name: RawText("Zelda Quimby"),
                email: RawText("zelda@yachts.example")),
            Contact(id: "person-2", account: "acct-2", name: RawText("Bob Plain")),
        ],
        aliases: [
            AccountAlias(account: "acct-1", kind: "domain", value: "yachts.example"),
            AccountAlias(account: "acct-2", kind: "workspace", value: "bakery"),
        ],
        topology: [TopologyLink(from: "host-1", to: "host-9"), TopologyLink(from: "host-2", to: "host-9")],
        releases: [
            Release(component: "api", version: "1.2", deployment: "dep-1", deployedAt: time),
            Release(version: "1.1", deployedAt: Instant(seconds: 1_771_000_000)),
        ])

    static let tickets = [
        Ticket(
            id: "T1", openedAt: time, account: "acct-1", contact: "person-1", channel: "email",
            subject: RedactedText(stored: "sails are slow"), body: RedactedText(stored: "it is slow"), priority: "high",
            group: "web"),
        Ticket(
            id: "T2", openedAt: Instant(seconds: time.seconds + 60), resolvedAt: Instant(seconds: time.seconds + 600),
            account: "acct-2", contact: "person-9", subject: RedactedText(stored: "as slow as at ZYXWVUT sails!"),
            assignee: "agent-3", resolution: RedactedText(stored: "told them")),
        Ticket(id: "T3", openedAt: Instant(seconds: time.seconds - 60)),
    ]

    static let incident = IncidentRecord(
        id: "inc-1", start: time, end: Instant(seconds: time.seconds + 900),
        detectedAt: Instant(seconds: time.seconds + 30), severity: 3.5, priority: 1, signatures: ["aa", "bb"],
        lines: ["aa": RedactedText(stored: "the store of ZYXWVUT sails refused")], tickets: ["T1", "T2"],
        links: [
            AccountLink(
                account: "acct-1", probability: 0.9,
                evidence: [RedactedText(stored: "3 lines name it"), RedactedText(stored: "it opened 1 ticket")],
                terms: [0.1, -4.25, 1e-9, 0, 0, 1]),
            AccountLink(account: "acct-2", probability: 0.25),
        ])

    /// A store that holds the desk.
    static func store(at path: String? = nil) throws -> TenantStore {
        let store = try path.map { try TenantStore(path: $0, key: key()) } ?? TenantStore(inMemoryWith: key())
        try store.keep(context, tickets: tickets, source: "crm", date: time, by: entry())
        return store
    }
}

/// A folder that is removed with all it holds when it is no longer used.
final class StoreFolder {
    let path = FileManager.default.temporaryDirectory.path + "/stores-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var store: String { path + "/store" }

    /// Whether bytes stand anywhere in the files.
    func holds(_ text: String) throws -> Bool {
        let needle = Data(text.lowercased().utf8)
        return try FileManager.default.contentsOfDirectory(atPath: path).contains { name in
            var bytes = try Data(contentsOf: URL(filePath: path + "/" + name))
            for index in bytes.indices where 65...90 ~= bytes[index] { bytes[index] |= 0x20 }
            return bytes.range(of: needle) != nil
        }
    }
}
