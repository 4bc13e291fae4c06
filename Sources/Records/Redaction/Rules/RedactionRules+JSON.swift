internal import FoundationEssentials

extension RedactionRules {
    /// Reads rules from JSON and checks them.
    ///
    /// `{"allow": {"values": ["support@example.com"], "domains": ["example.com"]}, "attributes": ["http.method"], "recognisers":
    /// [{"name": "badge", "pattern": "EMP-\\d{6}", "context": ["badge"], "score": 0.9}]}`: every key may be missing but
    /// `name` and `pattern`, and no others may stand there. The pattern is a ``ClassPattern``.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Throws: ``RecordError/emptyFile(file:)`` or ``RecordError/invalidRules(file:key:reason:)``, which names the key that
    ///   is wrong.
    public init(json file: RecordFile) throws(RecordError) {
        guard !file.bytes.isEmpty else { throw .emptyFile(file: file.path) }
        do {
            self = try JSONDecoder().decode(RulesDocument.self, from: Data(file.bytes)).rules
        } catch let fault as RulesFault {
            throw .invalidRules(file: file.path, key: fault.key, reason: fault.reason)
        } catch {
            throw .invalidRules(file: file.path, key: "", reason: "not JSON")
        }
    }
}

/// What is wrong with the rules, and under which key.
private struct RulesFault: Error {
    let key: String
    let reason: String
}

private struct RulesKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// The rules as they stand in a file.
private struct RulesDocument: Decodable {
    private typealias Object = KeyedDecodingContainer<RulesKey>

    var rules = RedactionRules()

    init(from decoder: any Decoder) throws {
        let document = try Self.object(decoder, "", ["allow", "attributes", "recognisers"])
        if document.contains(RulesKey("allow")) {
            let allow = try Self.object(
                document.superDecoder(forKey: RulesKey("allow")), "allow", ["values", "domains"])
            rules.allowedValues = try Self.value([String].self, "values", allow, "allow", "list of texts") ?? []
            rules.allowedDomains = try Self.value([String].self, "domains", allow, "allow", "list of texts") ?? []
        }
        rules.allowedAttributes = try Self.value([String].self, "attributes", document, "", "list of texts")
        guard document.contains(RulesKey("recognisers")) else { return }
        guard var list = try? document.nestedUnkeyedContainer(forKey: RulesKey("recognisers")) else {
            throw RulesFault(key: "recognisers", reason: "is no list")
        }
        while !list.isAtEnd {
            let key = "recognisers[\(list.currentIndex)]"
            rules.recognisers.append(try Self.recogniser(list.superDecoder(), key))
        }
    }

    private static func recogniser(_ decoder: any Decoder, _ key: String) throws -> RedactionRules.Recogniser {
        let entry = try object(decoder, key, ["name", "pattern", "context", "score"])
        guard let name = try value(String.self, "name", entry, key, "text") else {
            throw RulesFault(key: "\(key).name", reason: "is missing")
        }
        guard RedactionRules.Recogniser.isName(name) else {
            throw RulesFault(
                key: "\(key).name",
                reason: "needs 1 to 32 lower-case letters, digits and hyphens, a letter first, and no built-in name")
        }
        guard let text = try value(String.self, "pattern", entry, key, "text") else {
            throw RulesFault(key: "\(key).pattern", reason: "is missing")
        }
        let pattern: ClassPattern
        do { pattern = try ClassPattern(text) } catch {
            throw RulesFault(key: "\(key).pattern", reason: error.description)
        }
        let context = try value([String].self, "context", entry, key, "list of texts") ?? []
        let score = try value(Double.self, "score", entry, key, "number") ?? 0.8
        guard
            let recogniser = RedactionRules.Recogniser(name: name, pattern: pattern, context: context, score: score)
        else { throw RulesFault(key: "\(key).score", reason: "is not above 0 and at most 1") }
        return recogniser
    }

    /// An object that has no other keys than those.
    private static func object(_ decoder: any Decoder, _ key: String, _ keys: [String]) throws -> Object {
        guard let object = try? decoder.container(keyedBy: RulesKey.self) else {
            throw RulesFault(key: key, reason: "is no object")
        }
        if let name = object.allKeys.map(\.stringValue).filter({ !keys.contains($0) }).min() {
            throw RulesFault(
                key: key.isEmpty ? name : "\(key).\(name)",
                reason: "no such key; there are \(keys.joined(separator: ", "))"
            )
        }
        return object
    }

    private static func value<Value: Decodable>(
        _ type: Value.Type, _ name: String, _ object: Object, _ key: String, _ words: String
    ) throws -> Value? {
        do {
            return try object.decodeIfPresent(type, forKey: RulesKey(name))
        } catch {
            throw RulesFault(key: key.isEmpty ? name : "\(key).\(name)", reason: "is no \(words)")
        }
    }
}
