/// A row that was set aside, with all its bytes.
public struct RejectedRow: Equatable, Sendable {
    /// Where and why.
    public let fault: RowFault
    /// The row as it stood in the file, without its line end.
    public let raw: [UInt8]

    /// Creates a rejected row.
    public init(fault: RowFault, raw: [UInt8]) {
        self.fault = fault
        self.raw = raw
    }
}
