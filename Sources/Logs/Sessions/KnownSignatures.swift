/// Finds the signatures of messages among templates that were written down earlier, without learning.
public struct KnownSignatures: Sendable {
    private let ids: [String]
    private let tree: TemplateTree

    /// Takes templates.
    ///
    /// - Parameter templates: The ids and the texts, with `<*>` for each variable.
    public init(_ templates: [String: String]) {
        ids = templates.keys.sorted()
        var tree = TemplateTree()
        for (index, id) in ids.enumerated() {
            // A variable is read as the plainest value.
            let message = (templates[id] ?? "").split(separator: "<*>", omittingEmptySubsequences: false)
                .joined(separator: "0")
            var tokens = TokenTable()
            let elements = ElementParser.elements(of: MessageShape(Array(message.utf8).span).bytes[...], &tokens)
            tree.insert(elements, tokens, signature: Int32(truncatingIfNeeded: index))
        }
        self.tree = tree
    }

    /// The id of the template that a message fits; nil where it fits none.
    public func id(of message: Span<UInt8>) -> String? {
        var tokens = TokenTable()
        let elements = ElementParser.elements(of: MessageShape(message).bytes[...], &tokens)
        return tree.signature(of: elements, tokens).map { ids[Int($0)] }
    }
}
