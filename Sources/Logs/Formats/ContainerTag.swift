internal import Records

/// What the runtime of a container writes between the time and the line of a program: `stdout F` or `stderr P`.
///
/// Source: Kubernetes design proposal "Container Runtime Interface: container log format", kubelet-cri-logging.
struct ContainerTag: Sendable, Equatable, BitwiseCopyable {
    /// Whether the program wrote to its standard error.
    let isError: Bool
    /// Whether the line of the program goes on with the next one of its stream.
    let isPartial: Bool
    /// The offset of what the program wrote.
    let content: Int

    /// Reads a tag; nil when none stands there.
    init?(_ line: UnsafeRawBufferPointer, at start: Int) {
        let end = start + 8
        guard end <= line.count, TraceLines.begins(UnsafeRawBufferPointer(rebasing: line[start...]), "std"),
            line[start + 6] == 0x20, end == line.count || line[end] == 0x20
        else { return nil }
        let name = UnsafeRawBufferPointer(rebasing: line[start + 3..<start + 6])
        isError = TraceLines.begins(name, "err")
        guard isError || TraceLines.begins(name, "out") else { return nil }
        switch line[start + 7] {
        case UInt8(ascii: "F"): isPartial = false
        case UInt8(ascii: "P"): isPartial = true
        default: return nil
        }
        content = min(end + 1, line.count)
    }
}
