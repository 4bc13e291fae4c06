/// Says what is wrong with JSON, without the values.
enum JSONComplaint {
    /// Which field is wrong, and how.
    static func text(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "no JSON" }
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (key.map { [$0] } ?? [])
            return keys.filter { $0.intValue == nil }.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return "field \"\(path(context, key))\": a value is needed here"
        case .valueNotFound(_, let context): return "field \"\(path(context))\": a value is needed here"
        case .typeMismatch(let type, let context):
            let name =
                type == String.self ? "a text" : type == Bool.self ? "true or false" : "of the type that is needed"
            return path(context).isEmpty ? "no JSON object" : "field \"\(path(context))\": not \(name)"
        case .dataCorrupted(let context):
            return path(context).isEmpty ? "no JSON" : "field \"\(path(context))\": \(context.debugDescription)"
        @unknown default: return "no JSON"
        }
    }
}
