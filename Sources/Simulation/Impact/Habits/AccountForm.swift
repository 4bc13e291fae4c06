/// How a place in a software names an account.
enum AccountForm: CaseIterable {
    case id
    case legacyId
    case workspace
    case subdomain
    case mail
    case address
    case name

    /// How the letters of a form are changed on the way.
    enum Spelling: CaseIterable {
        case asIs
        case upper
        case lower
        case underscores
        case dashes
        case squeezed
        case quoted

        func spelled(_ text: String) -> String {
            switch self {
            case .asIs: text
            case .upper: text.uppercased()
            case .lower: text.lowercased()
            case .underscores: String(text.map { $0 == "-" || $0 == " " ? "_" : $0 })
            case .dashes: String(text.map { $0 == "_" || $0 == " " || $0 == ":" ? "-" : $0 })
            case .squeezed: String(text.filter { $0 != "-" && $0 != "_" && $0 != " " })
            case .quoted: "'\(text)'"
            }
        }
    }
}

/// The way in which one service names accounts.
struct AccountNaming {
    var form: AccountForm
    var spelling: AccountForm.Spelling
    /// The key of the attribute; nil where the account only stands in bodies.
    var key: String?
    /// Words around the name in a body, with `{}` for the name.
    var phrase: String
    /// Whether the service names no account at all.
    var isMute: Bool

    static let keys = [
        "tenant", "tenant.id", "tenant_id", "customer", "customer_id", "customerId", "acct", "account", "account.id",
        "org", "organizationId", "org_id", "x-tenant", "workspace", "client.ref", "clientId", "cid",
        "app.customer.key", "mandant", "site", "company", "subscription", "scope", "biz_unit", "shop", "owner", "realm",
        "ctx.tenant", "enduser.scope", "namespace", "X-Org-Id", "aid", "kunde", "contract",
    ]

    static let phrases = [
        "for customer {}", "for tenant {}", "cust={}", "tenant={}", "on behalf of {}", "account {}", "acct#{}",
        "client:{}", "in workspace {}", "ws/{}", "/v1/tenants/{}/", "@{}", "owner={}", "org \"{}\"", "of {}",
        "belonging to {}", "site {}", "from {}", "-- {}", "ctx={}", "[{}]", "({})", "tid={}", "<{}>", "org:{};",
        "customer_id={},", "/api/{}/", "{}:", "company {}", "as {}", "realm={}",
    ]
}
