internal import Records

/// The text in a document of the Atlassian Document Format.
///
/// Blocks are parted by an empty line, items of a list begin with a dash, code is indented, an address stands behind the words that
/// lead there: the forms of ``Document/plainText``. Nodes that are not known give the text of what they hold, and nothing is an error.
struct ADFText {
    /// The levels of nodes that are read; what lies deeper is left out.
    private static let deepest = 100

    private var blocks: [String] = []
    private var line = ""
    /// What stands before each line: the dash of an item once, or an indentation.
    private var lead = ""
    private var indent = ""
    private var isTight = false

    /// The text of a document; of a text that text, and nothing for what is neither.
    static func text(_ json: JSON) -> String {
        if let text = json.text { return text }
        var reader = ADFText()
        reader.read(json, depth: 0)
        reader.endBlock()
        return reader.blocks.joined(separator: "\n")
    }

    /// The people whom a document mentions: the names that it has for them, by their ids.
    static func mentions(_ json: JSON) -> [String: RawText] {
        var names: [String: RawText] = [:]
        func read(_ node: JSON, depth: Int) {
            guard depth < deepest else { return }
            let attributes = node["attrs"]
            if node["type"].text == "mention", let id = attributes["id"].word, let text = attributes["text"].word {
                names[id] = RawText(text.hasPrefix("@") ? String(text.dropFirst()) : text)
            }
            for child in node["content"].items { read(child, depth: depth + 1) }
        }
        read(json, depth: 0)
        return names
    }

    private mutating func read(_ node: JSON, depth: Int) {
        guard depth < Self.deepest else { return }
        let attributes = node["attrs"]
        switch node["type"].text ?? "" {
        case "text": line += Self.linked(node)
        case "hardBreak": line += "\n"
        case "mention", "status", "placeholder": line += attributes["text"].text ?? ""
        case "emoji": line += attributes["text"].text ?? attributes["shortName"].text ?? ""
        case "date": line += Self.day(attributes["timestamp"])
        case "inlineCard", "blockCard", "embedCard": line += attributes["url"].text ?? ""
        case "media", "mediaInline": line += attributes["alt"].text.map { "[\($0)]" } ?? ""
        case "bulletList", "orderedList", "taskList", "decisionList": list(node, depth: depth)
        case "codeBlock": indented { $0.children(node, depth: depth) }
        case "tableRow": row(node, depth: depth)
        case "table": tight { $0.children(node, depth: depth) }
        case "expand", "nestedExpand":
            block { $0.line += attributes["title"].text ?? "" }
            children(node, depth: depth)
        case "paragraph", "heading", "mediaSingle", "mediaGroup", "caption": block { $0.children(node, depth: depth) }
        case "rule": endBlock()
        default: children(node, depth: depth)
        }
    }

    private mutating func children(_ node: JSON, depth: Int) {
        for child in node["content"].items { read(child, depth: depth + 1) }
    }

    private mutating func block(_ read: (inout ADFText) -> Void) {
        endBlock()
        read(&self)
        endBlock()
    }

    private mutating func list(_ node: JSON, depth: Int) {
        tight { reader in
            for item in node["content"].items {
                reader.endBlock()
                let (outer, outerLead) = (reader.indent, reader.lead)
                reader.lead = outer + "- "
                reader.indent = outer + "  "
                reader.children(item, depth: depth + 1)
                reader.endBlock()
                (reader.indent, reader.lead) = (outer, outerLead)
            }
        }
    }

    private mutating func row(_ node: JSON, depth: Int) {
        let cells = node["content"].items.map { cell in
            var reader = ADFText()
            reader.isTight = true
            reader.children(cell, depth: depth + 1)
            reader.endBlock()
            return reader.blocks.joined(separator: " ")
        }
        block { $0.line += cells.joined(separator: " | ") }
    }

    private mutating func indented(_ read: (inout ADFText) -> Void) {
        endBlock()
        let (outer, outerLead) = (indent, lead)
        (indent, lead) = (outer + "    ", outer + "    ")
        read(&self)
        endBlock()
        (indent, lead) = (outer, outerLead)
    }

    /// Blocks without empty lines between them.
    private mutating func tight(_ read: (inout ADFText) -> Void) {
        endBlock()
        let outer = isTight
        if !outer, !blocks.isEmpty { blocks.append("") }
        isTight = true
        read(&self)
        endBlock()
        isTight = outer
    }

    private mutating func endBlock() {
        guard !line.isEmpty else { return }
        if !isTight, !blocks.isEmpty { blocks.append("") }
        for part in line.split(separator: "\n", omittingEmptySubsequences: false) {
            blocks.append(lead + part)
            lead = indent
        }
        line = ""
    }

    /// A text with the address that it leads to, unless it says it itself.
    private static func linked(_ node: JSON) -> String {
        let text = node["text"].text ?? ""
        let mark = node["marks"].items.first { $0["type"].text == "link" }
        guard let address = mark?["attrs"]["href"].text, !address.isEmpty, address != text else { return text }
        return "\(text) (\(address))"
    }

    /// The day of a time in milliseconds since 1970.
    private static func day(_ milliseconds: JSON) -> String {
        guard let number = milliseconds.integer else { return "" }
        return String(Instant(seconds: Double(number) / 1_000).iso8601.prefix(10))
    }
}
