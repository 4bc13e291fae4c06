import Records
import Testing

/// The redactors that tests share.
enum Redactors {
    static let key = Array("0123456789abcdef".utf8)

    static func plain() throws -> Redactor { try #require(Redactor(key: key)) }

    static func with(_ change: (inout RedactionRules) throws -> Void) throws -> Redactor {
        var rules = RedactionRules()
        try change(&rules)
        return try #require(Redactor(key: key, rules: rules))
    }
}

extension Redactor {
    /// What is found, as `kind|value`.
    func found(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return findings(in: RawText(text)).map { "\($0.kind.name)|\(String(decoding: bytes[$0.range], as: UTF8.self))" }
    }
}
