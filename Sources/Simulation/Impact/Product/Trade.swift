/// What a product is for: the words its functions, messages and tickets are made of.
struct Trade {
    var nouns: [String]
    var verbs: [String]
    var services: [String]

    static let all = [
        Trade(
            nouns: ["order", "basket", "payment", "shipment", "refund", "coupon", "price list", "stock level"],
            verbs: ["place", "cancel", "reserve", "export", "price", "sync", "return"],
            services: ["checkout", "catalog", "pricing", "inventory", "payments", "search", "fulfilment", "edge"]),
        Trade(
            nouns: ["appointment", "patient record", "prescription", "referral", "lab result", "ward plan", "consent"],
            verbs: ["book", "open", "sign", "fetch", "share", "archive", "merge"],
            services: ["scheduler", "chart", "dispense", "labs", "identity", "gateway", "messages", "imaging"]),
        Trade(
            nouns: [
                "parcel", "route", "manifest", "pickup", "delivery slot", "customs form", "pallet", "driver shift",
            ],
            verbs: ["plan", "track", "assign", "label", "scan", "reroute", "close"],
            services: ["dispatch", "tracking", "geocoder", "labels", "fleet", "customs", "notify", "front"]),
        Trade(
            nouns: [
                "transfer", "statement", "card", "loan offer", "standing order", "mandate", "account view", "limit",
            ],
            verbs: ["approve", "book", "render", "block", "settle", "check", "revoke"],
            services: ["ledger", "cards", "risk", "statements", "auth", "api-gw", "clearing", "alerts"]),
        Trade(
            nouns: [
                "course", "quiz", "submission", "grade", "lesson video", "certificate", "forum thread", "timetable",
            ],
            verbs: ["publish", "grade", "upload", "stream", "issue", "enrol", "copy"],
            services: ["lms", "media", "grading", "enrolment", "sso", "bff", "calendar", "files"]),
        Trade(
            nouns: [
                "sensor reading", "device", "firmware", "alarm rule", "dashboard", "gateway link", "telemetry batch",
            ],
            verbs: ["ingest", "provision", "update", "evaluate", "draw", "pair", "replay"],
            services: ["mqtt-front", "registry", "rules", "tsdb-writer", "ota", "portal", "query", "broker"]),
        Trade(
            nouns: ["payslip", "leave request", "timesheet", "contract", "employee file", "bonus run", "shift swap"],
            verbs: ["calculate", "submit", "approve", "print", "import", "correct", "lock"],
            services: ["payroll", "absence", "people", "docs", "workflow", "web", "reports", "connector"]),
        Trade(
            nouns: [
                "reservation", "room rate", "invoice", "guest profile", "housekeeping list", "key card", "channel feed",
            ],
            verbs: ["create", "modify", "charge", "check in", "refresh", "push", "void"],
            services: ["booking", "rates", "folio", "channels", "locks", "guest", "ui", "sync"]),
        Trade(
            nouns: [
                "document", "comment", "workspace", "template", "signature request", "folder", "version", "mention",
            ],
            verbs: ["save", "convert", "share", "preview", "restore", "index", "send"],
            services: ["editor", "convert", "store", "indexer", "mailer", "realtime", "acl", "proxy"]),
        Trade(
            nouns: ["campaign", "audience", "landing page", "newsletter", "form entry", "tag", "journey", "report"],
            verbs: ["launch", "segment", "publish", "deliver", "capture", "score", "schedule"],
            services: ["sender", "segments", "pages", "events", "tracker", "billing", "admin", "worker"]),
    ]
}

/// Words that errors of any product are made of.
enum ErrorWords {
    static let reasons = [
        "connection refused", "deadline exceeded", "connection reset by peer", "no healthy upstream",
        "too many open files", "disk quota exceeded", "certificate has expired", "invalid signature",
        "permission denied", "unexpected end of input", "duplicate key value", "lock wait timeout", "deadlock detected",
        "broken pipe", "out of memory", "schema mismatch", "unknown field", "null reference", "division by zero",
        "index out of range", "unsupported media type", "checksum mismatch", "stale version", "queue is full",
        "pool exhausted", "name resolution failed", "token rejected", "rate limit exceeded", "read-only replica",
        "missing column", "invalid date", "payload too large", "redirect loop", "unexpected status", "cache miss storm",
        "leader not available", "partition offline", "handshake failure", "bad gateway", "malformed response",
    ]
    static let exceptions = [
        "TimeoutError", "IllegalStateException", "NullPointerException", "KeyError", "ConnectionError", "IOException",
        "ValidationError", "OperationalError", "TypeError", "PoolExhausted", "SSLHandshakeException", "RangeError",
        "InvalidArgument", "ConflictError", "ServiceUnavailable", "AccessDenied", "ParseError", "StaleObject",
        "QuotaExceeded", "UnknownHost", "AssertionError", "Deadlock", "MappingError", "DecodeFailure",
    ]
    static let components = [
        "primary database", "message broker", "session cache", "object store", "mail relay", "search cluster",
        "licence server", "template engine", "rules engine", "tax table", "feature store", "job queue", "auth backend",
        "replica set", "rate table", "pdf renderer", "webhook target", "ldap bind", "geo index", "config store",
    ]
    static let adjectives = [
        "stale", "orphaned", "partial", "legacy", "secondary", "nightly", "inline", "deferred", "nested", "external",
        "internal", "custom", "signed", "pending", "cached", "remote", "bulk", "draft", "shadow", "scheduled",
    ]
    static let steps = [
        "validate", "persist", "load", "enrich", "commit", "parse", "dispatch", "resolve", "serialise", "lock", "fetch",
        "apply", "verify", "rebuild", "flush", "map", "render", "encrypt", "negotiate", "decode",
    ]
}
