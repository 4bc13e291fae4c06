import Statistics

/// How the programs of one vendor write: ids, keys, times and messages. Drawn from the seed, as no two vendors write alike.
struct Habits: Sendable {
    enum IdStyle: CaseIterable {
        case prefixedNumber, plainNumber, uuid, slug, code
    }

    enum Dialect: CaseIterable {
        case sentence, pairs, brackets, colons
    }

    var idStyle: IdStyle
    var idPrefix: String
    var idWidth: Int
    /// The key of attributes under which an account stands.
    var idKey: String
    /// How messages call an account, with `%` for the name.
    var idPhrases: [String]
    /// The share of named lines that name their account in the message and not under a key.
    var inMessage: Double
    var dialect: Dialect
    var serviceKey: String
    var hostKey: String
    /// The key of the deployment; nil when lines say only their host.
    var deploymentKey: String?
    var requestKey: String
    var isTimeText: Bool
    var hasObservedTime: Bool
    var hasTraces: Bool
    var urlDomain: String

    init(using generator: inout some RandomNumberGenerator) {
        idStyle = IdStyle.allCases[generator.index(IdStyle.allCases.count)]
        idPrefix = generator.pick(["acct-", "cust_", "T", "org-", "ws", "c-", "ACC"])
        idWidth = 3 + generator.index(4)
        idKey = generator.pick([
            "tenant", "tenant.id", "customer.id", "org_id", "account", "accountId", "workspace", "x.client_ref",
            "client",
            "app.realm", "principal.scope", "ctx.owner",
        ])
        let phrases = [
            "tenant=%", "for customer %", "account %", "[%]", "org:%", "(client %)", "workspace=%", "owner %",
            "on behalf of %", "https://%.app.test/api", "/t/%/v2", "realm \"%\"",
        ]
        idPhrases = (0..<3).map { _ in generator.pick(phrases) }
        inMessage = generator.pick([0, 0.2, 0.5, 1])
        dialect = Dialect.allCases[generator.index(Dialect.allCases.count)]
        serviceKey = generator.pick(["service.name", "service", "app", "component"])
        hostKey = generator.pick(["host.name", "host", "hostname", "node"])
        deploymentKey = generator.uniform() < 0.5 ? generator.pick(["deployment", "cluster", "site.id", "stack"]) : nil
        requestKey = generator.pick(["request.id", "session", "rid", "user.id", "correlation_id"])
        isTimeText = generator.uniform() < 0.5
        hasObservedTime = generator.uniform() < 0.7
        hasTraces = generator.uniform() < 0.8
        urlDomain = generator.pick(["app.test", "cloud.example", "hosted.invalid"])
    }
}

extension RandomNumberGenerator {
    /// A whole number from 0 to below `count`.
    mutating func index(_ count: Int) -> Int { min(count - 1, Int(uniform() * Double(count))) }

    /// One of some things.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[index(items.count)] }
}
