internal import Features
internal import Records

/// Words with which people say why, in English, German, French and Spanish.
enum CausalWords {
    private static let words: Set<String> = [
        "because", "caused", "causes", "cause", "due", "reason", "culprit", "originates", "weil", "verursacht",
        "ursache", "wegen",
        "grund", "causé", "causée", "raison", "dû", "causa", "causado", "debido", "porque", "motivo",
    ]

    static func speak(in text: RedactedText) -> Bool {
        var found = false
        text.forEachTerm { if !found { found = words.contains(String(decoding: $0, as: UTF8.self)) } }
        return found
    }
}
