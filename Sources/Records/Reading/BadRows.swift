/// What a reader does with a row that is wrong.
public enum BadRows: Sendable {
    /// The first bad row is thrown.
    case areErrors
    /// Bad rows are collected with their reasons and the others are read.
    case areSetAside
}
