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

    /// Whether a line between dashes announces a message that is passed on, in any language; nil where it can announce none.
    ///
    /// Headers must follow. Programs that pass a message on put blanks inside of the dashes, and those that quote one put none.
    static func announcesPassedOn(_ line: FoldedLine) -> Bool? {
        guard line.string.hasPrefix("---"), line.string.hasSuffix("---") else { return nil }
        let inner = line.string.drop { $0 == "-" }
        let words = line.core.split(separator: " ")
        guard 1...4 ~= words.count, words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "'" || $0 == "-" } }) else {
            return nil
        }
        return inner.first == " "
    }

    private static let marks = [
        "above this line", "über dieser zeile", "oberhalb dieser zeile", "au-dessus de cette ligne",
        "encima de esta línea",
    ]

    /// Whether a line asks for an answer above it, as ticket systems write it into their mails: between signs, such as
    /// `##- Please type your reply above this line -##`, whose signs alone tell it in any language.
    static func marksReply(_ line: FoldedLine) -> Bool {
        let bytes = line.string.utf8
        if bytes.starts(with: "##-".utf8), line.string.hasSuffix("-##") { return true }
        let isFramed = [bytes.first, bytes.last].allSatisfy { $0.map { "#-=".utf8.contains($0) } ?? false }
        return isFramed && marks.contains { line.string.contains($0) }
    }

    /// Whether a line announces a forwarded message, between dashes or before a colon.
    static func announcesForward(_ line: FoldedLine) -> Bool {
        guard line.string.hasPrefix("--") || line.string.hasSuffix(":") else { return false }
        let core = line.core
        return forwards.contains { core.hasPrefix($0) }
    }

    private static let attributionOpenings = ["on", "am", "le", "el", "il", "op", "em", "den", "w dniu", "dne"]
    private static let attributionVerbs: [StaticString] = [
        " wrote", " schrieb", " a écrit", " écrit", " escribió", " escribio", " ha scritto", " schreef", " escreveu",
        " napisał", " pisze", " skrev", " napsal", " kirjoitti", " yazdı", " írta", " пишет", " написал",
    ]

    /// Whether a line that ends with a colon says who wrote what follows.
    static func attributes(_ line: FoldedLine) -> Bool {
        var line = line.string
        return line.withUTF8 { line in
            line.last == UInt8(ascii: ":") && attributionVerbs.contains { line.contains($0) }
        }
    }

    /// The colon of full width of East Asian texts.
    private static let wideColon: [UInt8] = [0xEF, 0xBC, 0x9A]

    /// Where the first colon stands.
    static func colon(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int>? {
        guard let place = bytes.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else { return nil }
        if bytes[place] == UInt8(ascii: ":") { return place..<place + 1 }
        return bytes[place...].starts(with: wideColon) ? place..<place + 3 : nil
    }

    /// Whether a line ends with a colon; marks of the direction of writing may follow it.
    static func endsWithColon(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        // Most lines end in ASCII.
        guard let last = line.last, last >= 0x80 else { return line.last == UInt8(ascii: ":") }
        var line = line
        while line.count > 3, line.suffix(3).starts(with: [0xE2, 0x80]), line[line.endIndex - 1] >= 0x8B {
            line = line.dropLast(3)
        }
        return line.last == UInt8(ascii: ":") || line.suffix(3).elementsEqual(wideColon)
    }

    /// Whether a line that attributes also has the form of a mail program: it begins with the day, and has a date or a person's token.
    static func isAttributionOfProgram(_ line: FoldedLine) -> Bool {
        guard attributionOpenings.contains(where: { line.begins(with: $0) }) else { return false }
        return namesSender(line) || hasDate(Array(line.string.utf8))
    }

    /// Whether a line has a token or an address of somebody in it.
    static func namesSender(_ line: FoldedLine) -> Bool {
        line.string.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "@") }
    }

    /// Whether a line has a date outside of tokens, whatever the language.
    static func hasDate(_ line: FoldedLine) -> Bool {
        var isWithinToken = false
        return hasDate(
            line.string.utf8.filter { byte in
                defer { isWithinToken = byte == UInt8(ascii: "<") || (isWithinToken && byte != UInt8(ascii: ">")) }
                return !isWithinToken
            })
    }

    private static func hasDate(_ bytes: [UInt8]) -> Bool {
        let numbers = bytes.split { !(48...57 ~= $0) }
        let hasYear = numbers.contains { $0.count == 4 && ($0.starts(with: [49, 57]) || $0.starts(with: [50, 48])) }
        let separators: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: "/")]
        return hasYear || (numbers.count >= 4 && bytes.contains(where: separators.contains))
    }
}
