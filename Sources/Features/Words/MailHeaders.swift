/// What mail programs write above a message that they quote or forward.
enum MailHeaders {
    /// What a line of a block of headers tells.
    enum Role {
        case from, sent, to, subject
    }

    private static let roles: [String: Role] = [
        "from": .from, "von": .from, "de": .from, "expéditeur": .from, "remitente": .from,
        "sent": .sent, "date": .sent, "gesendet": .sent, "datum": .sent, "envoyé": .sent, "envoyé le": .sent,
        "enviado": .sent, "enviado el": .sent, "fecha": .sent,
        "to": .to, "an": .to, "à": .to, "para": .to, "destinataire": .to, "cc": .to, "bcc": .to, "kopie": .to,
        "copie": .to, "reply-to": .to,
        "subject": .subject, "betreff": .subject, "objet": .subject, "asunto": .subject, "importance": .subject,
    ]

    /// The role of a line.
    static func role(_ line: FoldedLine) -> Role? {
        guard let colon = line.string.utf8.prefix(20).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var name = line.string[..<colon]
        if name.last == " " { name = name.dropLast() }
        return roles[String(name)]
    }

    private static let originals = [
        "original message", "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "message d'origine",
        "message original", "mensaje original",
    ]
    private static let forwards = [
        "forwarded message", "begin forwarded message", "weitergeleitete nachricht", "message transféré",
        "anfang der weitergeleiteten nachricht", "début du message transféré", "début du message réexpédié",
        "mensaje reenviado", "inicio del mensaje reenviado", "forwarded by",
    ]

    /// Whether a line announces an earlier message, between dashes.
    static func announcesOriginal(_ line: FoldedLine) -> Bool {
        line.string.hasPrefix("--") && originals.contains(String(line.core))
    }

    /// Whether a line announces a forwarded message, between dashes or before a colon.
    static func announcesForward(_ line: FoldedLine) -> Bool {
        guard line.string.hasPrefix("--") || line.string.hasSuffix(":") else { return false }
        let core = line.core
        return forwards.contains { core.hasPrefix($0) }
    }

    private static let attributionOpenings = ["on", "am", "le", "el"]
    private static let attributionVerbs = [" wrote", " schrieb", " a écrit", " écrit", " escribió", " escribio"]

    /// Whether a line that ends with a colon says who wrote what follows.
    static func attributes(_ line: FoldedLine) -> Bool {
        line.string.hasSuffix(":") && attributionVerbs.contains { line.string.contains($0) }
    }

    /// Whether a line that attributes also has the form of a mail program: it begins with the day, and has a date or a person's token.
    static func isAttributionOfProgram(_ line: FoldedLine) -> Bool {
        guard attributionOpenings.contains(where: { line.begins(with: $0) }) else { return false }
        let bytes = Array(line.string.utf8)
        if bytes.contains(UInt8(ascii: "<")) || bytes.contains(UInt8(ascii: "@")) { return true }
        let numbers = bytes.split { !(48...57 ~= $0) }
        let hasYear = numbers.contains { $0.count == 4 && ($0.starts(with: [49, 57]) || $0.starts(with: [50, 48])) }
        let separators: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: "/")]
        return hasYear || (numbers.count >= 4 && bytes.contains(where: separators.contains))
    }
}
