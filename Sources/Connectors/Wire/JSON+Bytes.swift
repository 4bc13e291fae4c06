internal import FoundationEssentials

extension JSON {
    /// Reads a whole document.
    ///
    /// - Throws: ``SystemFault/unreadable(_:)`` when the bytes are no JSON, or nest too deeply.
    public init(bytes: [UInt8]) throws(SystemFault) {
        do {
            self = try JSONDecoder().decode(JSON.self, from: Data(bytes))
        } catch {
            throw .unreadable("what was answered is no JSON, or was cut short after \(bytes.count) bytes")
        }
    }

    /// The document, its members in the order of their names.
    public var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Numbers that JSON has no form for are the only values that cannot be encoded, and nothing here makes them.
        return (try? encoder.encode(self)).map(Array.init) ?? Array("null".utf8)
    }

    /// The document as text.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
