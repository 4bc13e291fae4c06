/// A form of words: `{slot}` stands for a word of the case, `[a|b]` for one of several ways to say it.
///
/// Alternatives may hold slots and further alternatives. Braces around anything but the name of a slot stay as they are.
struct Pattern: Sendable, ExpressibleByStringLiteral {
    private enum Part: Sendable {
        case text(String)
        case slot(Slot)
        case choice([Pattern])
    }

    private let parts: [Part]

    init(stringLiteral form: String) { self.init(form) }

    init(_ form: String) {
        var rest = Substring(form)
        parts = Self.parts(of: &rest, isInside: false)
    }

    private init(parts: [Part]) { self.parts = parts }

    private static func parts(of rest: inout Substring, isInside: Bool) -> [Part] {
        var parts: [Part] = []
        var text = ""
        func endText() {
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
        }
        while let character = rest.first {
            if isInside, character == "|" || character == "]" { break }
            rest.removeFirst()
            switch character {
            case "[":
                endText()
                var choices: [Pattern] = []
                repeat {
                    choices.append(Pattern(parts: Self.parts(of: &rest, isInside: true)))
                } while rest.popFirst() == "|"
                parts.append(.choice(choices))
            case "{":
                let name = rest.prefix { $0 != "}" }
                if let slot = Slot(rawValue: String(name)) {
                    endText()
                    parts.append(.slot(slot))
                    rest = rest.dropFirst(name.count + 1)
                } else {
                    text.append(character)
                }
            default: text.append(character)
            }
        }
        endText()
        return parts
    }

    /// The form with its slots filled and one alternative of each drawn.
    func filled(_ words: Words, _ draw: inout Draw) -> String {
        var words = words
        return filled(noting: &words, &draw)
    }

    /// The same, and the words keep in mind which of them were used.
    func filled(noting words: inout Words, _ draw: inout Draw) -> String {
        var text = ""
        append(to: &text, &words, &draw)
        return text
    }

    private func append(to text: inout String, _ words: inout Words, _ draw: inout Draw) {
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .slot(let slot): text += words.use(slot)
            case .choice(let choices): draw.one(of: choices).append(to: &text, &words, &draw)
            }
        }
    }
}
