/// What a tenant adds to the built-in recognisers: what may stay, whom they know, and values of their own.
public struct RedactionRules: Sendable {
    /// Values that stay as they are, whatever recognises them; compared without the case of ASCII letters.
    public var allowedValues: [String] = []
    /// Domains whose e-mail addresses stay, and those below them.
    public var allowedDomains: [String] = []
    /// Keys of attributes whose values are kept after redaction, while all others are hidden whole; nil when the tenant has no
    /// such list, so that attributes are read as any text.
    public var allowedAttributes: [String]?
    /// The people and companies that the tenant knows.
    public var contacts: [Contact] = []
    /// What recognises values of the tenant's own.
    public var recognisers: [Recogniser] = []

    /// Creates rules that add nothing.
    public init() {}

    /// A person or a company, or a person of a company.
    public struct Contact: Sendable, Hashable {
        /// The full name of the person, first names first; empty where there is none.
        public var person: String
        /// The name of the company; empty where there is none.
        public var company: String
        /// What machines call the company, such as its domain or its workspace; empty where there is none.
        public var alias: String

        /// Creates a contact.
        public init(person: String = "", company: String = "", alias: String = "") {
            self.person = person
            self.company = company
            self.alias = alias
        }
    }

    /// What recognises a value of the tenant's own.
    public struct Recogniser: Sendable, Hashable {
        /// The name that stands in tokens: lower-case letters, digits and hyphens, and a letter first.
        public let name: String
        /// The form of the value.
        public let pattern: ClassPattern
        /// Words, one of which must stand on the same line at most 100 bytes before the value; none are needed if empty.
        public let context: [String]
        /// How sure a finding is, above 0 and at most 1.
        public let score: Double

        /// Creates a recogniser.
        ///
        /// - Returns: nil when the name is not made of lower-case letters, digits and hyphens, is longer than 32 bytes or
        ///   is that of a built-in kind, or when the score is out of range.
        public init?(name: String, pattern: ClassPattern, context: [String] = [], score: Double = 0.8) {
            guard Self.isName(name), score > 0, score <= 1 else { return nil }
            (self.name, self.pattern, self.context, self.score) = (name, pattern, context, score)
        }

        static func isName(_ name: String) -> Bool {
            guard 1...32 ~= name.utf8.count, let first = name.utf8.first, 97...122 ~= first else { return false }
            return name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
                && !FindingKind.builtIn.contains { $0.name == name }
        }
    }
}
