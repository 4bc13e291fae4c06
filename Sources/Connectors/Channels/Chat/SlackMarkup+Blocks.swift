internal import Records

/// Reads what Slack's messages say in `blocks` and `attachments` where they have no text.
///
/// Source: the reference of Block Kit and of legacy attachments in Slack's documentation.
extension SlackMarkup {
    /// What a message says as plain text: its text, or where that is blank what its blocks say, or else its attachments.
    static func plain(_ message: SlackMessage, names: [String: String]) -> String {
        let text = plain(message.text ?? "", names: names)
        if !RawText(text).isBlank { return text }
        let words = words(message.blocks ?? .null, names)
        if !words.isEmpty { return words }
        return lines((message.attachments ?? .null).items.map { attachment($0, names) })
    }

    private static func attachment(_ attachment: JSON, _ names: [String: String]) -> String {
        let said = lines(["pretext", "title", "text"].map { plain(attachment[$0].text ?? "", names: names) })
        if !said.isEmpty { return said }
        let words = words(attachment["blocks"], names)
        return words.isEmpty ? plain(attachment["fallback"].text ?? "", names: names) : words
    }

    /// The words of a block, of an element of one or of a list of them; controls say nothing.
    private static func words(_ value: JSON, _ names: [String: String]) -> String {
        switch value["type"].text {
        case "actions", "input": return ""
        case "mrkdwn": return plain(value["text"].text ?? "", names: names)
        case "user":
            let id = value["user_id"].text ?? ""
            return "@" + (names[id] ?? id)
        case "link": return value["text"].text ?? value["url"].text ?? ""
        case "rich_text_section", "rich_text_preformatted", "rich_text_quote":
            return value["elements"].items.map { words($0, names) }.joined()
        default:
            if let text = value["text"].text { return text }
            let parts = value.items + [value["text"]] + value["fields"].items + value["elements"].items
            return lines(parts.filter { !$0.isNull }.map { words($0, names) })
        }
    }

    private static func lines(_ texts: [String]) -> String {
        texts.filter { !RawText($0).isBlank }.joined(separator: "\n")
    }
}
