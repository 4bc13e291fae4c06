internal import FoundationEssentials
public import Records

extension SignatureDecision {
    private struct Line: Decodable {
        var merge: [String]?
        var split: String?
    }

    /// Reads decisions: one JSON object a line, `{"merge": ["ID", "ID", ...]}` or `{"split": "ID"}`.
    ///
    /// Other keys, such as who decided and when, are left alone; empty lines are skipped.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)`` with the line and the field that is wrong.
    public static func read(_ file: RecordFile) throws(RecordError) -> [SignatureDecision] {
        var decisions: [SignatureDecision] = []
        let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            func fault(_ field: String, _ reason: RowFault.Reason, _ excerpt: String) -> RecordError {
                .invalidRow(
                    RowFault(file: file.path, line: index + 1, field: field, excerpt: excerpt, reason: reason))
            }
            let text = String(decoding: line, as: UTF8.self)
            guard let read = try? JSONDecoder().decode(Line.self, from: Data(line)) else {
                throw fault("", .wrongType(expected: "a decision with merge (a list of ids) or split (an id)"), text)
            }
            func id(_ text: String, _ field: String) throws(RecordError) -> SignatureID {
                guard let id = SignatureID(text) else {
                    throw fault(field, .wrongType(expected: "an id of sixteen hexadecimal digits"), text)
                }
                return id
            }
            switch (read.merge, read.split) {
            case (let merge?, nil):
                var ids: [SignatureID] = []
                for text in merge { ids.append(try id(text, "merge")) }
                guard ids.count > 1 else { throw fault("merge", .outOfRange("two ids and more"), "\(ids.count)") }
                decisions.append(.merge(ids))
            case (nil, let split?): decisions.append(.split(try id(split, "split")))
            case (nil, nil): throw fault("merge", .missingValue, text)
            case (_?, _?): throw fault("merge", .conflict(with: "split"), text)
            }
        }
        return decisions
    }
}
