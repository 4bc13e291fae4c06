public import Records

extension Document {
    /// The document as plain text: a list has a dash before each item, and code is indented.
    public var plainText: String {
        blocks.map { block in
            switch block {
            case .heading(let text): text.string
            case .paragraph(let lines): lines.map(\.string).joined(separator: "\n")
            case .list(let items): items.map { "- " + $0.string }.joined(separator: "\n")
            case .code(let lines): lines.map { "    " + $0.string }.joined(separator: "\n")
            }
        }.joined(separator: "\n\n")
    }

    /// The document as HTML.
    public var html: String {
        blocks.map { block in
            switch block {
            case .heading(let text): "<h3>\(Self.escaped(text))</h3>"
            case .paragraph(let lines): "<p>\(lines.map(Self.escaped).joined(separator: "<br>"))</p>"
            case .list(let items): "<ul>\(items.map { "<li>\(Self.escaped($0))</li>" }.joined())</ul>"
            case .code(let lines): "<pre>\(lines.map(Self.escaped).joined(separator: "\n"))</pre>"
            }
        }.joined()
    }

    /// The document in the Atlassian Document Format, version 1.
    public var adf: JSON {
        let content: [JSON] = blocks.compactMap { block in
            switch block {
            case .heading(let text):
                return Self.node("heading", Self.inline([text]), attributes: ["level": 3])
            case .paragraph(let lines):
                return Self.node("paragraph", Self.inline(lines))
            case .list(let items):
                // A list without items is refused.
                return items.isEmpty
                    ? nil
                    : Self.node(
                        "bulletList",
                        items.map { Self.node("listItem", [Self.node("paragraph", Self.inline([$0]))]) })
            case .code(let lines):
                let text = lines.map(\.string).joined(separator: "\n")
                return Self.node("codeBlock", text.isEmpty ? [] : [["type": "text", "text": .text(text)]])
            }
        }
        return ["type": "doc", "version": 1, "content": .list(content)]
    }

    private static func node(_ type: String, _ content: [JSON], attributes: JSON = .null) -> JSON {
        var node: [String: JSON] = ["type": .text(type), "content": .list(content)]
        if !attributes.isNull { node["attrs"] = attributes }
        return .object(node)
    }

    private static func inline(_ lines: [RedactedText]) -> [JSON] {
        var nodes: [JSON] = []
        for (place, line) in lines.enumerated() {
            if place > 0 { nodes.append(["type": "hardBreak"]) }
            // A text node without text is refused.
            if !line.isEmpty { nodes.append(["type": "text", "text": .text(line.string)]) }
        }
        return nodes
    }

    static func escaped(_ text: RedactedText) -> String {
        var result = ""
        for character in text.string.unicodeScalars {
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
