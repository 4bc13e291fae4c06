import Commands
import Records

extension RejectedRow {
    /// Writes rows with their reasons as CSV: file, line, field, reason, row.
    static func write(_ rows: [RejectedRow], to path: String) throws {
        func quoted(_ text: String) -> String {
            "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        var text = "file,line,field,reason,row\n"
        for row in rows {
            let columns = [
                row.fault.file, "\(row.fault.line)", row.fault.field, row.fault.description,
                String(decoding: row.raw, as: UTF8.self),
            ]
            text += columns.map(quoted).joined(separator: ",") + "\n"
        }
        try program.write(text, to: path)
    }
}
