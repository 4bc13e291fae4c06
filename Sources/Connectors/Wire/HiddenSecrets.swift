/// Secrets that are kept out of what is printed: a system may repeat in an answer what it was sent.
struct HiddenSecrets: Sendable {
    /// All forms, the longest first, as one may hold another.
    private let forms: [String]

    /// Hides secrets, as they are and in percent form.
    init(_ secrets: [String]) {
        let all = secrets.flatMap { secret in
            // A decoder may take the padding of base64 off.
            let plain = String(secret.reversed().drop { $0 == "=" }.reversed())
            return [secret, plain].flatMap { text in
                let escaped = SystemRequest.escaped(text)
                return [text, escaped, Self.inSmallDigits(escaped)]
            }
        }
        forms = Set(all).subtracting([""]).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// A text without the secrets.
    func removed(from text: String) -> String {
        forms.reduce(text) { $0.replacing($1, with: "<secret>") }
    }

    /// The digits of the percent form may be small ones.
    private static func inSmallDigits(_ escaped: String) -> String {
        var digits = 0
        return String(
            escaped.map { character in
                if character == "%" { digits = 3 }
                digits -= 1
                return digits >= 0 ? Character(character.lowercased()) : character
            })
    }
}
