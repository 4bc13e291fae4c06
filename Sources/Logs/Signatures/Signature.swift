/// What stays the same in a log message, and how many lines said it.
public struct Signature: Sendable, Hashable {
    /// Derived from the words and marks of the template: no restart, order or sharding changes it.
    public let id: SignatureID
    /// The message, with `<*>` where its variables are.
    ///
    /// It may hold what is constant in the lines, people's data included, so it goes through the redactor before it is
    /// kept.
    public let template: String
    /// The number of lines.
    public let lines: Int
    /// The identifiers of the parts that were merged into this signature because they differ only in values.
    ///
    /// They stay what they are when more lines merge more of them.
    public let parts: [SignatureID]
}
