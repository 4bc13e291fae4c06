import Logs
import Service

extension IngestReport {
    /// One line for people.
    var text: String {
        var text = "\(logs) logs, \(lines) lines, \(records) records"
        if recordsWithoutTime > 0 { text += ", \(recordsWithoutTime) without time" }
        if skippedLines > 0 { text += ", \(skippedLines) lines skipped" }
        if passedLines > 0 { text += ", \(passedLines) lines counted and not read" }
        if recordsWithoutScope > 0 {
            text += ", \(recordsWithoutScope) records without a scope, beyond \(EventCounter.mostScopes) scopes"
        }
        if let recordsWithoutAccount, records > 0 {
            let share = 100 * Double(recordsWithoutAccount) / Double(records)
            text += ", \(Int(share.rounded())) % of the records name no account that the store knows"
        }
        if copies > 0 { text += ", \(copies) \(copies == 1 ? "copy" : "copies") of other logs left out" }
        if leftOut > 0 { text += ", \(leftOut) \(leftOut == 1 ? "file" : "files") that are no logs left out" }
        for (kind, count) in faults.sorted(by: { $0.key < $1.key }) { text += ", \(kind) \(count)" }
        return text
    }
}
