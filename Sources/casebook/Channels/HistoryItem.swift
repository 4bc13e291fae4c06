import Features
import Records

/// An entry of a history as facts, which its text and its JSON share.
struct HistoryItem {
    /// A fact of an entry.
    enum Fact {
        case word(StaticString, String)
        case number(StaticString, Double)
        case flag(StaticString, Bool)
        case time(StaticString, Instant)
    }

    /// When it was.
    let time: Instant
    /// What it is, such as `message`.
    let kind: String
    /// What is known of it; what is empty is left out.
    private(set) var facts: [Fact] = []
    /// What was said; nil where nothing was.
    private(set) var said: String?
    /// The bytes of the text that are not shown, blanks and line ends not counted.
    private(set) var leftOut = 0
    /// The files.
    private(set) var files: [Attachment] = []

    /// Takes an entry.
    ///
    /// - Parameter isFull: Whether texts are shown whole.
    init(_ entry: HistoryEntry, isFull: Bool) {
        time = entry.time
        switch entry.what {
        case .opened(let ticket, let files):
            kind = "opened"
            facts = [
                .word("subject", ticket.subject.string), .word("channel", ticket.channel),
                .word("account", ticket.account ?? ""), .word("contact", ticket.contact ?? ""),
                .word("priority", ticket.priority), .word("category", ticket.category), .word("group", ticket.group),
                .word("assignee", ticket.assignee),
            ]
            self.files = files
            show(ticket.body, isFull)
        case .message(let message, let files):
            kind = "message"
            facts = [
                .word("side", message.side.rawValue), .flag("public", message.isPublic),
                .word("channel", message.channel), .word("author", message.author),
            ]
            self.files = files
            show(message.text, isFull)
        case .changed(let event):
            kind = event.kind.rawValue
            facts = [
                .word("field", event.field), .word("from", event.from), .word("to", event.to),
                .word("actor", event.actor),
            ]
        case .resolved(let text):
            kind = "resolved"
            show(text, isFull)
        case .incident(let incident, let probability, let namesTicket):
            kind = "incident"
            facts = [
                .word("incident", incident.id), .time("end", incident.end),
                .number("priority", Double(incident.priority)),
                .flag("namesTicket", namesTicket),
            ]
            if let probability { facts.append(.number("probability", probability)) }
        case .usedArticle(let use):
            kind = "article"
            facts = [.word("article", use.article), .word("use", use.kind.rawValue)]
        case .citedBy(let article, let version):
            kind = "cited"
            facts = [.word("article", article), .number("version", Double(version))]
        case .follows(let ticket):
            kind = "follows"
            facts = [.word("ticket", ticket)]
        case .followedBy(let ticket):
            kind = "followedBy"
            facts = [.word("ticket", ticket)]
        case .known(let link):
            kind = "system"
            facts = [.word("system", link.system), .word("number", link.number), .word("id", link.remote)]
            switch link.fate {
            case .present: facts.append(.word("fate", "present"))
            case .deleted: facts.append(.word("fate", "deleted"))
            case .merged(let other): facts += [.word("fate", "merged"), .word("into", other)]
            case .moved(let system): facts += [.word("fate", "moved"), .word("into", system)]
            }
        }
        if !entry.refusedBy.isEmpty {
            facts.append(.word("refusedBy", entry.refusedBy.sorted().joined(separator: ", ")))
        }
        facts.removeAll { if case .word(_, "") = $0 { true } else { false } }
    }

    private mutating func show(_ text: RedactedText, _ isFull: Bool) {
        guard !text.isEmpty else { return }
        guard !isFull else {
            said = text.string
            return
        }
        let words = MessageWords(text)
        let ranges = (words.sentences + words.pasted).sorted { $0.lowerBound < $1.lowerBound }
        said = ranges.map { words.text[bytes: $0].string }.joined(separator: "\n")
        func letters(_ text: RedactedText) -> Int { text.string.utf8.count { $0 > 0x20 } }
        leftOut = letters(words.text) - ranges.reduce(0) { $0 + letters(words.text[bytes: $1]) }
    }

    /// For people: a line of facts, and what was said below it.
    var text: String {
        var line = "\(time.iso8601)  \(kind)"
        for fact in facts {
            switch fact {
            case .word(let name, let text): line += "  \(name) \(text)"
            case .number(let name, let number): line += "  \(name) \(TrendOptions.rounded(number))"
            case .flag(let name, let flag): line += "  \(name) \(flag ? "yes" : "no")"
            case .time(let name, let time): line += "  \(name) \(time.iso8601)"
            }
        }
        for file in files {
            line += "\n    file \(file.name)  type \(file.type)"
            line += file.size.map { "  bytes \($0)" } ?? ""
            line += Self.hash(of: file).map { "  sha256 \($0)" } ?? ""
            line += "  shown within \(file.isInline ? "yes" : "no")"
        }
        for part in (said ?? "").split(separator: "\n", omittingEmptySubsequences: false) where said != nil {
            line += "\n    \(part)"
        }
        return leftOut > 0 ? line + "\n    (\(leftOut) bytes left out)" : line
    }

    /// One object with the same facts.
    func write(to line: inout JSONLineWriter) {
        line.object { line in
            line.member("time", Optional(time))
            line.member("kind", kind)
            for fact in facts {
                switch fact {
                case .word(let name, let text): line.member(name, text)
                case .number(let name, let number): line.member(name, number)
                case .flag(let name, let flag): line.member(name, flag)
                case .time(let name, let time): line.member(name, Optional(time))
                }
            }
            if let said { line.member("text", said) }
            if leftOut > 0 { line.member("bytesLeftOut", Double(leftOut)) }
            guard !files.isEmpty else { return }
            line.member("files", files) { file, line in
                line.object { line in
                    line.member("name", file.name.string)
                    line.member("type", file.type)
                    line.member("bytes", file.size.map(Double.init))
                    if let hash = Self.hash(of: file) { line.member("sha256", hash) }
                    line.member("inline", file.isInline)
                }
            }
        }
    }

    private static func hash(of file: Attachment) -> String? {
        file.hash?.hexadecimal
    }
}
