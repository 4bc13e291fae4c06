internal import Glibc
public import Records

/// Finds the signatures of log lines that people paste into what they write, among those that are known; learns nothing.
public struct PastedSignatures: Sendable {
    /// The fewest words of a template that say which error it is: with one word less many programs write the same.
    private static let leastWords = 2
    /// The least severity of a line that can be what the ticket is about, where the line has one: WARN.
    private static let leastSeverity: UInt8 = 13

    private let set: SignatureSet

    /// Takes the signatures of shapes that were kept, with the lines of each.
    public init(shapes: [(shape: RedactedText, lines: Int)]) {
        set = SignatureMiner(redactor: nil, shapes: shapes).signatures()
    }

    /// The ids of the signatures whose lines stand in a text, in the order in which they come; none of lines that say less than a warning.
    ///
    /// - Complexity: O(bytes).
    public func ids(in text: RedactedText) -> [String] {
        var batch = LogBatch()
        var stream = LogStream(observedTime: 0)
        stream.read(Self.written(text), into: &batch)
        stream.finish(into: &batch)
        var ids: [String] = []
        var seen: Set<Int> = []
        for record in batch.records where record.countedSeverity == 0 || record.countedSeverity >= Self.leastSeverity {
            guard let index = batch.withMessage(record, set.index(matching:)), seen.insert(index).inserted else {
                continue
            }
            let signature = set.signatures[index]
            if Self.words(of: signature.template) >= Self.leastWords { ids.append(signature.id.description) }
        }
        return ids
    }

    /// The bytes of a text with the plainest value in place of each token, as what a token stands for is a variable of the line.
    private static func written(_ text: RedactedText) -> [UInt8] {
        var bytes: [UInt8] = []
        text.forEachPiece { piece in
            switch piece {
            case .words(let words): bytes += words
            case .token: bytes.append(UInt8(ascii: "0"))
            }
        }
        return bytes
    }

    /// The words of a template that are not variables: runs of two letters or more, which may be of any script.
    private static func words(of template: String) -> Int {
        var (words, run) = (0, 0)
        for byte in template.utf8 {
            run = isalpha(Int32(byte)) != 0 || byte >= 0x80 ? run + 1 : 0
            if run == 2 { words += 1 }
        }
        return words
    }
}
