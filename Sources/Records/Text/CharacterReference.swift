/// A character reference of HTML, such as `&uuml;` or `&#252;`.
struct CharacterReference {
    /// What stands for it in a text: UTF-8.
    let replacement: [UInt8]
    /// Where it ends.
    let end: Int

    /// The reference that begins at a place; nil where there is none.
    init?(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        let limit = min(bytes.count, start + 12)
        guard let semicolon = (start..<limit).first(where: { bytes[$0] == UInt8(ascii: ";") }), semicolon > start + 1
        else { return nil }
        let name = String(decoding: bytes[(start + 1)..<semicolon], as: UTF8.self)
        guard let scalar = Self.scalar(name) else { return nil }
        replacement = Array(String(Self.isShown(scalar) ? Character(scalar) : " ").utf8)
        end = semicolon + 1
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init)
    }

    // A letter, a digit or a sign of ASCII is written so only to hide it, perhaps from a redactor.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0xA0 || #"&<>"'"#.unicodeScalars.contains(scalar)
    }

    private static let named: [String: Unicode.Scalar] = [
        "nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "auml": "ä", "ouml": "ö", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "agrave": "à", "aacute": "á", "acirc": "â", "ccedil": "ç",
        "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "iacute": "í", "icirc": "î", "iuml": "ï",
        "ntilde": "ñ",
        "oacute": "ó", "ocirc": "ô", "ugrave": "ù", "uacute": "ú", "ucirc": "û", "Agrave": "À", "Eacute": "É",
        "Ntilde": "Ñ", "iexcl": "¡", "iquest": "¿", "laquo": "«", "raquo": "»", "hellip": "…", "ndash": "–",
        "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•", "euro": "€", "copy": "©",
    ]
}
