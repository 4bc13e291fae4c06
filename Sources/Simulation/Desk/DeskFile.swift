/// A file of a simulated desk, not yet written anywhere.
public struct DeskFile: Sendable, Equatable {
    /// The name inside the folder of the desk.
    public let name: String
    /// The whole text, with a line feed after every line.
    public let contents: String
}
