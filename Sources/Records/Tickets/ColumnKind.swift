/// What the values of a column are.
public enum ColumnKind: String, Sendable, Hashable, Codable {
    /// Words with few or many levels.
    case categorical
    /// Numbers.
    case numeric
    /// Free text.
    case text
}
