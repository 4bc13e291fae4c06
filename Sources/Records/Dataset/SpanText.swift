internal import Algorithms
internal import FoundationEssentials

/// A text with labelled spans.
public struct SpanText: Sendable {
    /// A label and the bytes of the text at which it stands.
    public struct Label: Sendable, Hashable {
        /// What the stretch is, in the words of the data set.
        public var type: String
        /// The bytes.
        public var range: Range<Int>
    }

    /// The text.
    public let text: RawText
    /// The labels.
    public let labels: [Label]
    /// The byte at which each Unicode scalar begins, and the length.
    private let starts: [Int]

    /// The number of Unicode scalars before a byte, for those who count characters.
    public func character(at byte: Int) -> Int {
        starts.dropLast().partitioningIndex { $0 >= byte }
    }

    /// Reads a list of texts.
    ///
    /// `[{"full_text": "…", "spans": [{"entity_type": "…", "start_position": 0, "end_position": 4}]}]`, with positions in Unicode scalars.
    /// Other keys are passed over.
    ///
    /// - Throws: ``RecordError/emptyFile(file:)`` or ``RecordError/invalidRow(_:)``, which gives the number of the text in the list, from 1, as the line.
    public static func read(_ file: RecordFile) throws(RecordError) -> [SpanText] {
        struct Entry: Decodable {
            var text: String
            var spans: [Span]
            enum CodingKeys: String, CodingKey {
                case text = "full_text"
                case spans
            }
        }
        struct Span: Decodable {
            var type: String
            var start: Int
            var end: Int
            enum CodingKeys: String, CodingKey {
                case type = "entity_type"
                case start = "start_position"
                case end = "end_position"
            }
        }
        guard !file.bytes.isEmpty else { throw .emptyFile(file: file.path) }
        func fault(_ number: Int, _ field: String, _ excerpt: String, _ reason: RowFault.Reason) -> RecordError {
            .invalidRow(RowFault(file: file.path, line: number, field: field, excerpt: excerpt, reason: reason))
        }
        let entries: [Entry]
        do {
            entries = try JSONDecoder().decode([Entry].self, from: Data(file.bytes))
        } catch let error as DecodingError {
            let path = error.codingPath
            throw fault(
                (path.first?.intValue ?? 0) + 1, path.last { $0.intValue == nil }?.stringValue ?? "", "",
                .wrongType(expected: "a list of texts with full_text and spans"))
        } catch {
            throw fault(1, "", "", .wrongType(expected: "a JSON list of texts"))
        }
        var texts: [SpanText] = []
        for (index, entry) in entries.enumerated() {
            var starts: [Int] = []
            var place = 0
            for scalar in entry.text.unicodeScalars {
                starts.append(place)
                place += UTF8.width(scalar)
            }
            starts.append(place)
            var labels: [Label] = []
            for span in entry.spans {
                guard 0 <= span.start, span.start < span.end, span.end < starts.count else {
                    throw fault(
                        index + 1, "start_position", "\(span.start)..<\(span.end)", .outOfRange("inside the text"))
                }
                labels.append(Label(type: span.type, range: starts[span.start]..<starts[span.end]))
            }
            texts.append(SpanText(text: RawText(entry.text), labels: labels, starts: starts))
        }
        return texts
    }
}

extension DecodingError {
    fileprivate var codingPath: [any CodingKey] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }
}
