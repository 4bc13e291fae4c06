/// A place in a software that writes a log record: what stands in it, and what it names.
struct Statement {
    /// A part of a message.
    enum Piece {
        case text(String)
        case account
        case user
        case request
        case session
        case address
        case host
        /// A whole number in a range, drawn long-tailed.
        case number(ClosedRange<Int>)
        case milliseconds
        case hex(Int)
        /// The thing a request is about, the same in all its lines.
        case entity
        case status
        case clock
    }

    /// The index of the service.
    var service: Int
    /// 1...24 as in OpenTelemetry.
    var severity: Int
    var pieces: [Piece]
    /// Where the account stands, if anywhere.
    var naming: Naming
    var namesUser: Bool
    var isTraced: Bool

    enum Naming { case attribute, body, both, none }
}

extension Statement {
    /// The longest run of words between its values, without marks, at most eight words.
    var longestWords: String {
        let runs = pieces.map { piece -> String in
            guard case .text(let text) = piece else { return "" }
            return text.split { !$0.isLetter && $0 != "'" }.prefix(8).joined(separator: " ")
        }
        return runs.max { $0.count < $1.count } ?? ""
    }

    /// Cuts a form such as `failed to {entity} after {n}` into pieces; braces around anything else stay.
    static func pieces(_ form: String) -> [Piece] {
        var pieces: [Piece] = []
        var text = ""
        var rest = Substring(form)
        while let first = rest.first {
            let name = rest.dropFirst().prefix { $0.isLetter }
            let end = rest.dropFirst(name.count + 1)
            guard first == "{", end.first == "}", let slot = slot(String(name)) else {
                text.append(first)
                rest = rest.dropFirst()
                continue
            }
            if !text.isEmpty { pieces.append(.text(text)) }
            text = ""
            pieces.append(slot)
            rest = end.dropFirst()
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        return pieces
    }

    private static func slot(_ name: String) -> Piece? {
        switch name {
        case "account": .account
        case "user": .user
        case "req": .request
        case "sess": .session
        case "ip": .address
        case "host": .host
        case "few": .number(1...9)
        case "n": .number(1...400)
        case "many": .number(100...90_000)
        case "ms": .milliseconds
        case "hex": .hex(8)
        case "long": .hex(16)
        case "entity": .entity
        case "status": .status
        case "clock": .clock
        default: nil
        }
    }
}
