internal import Records

/// A field of Jira: how its values are read and written.
struct JiraField: Sendable, Hashable {
    let id: String
    let name: String
    private let type: String
    private let items: String
    private let kind: String

    /// Reads an entry of the list of fields; nil when it lacks an id.
    init?(_ json: JSON) {
        guard let id = json["id"].text else { return nil }
        self.id = id
        name = json["name"].text ?? id
        type = json["schema"]["type"].text ?? ""
        items = json["schema"]["items"].text ?? ""
        kind = json["schema"]["custom"].text ?? ""
    }

    /// What stands between an option and the one below it.
    private static let parting = " > "

    /// Whether it holds several options.
    var holdsOptions: Bool { type == "array" && items == "option" }

    /// Whether its values are people.
    var holdsPeople: Bool { type == "user" || items == "user" }

    /// Whether it holds the customer's organisations of a service project.
    var holdsOrganizations: Bool { kind.hasSuffix(":sd-customer-organizations") }

    /// What a person would read of a value; of several they are parted by commas.
    static func word(_ value: JSON) -> String? {
        switch value {
        case .list(let items):
            return FieldList.text(items.compactMap { word($0) })
        case .object where value["type"].text == "doc": return ADFText.text(value)
        // What a customer chose in the portal stands in it with its state.
        case .object where !value["requestType"].isNull: return value["requestType"]["name"].text
        case .object where !value["child"].isNull:
            return [value.word, value["child"].word].compactMap { $0 }.joined(separator: parting)
        case .object: return value["accountId"].text ?? value.word
        default: return value.word
        }
    }

    /// A value as a write takes it; nil empties the field, of a field that is not known a text is one.
    ///
    /// - Parameter options: The options that it can have, as far as they are known.
    /// - Throws: ``SystemFault/refused(reason:fields:)`` for a text where a number is needed.
    static func value(_ text: String?, for field: JiraField?, id: String, options: Set<String> = []) throws(SystemFault)
        -> JSON
    {
        guard let text else { return .null }
        guard let field else { return .text(text) }
        switch field.type {
        case "number":
            guard let number = Double(text), number.isFinite else {
                throw .refused(reason: "\(field.name): a number is needed", fields: [TicketField.custom(id).name])
            }
            return .number(number)
        case "array":
            return .list(FieldList.words(text, names: options).map { member($0, type: field.items) })
        case "option-with-child":
            guard let parting = text.firstRange(of: Self.parting) else { return ["value": .text(text)] }
            let child = String(text[parting.upperBound...])
            return ["value": .text(String(text[..<parting.lowerBound])), "child": ["value": .text(child)]]
        default:
            // A text of several lines is a document.
            guard !field.kind.hasSuffix(":textarea") else {
                let content: JSON = text.isEmpty ? [] : [["type": "text", "text": .text(text)]]
                return ["type": "doc", "version": 1, "content": [["type": "paragraph", "content": content]]]
            }
            return member(text, type: field.type)
        }
    }

    private static func member(_ word: String, type: String) -> JSON {
        switch type {
        case "string", "date", "datetime", "": .text(word)
        case "option": ["value": .text(word)]
        case "user": ["accountId": .text(word)]
        default: ["name": .text(word)]
        }
    }
}
