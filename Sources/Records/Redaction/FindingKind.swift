/// What a redactor can find.
public enum FindingKind: Sendable, Hashable {
    case email, phone, ip, mac, card, iban, ssn
    /// An identity number of a country, by its checksum.
    case nationalID
    /// A passport or a driving licence, by the words before it.
    case document
    /// The user and the password in a URL.
    case credentials
    case password
    /// A value that is said to be a secret, a token or a key.
    case secret
    /// A key of a provider, by its prefix.
    case apiKey
    /// A JSON web token.
    case jwt
    case privateKey
    /// The name of a user in a path.
    case username
    /// A name from the dictionary of contacts.
    case person
    /// A company from the dictionary of contacts.
    case organization
    /// A whole attribute that is on no allow-list.
    case attribute
    /// What a tenant's own recogniser finds, by its name: lower-case letters and hyphens.
    case custom(String)

    /// The name that stands in tokens and reports: lower-case letters and hyphens.
    public var name: String {
        switch self {
        case .email: "email"
        case .phone: "phone"
        case .ip: "ip"
        case .mac: "mac"
        case .card: "card"
        case .iban: "iban"
        case .ssn: "ssn"
        case .nationalID: "national-id"
        case .document: "document"
        case .credentials: "credentials"
        case .password: "password"
        case .secret: "secret"
        case .apiKey: "api-key"
        case .jwt: "jwt"
        case .privateKey: "private-key"
        case .username: "username"
        case .person: "person"
        case .organization: "organization"
        case .attribute: "attribute"
        case .custom(let name): name
        }
    }

    /// Every kind but those of tenants.
    static let builtIn: [FindingKind] = [
        .email, .phone, .ip, .mac, .card, .iban, .ssn, .nationalID, .document, .credentials, .password, .secret,
        .apiKey,
        .jwt, .privateKey, .username, .person, .organization, .attribute,
    ]
}

/// A stretch of text that must not be kept as it is.
public struct Finding: Sendable, Hashable {
    /// What it is.
    public var kind: FindingKind
    /// How sure that is, above 0 and at most 1: a checksum or a rigid form gives more than a shape, and so does a word nearby.
    public var score: Double
    /// Where it is, in bytes.
    public var range: Range<Int>

    /// Creates a finding.
    public init(kind: FindingKind, score: Double, range: Range<Int>) {
        self.kind = kind
        self.score = score
        self.range = range
    }
}
