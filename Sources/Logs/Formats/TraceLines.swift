/// Tells whether a line of plain text goes on with the record before it, above all in a stack trace.
///
/// It knows the traces of Java and the JVM's languages, .NET, Python, Go and JavaScript by what their lines begin and end
/// with, and takes an indented line for a part of what stands above it.
struct TraceLines: Sendable {
    private enum Trace {
        case none
        /// A list of frames whose first line is the error, as in Java, .NET and JavaScript.
        case frames
        /// Python: frames first, the error after them.
        case tracebackFrames
        /// Python: the error has been said.
        case tracebackEnd
        /// Python: the error has been said, and that another one followed from it.
        case tracebackChained
        /// Go: the blocks of goroutines.
        case goroutines
    }

    private var trace = Trace.none
    /// Whether the last line that went on is the error at the end of a traceback.
    private(set) var isError = false

    /// Whether a line goes on with the record above; a line that does not begins a record.
    ///
    /// - Parameters:
    ///   - line: A line without a time at its start.
    ///   - isStamped: Whether the record above begins with a time or a level, as a message of a logger does.
    mutating func goesOn(_ line: UnsafeRawBufferPointer, isStamped: Bool) -> Bool {
        isError = false
        guard let first = line.first else { return true }
        if Self.begins(line, "Traceback (most recent call last)") {
            defer { trace = .tracebackFrames }
            return trace == .tracebackChained || (isStamped && trace == .none)
        }
        if Self.isGoroutine(line) || Self.isPanic(line) {
            defer { trace = .goroutines }
            return (isStamped && trace == .none) || (trace == .goroutines && !Self.isPanic(line))
        }
        if first == 0x20 || first == 0x09 {
            if trace == .none { trace = .frames }
            if trace == .tracebackEnd { trace = .tracebackFrames }
            return true
        }
        switch trace {
        case .tracebackFrames:
            trace = .tracebackEnd
            isError = true
            return true
        case .tracebackEnd:
            let isChained =
                Self.begins(line, "During handling of the above exception")
                || Self.begins(line, "The above exception was the direct cause")
            if isChained { trace = .tracebackChained }
            return isChained
        case .goroutines where Self.isGoLine(line):
            return true
        case .none, .frames, .goroutines, .tracebackChained:
            break
        }
        if Self.begins(line, "Caused by: ") || Self.begins(line, "Suppressed: ") || Self.begins(line, "--- End of ")
            || Self.begins(line, "... ") || Self.isClosing(line)
        {
            return true
        }
        if isStamped, trace == .none, Self.isErrorName(line) {
            trace = .frames
            return true
        }
        return false
    }

    /// Begins a record.
    mutating func begin(_ line: UnsafeRawBufferPointer) {
        if Self.begins(line, "Traceback (most recent call last)") {
            trace = .tracebackFrames
        } else if Self.isGoroutine(line) || Self.isPanic(line) {
            trace = .goroutines
        } else {
            trace = .none
        }
    }

    static func begins(_ line: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        line.starts(with: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func isGoroutine(_ line: UnsafeRawBufferPointer) -> Bool {
        begins(line, "goroutine ") && line.last == 0x3A
    }

    private static func isPanic(_ line: UnsafeRawBufferPointer) -> Bool {
        begins(line, "panic: ") || begins(line, "fatal error: ")
    }

    /// `package.function(0x1, 0x2)`, `created by …`, `[signal …`, `exit status 2`.
    private static func isGoLine(_ line: UnsafeRawBufferPointer) -> Bool {
        if begins(line, "created by ") || begins(line, "[signal ") || begins(line, "exit status ") { return true }
        if begins(line, "runtime stack:") { return true }
        guard line.last == 0x29, let open = line.lastIndex(of: 0x28) else { return false }
        return !line[..<open].contains(0x20)
    }

    /// Only brackets and commas that close what stands above.
    private static func isClosing(_ line: UnsafeRawBufferPointer) -> Bool {
        line.allSatisfy { $0 == 0x7D || $0 == 0x5D || $0 == 0x29 || $0 == 0x2C || $0 == 0x3B }
    }

    /// A name that ends in `Error`, `Exception` or `Throwable`, alone or before a colon.
    static func isErrorName(_ line: UnsafeRawBufferPointer) -> Bool {
        var end = 0
        while end < line.count, end < 200, TimeScanner.isWord(line[end]) || "._$`".utf8.contains(line[end]) { end += 1 }
        guard end == line.count || line[end] == 0x3A else { return false }
        return endsAsError(UnsafeRawBufferPointer(rebasing: line[..<end]))
    }

    /// Whether a name ends as those of exceptions do.
    static func endsAsError(_ name: UnsafeRawBufferPointer) -> Bool {
        switch name.last {
        case UInt8(ascii: "r"): ends(name, "Error")
        case UInt8(ascii: "n"): ends(name, "Exception")
        case UInt8(ascii: "e"): ends(name, "Throwable") || ends(name, "Failure")
        default: false
        }
    }

    private static func ends(_ name: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        let start = name.count - text.utf8CodeUnitCount
        return start >= 0 && begins(UnsafeRawBufferPointer(rebasing: name[start...]), text)
    }
}
