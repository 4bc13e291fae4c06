/// The words that subjects of a synthetic desk are made of.
enum Vocabulary {
    struct Category: Sendable {
        var name: String
        var objects: [String]
    }

    static let categories = [
        Category(name: "sign-in", objects: ["password", "login", "session", "token", "account"]),
        Category(name: "network", objects: ["connection", "gateway", "proxy", "firewall", "tunnel"]),
        Category(name: "mail", objects: ["mailbox", "delivery", "inbox", "attachment", "sender"]),
        Category(name: "hardware", objects: ["laptop", "monitor", "keyboard", "battery", "dock"]),
        Category(name: "reports", objects: ["report", "export", "chart", "filter", "dashboard"]),
        Category(name: "billing", objects: ["invoice", "payment", "refund", "receipt", "charge"]),
        Category(name: "storage", objects: ["disk", "quota", "upload", "folder", "volume"]),
        Category(name: "printing", objects: ["printer", "tray", "driver", "queue", "scan"]),
        Category(name: "database", objects: ["query", "index", "replica", "backup", "table"]),
        Category(name: "mobile", objects: ["phone", "app", "screen", "notification", "sync"]),
        Category(name: "integration", objects: ["webhook", "connector", "mapping", "payload", "import"]),
        Category(name: "upgrade", objects: ["release", "migration", "patch", "rollback", "installer"]),
    ]

    static let symptoms = [
        "slow", "empty", "wrong", "missing", "duplicated", "frozen", "rejected", "expired", "corrupted", "delayed",
        "truncated", "unreachable", "unreadable", "crashing", "looping", "blank", "denied", "stuck", "invalid", "stale",
        "unexpected", "incomplete", "overloaded", "unstable", "garbled", "vanished", "outdated", "refused",
        "interrupted",
        "unresponsive", "inconsistent", "flickering", "leaking", "reversed",
    ]

    static let endings = [
        "", "", "", "", "again", "please help", "since this morning", "after the update", "for several users", "urgent",
    ]
}
