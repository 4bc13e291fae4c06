import Statistics

/// What a line of one kind says; values stand in for `#` (a number), `$` (a hexadecimal id), `~` (a duration) and `^` (a host).
struct Phrase: Sendable {
    var text: String
    var service: Int
    var severity: Int

    private static let ordinary = [
        "% accepted in ~", "% done, # items", "loaded % for the view, ~", "cache hit for % $", "% queued as $",
        "rendered % in ~",
        "saved % revision #", "% request finished status 200 in ~", "listing % page #", "synchronised # % records",
    ]
    private static let failures = [
        "% timed out after ~", "cannot reach ^ while reading %", "% rejected: schema mismatch near offset #",
        "lost lock on % $",
        "% failed with status 50#", "quota of % exceeded by #", "deadlock found when updating %",
        "certificate of ^ expired, % not sent",
        "% write conflict on shard #", "unexpected end of % stream at byte #", "permission denied for % $",
        "could not allocate # pages for %", "checksum of % $ differs", "retry budget for % used up after # attempts",
        "% index # corrupted", "upstream ^ refused %", "null value in % where none is allowed", "% took ~, aborted",
        "no replica of % is in sync", "version # of % is not supported",
    ]
    private static let objects = [
        "invoice", "export", "mailbox", "report", "session", "order", "shipment", "profile", "webhook", "snapshot",
        "ledger entry", "price list",
        "attachment", "dashboard", "payment", "contract", "import job", "search query", "calendar", "stock level",
    ]

    static func ordinary(services: Int, using generator: inout some RandomNumberGenerator) -> Phrase {
        Phrase(text: text(ordinary, using: &generator), service: generator.index(services), severity: 9)
    }

    static func failure(
        services: Int, severity: Int, using generator: inout some RandomNumberGenerator
    ) -> Phrase {
        Phrase(text: text(failures, using: &generator), service: generator.index(services), severity: severity)
    }

    private static func text(_ forms: [String], using generator: inout some RandomNumberGenerator) -> String {
        generator.pick(forms).replacingFirst("%", with: generator.pick(objects))
    }

    /// The words that a customer might use.
    var words: [String] {
        text.split { !$0.isLetter }.map(String.init).filter { $0.count > 3 }
    }

    /// The message with values, in a dialect.
    func message(
        _ dialect: Habits.Dialect, service: String, host: String, using generator: inout some RandomNumberGenerator
    ) -> String {
        var message = ""
        for character in text {
            switch character {
            case "#": message += String(generator.index(900) + 1)
            case "$": message += Self.hexadecimal(8, using: &generator)
            case "~": message += "\(generator.index(29_000) + 3) ms"
            case "^": message += host
            default: message.append(character)
            }
        }
        switch dialect {
        case .sentence: return message
        case .pairs: return "msg=\"\(message)\" thread=\(generator.index(16))"
        case .brackets: return "[\(service)-\(generator.index(8))] \(message)"
        case .colons: return "\(service): \(message)"
        }
    }

    static func hexadecimal(_ count: Int, using generator: inout some RandomNumberGenerator) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in digits[generator.index(16)] })
    }
}

extension String {
    fileprivate func replacingFirst(_ mark: Character, with text: String) -> String {
        guard let place = firstIndex(of: mark) else { return self }
        return String(self[..<place]) + text + String(self[index(after: place)...])
    }
}
