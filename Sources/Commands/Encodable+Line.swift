import FoundationEssentials

extension Encodable {
    /// One line of JSON as programs write it: keys in order, slashes as they are.
    ///
    /// - Throws: `EncodingError` for a number that is not finite.
    public var jsonLine: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
