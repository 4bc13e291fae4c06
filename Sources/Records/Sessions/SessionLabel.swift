/// What a column of labels says of a session or a line.
///
/// Normal are `0`, `-`, `normal` and `false`; anomalous are `1`, `anomalous`, `anomaly`, `abnormal` and `true`, whatever
/// the case of their letters. Where lines are labelled one by one, any other word is the class of an alert.
enum SessionLabel {
    /// Whether a label says anomalous; nil where it says neither.
    static func isAnomalous(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "0", "-", "normal", "false": false
        case "1", "anomalous", "anomaly", "abnormal", "true": true
        default: nil
        }
    }
}
