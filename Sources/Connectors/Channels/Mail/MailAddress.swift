/// A mailbox of a header (RFC 5322, section 3.4).
struct MailAddress: Equatable {
    /// The name that is shown; empty where there is none.
    var name: String
    /// The address in small letters; empty for `<>`.
    var address: String

    private static let most = 200

    /// The mailboxes of a header, those of groups among them, the first ``most``.
    static func list(_ bytes: [UInt8]) -> [MailAddress] {
        var scan = AddressScan(bytes: bytes)
        var found: [MailAddress] = []
        while found.count < most, let next = scan.next() { found.append(next) }
        return found
    }

    /// The name of the person, without the quotes that programs write around it and the list that passed the mail on, as in
    /// `'Ann Lee' via Support`.
    var personName: String {
        let person = (passedOn ?? name[...]).drop { $0 == " " || $0 == "'" }
        let end = person.lastIndex { $0 != " " && $0 != "'" }.map { person.index(after: $0) } ?? person.startIndex
        return String(person[..<end])
    }

    /// Whether a list has written its own address in place of the author's.
    var isOfList: Bool { passedOn != nil }

    private var passedOn: Substring? { name.firstRange(of: " via ").map { name[..<$0.lowerBound] } }

    /// Whether the address says that nobody reads what is sent to it, such as `no-reply@x.test`.
    var isUnattended: Bool {
        let letters = String(address.prefix { $0 != "@" }.filter(\.isLetter))
        return ["noreply", "donotreply"].contains { letters.contains($0) }
    }

    /// The part of an address behind the `@`; empty where there is none.
    static func domain(of address: String) -> Substring {
        address.lastIndex(of: "@").map { address[address.index(after: $0)...] } ?? ""
    }
}

/// Walks over the mailboxes of a header.
private struct AddressScan {
    let bytes: [UInt8]
    var place = 0

    /// The next mailbox; nil at the end.
    mutating func next() -> MailAddress? {
        while place < bytes.count {
            if let mailbox = item() { return mailbox }
        }
        return nil
    }

    /// What stands before the next comma; nil when it is no mailbox.
    private mutating func item() -> MailAddress? {
        var phrase: [UInt8] = []
        var comment: [UInt8] = []
        var address: [UInt8]?
        loop: while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                place += 1
                break loop
            case UInt8(ascii: ":") where address == nil:
                // What comes before is the name of a group.
                phrase = []
                place += 1
            case UInt8(ascii: "\""): phrase += quoted()
            case UInt8(ascii: "("): comment = commented()
            case UInt8(ascii: "<"):
                let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
                let inner = Array(bytes[(place + 1)..<end])
                // A route before the address is an obsolete form.
                let route = inner.first == UInt8(ascii: "@") ? inner.firstIndex(of: UInt8(ascii: ":")) : nil
                address = Array(inner[(route.map { $0 + 1 } ?? 0)...])
                place = min(bytes.count, end + 1)
            default:
                phrase.append(byte)
                place += 1
            }
        }
        if let address { return Self.mailbox(phrase.isEmpty ? comment : phrase, address) }
        return phrase.contains(UInt8(ascii: "@")) ? Self.mailbox(comment, phrase) : nil
    }

    private static func mailbox(_ name: [UInt8], _ address: [UInt8]) -> MailAddress {
        let words = EncodedWords.decode(name).unicodeScalars.map { $0.value < 0x20 ? " " : $0 }
        let shown = String(String.UnicodeScalarView(words)).split(separator: " ").joined(separator: " ")
        let plain = String(decoding: address.filter { $0 > 0x20 }.prefix(320), as: UTF8.self).lowercased()
        return MailAddress(name: String(shown.prefix(200)), address: plain)
    }

    private mutating func quoted() -> [UInt8] {
        var output: [UInt8] = []
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count { place += 1 }
            output.append(bytes[place])
            place += 1
        }
        place = min(bytes.count, place + 1)
        return output
    }

    private mutating func commented() -> [UInt8] {
        var output: [UInt8] = []
        var depth = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\\"), place < bytes.count {
                output.append(bytes[place])
                place += 1
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            } else {
                output.append(byte)
            }
        }
        return output
    }
}
