/// Redacts a stream of bytes in blocks of any size and in bounded memory.
///
/// Lines are read whole up to ``longestPiece``; a longer line is cut where no finding lies, and what stood before the cut is read again as context. A
/// private key that goes over the end of a block waits for the rest.
public struct RedactionStream {
    /// The bytes of a line that are read at once.
    public static let longestPiece = 1 << 20
    /// The bytes before a piece that are read again, so that a word before the cut still counts.
    private static let context = 512
    /// The bytes at the end of a piece that wait for the next: more than any finding but a private key has.
    private static let tail = 1 << 16

    private var pass: RedactionPass
    private var pending: [UInt8] = []
    /// The bytes at the start of ``pending`` that were written already.
    private var written = 0
    private var lineNumber = 1
    private var lineOffset = 0
    private var isReporting: Bool

    /// A finding and its place in the stream.
    public struct Place: Sendable, Hashable {
        /// The line, from 1.
        public let line: Int
        /// What it is, with its place in the line, in bytes; it may end on a later line.
        public let finding: Finding
    }

    /// The findings so far, where they are wanted; whoever takes them may clear the list.
    public var places: [Place] = []

    /// Begins a stream.
    ///
    /// - Parameter isReporting: Whether ``places`` is filled.
    public init(_ redactor: Redactor, isReporting: Bool = false) {
        pass = RedactionPass(redactor)
        self.isReporting = isReporting
    }

    /// Takes the next bytes and appends what is settled to the output.
    public mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        pending.append(contentsOf: bytes)
        // Fed in crumbs, a long line would be read again and again.
        let newline = bytes.lastIndex(of: 0x0A)
        if newline != nil || pending.count - written > Self.longestPiece { drain(isAtEnd: false, &output) }
    }

    /// Ends the stream and appends the rest.
    public mutating func finish(to output: inout [UInt8]) {
        drain(isAtEnd: true, &output)
        pending = []
        written = 0
    }

    private mutating func drain(isAtEnd: Bool, _ output: inout [UInt8]) {
        var end = pending.count
        if !isAtEnd {
            if let newline = pending.lastIndex(of: 0x0A), newline >= written {
                end = newline + 1
                while let open = openKey(before: end), end - open < TextScan.longestKey { end = lineStart(open) }
            } else {
                end = cut()
            }
        }
        guard end > written else { return }
        let bytes = pending
        var found: [Finding] = []
        bytes.withUnsafeBufferPointer { bytes in
            var limit = end
            if !isAtEnd, pending[end - 1] != 0x0A {
                // A finding that reaches the cut waits whole.
                var probe: [Finding] = []
                var thrown: [UInt8] = []
                pass.append(bytes, from: written, to: &thrown, findings: &probe)
                for finding in probe.reversed()
                where finding.range.contains(limit) && finding.range.lowerBound > written {
                    limit = finding.range.lowerBound
                }
            }
            end = limit
            pass.append(UnsafeBufferPointer(rebasing: bytes[..<end]), from: written, to: &output, findings: &found)
        }
        report(found, upTo: end)
        // Context is of the same line only.
        let keep = pending[end - 1] == 0x0A ? end : max(end - Self.context, lineStart(end))
        pending.removeSubrange(..<keep)
        written = end - keep
    }

    /// Where to cut a line that is too long: at a blank before its tail, or anywhere.
    private func cut() -> Int {
        let latest = pending.count - Self.tail
        let blank = pending[max(written, latest - Self.tail)..<max(written, latest)].lastIndex {
            $0 == 0x20 || $0 == 0x09
        }
        return blank.map { $0 + 1 } ?? max(written, latest)
    }

    /// Where a private key begins whose end has not come yet.
    private func openKey(before end: Int) -> Int? {
        var place = end - 9
        while place >= max(written, end - TextScan.longestKey) {
            if pending[place] == UInt8(ascii: "-"), pending[place + 5] != UInt8(ascii: "-") {
                let armour = pending[place..<min(end, place + 11)]
                if armour.starts(with: "-----END ".utf8) { return nil }
                if armour.elementsEqual("-----BEGIN ".utf8) { return place }
            }
            place -= 1
        }
        return nil
    }

    private func lineStart(_ place: Int) -> Int {
        (pending[written..<max(written, place)].lastIndex(of: 0x0A) ?? written - 1) + 1
    }

    private mutating func report(_ found: [Finding], upTo end: Int) {
        guard isReporting else { return }
        var place = written
        var next = 0
        while place < end || next < found.count {
            let newline = pending[place..<end].firstIndex(of: 0x0A).map { $0 + 1 } ?? end
            while next < found.count, found[next].range.lowerBound < newline || newline == end {
                places.append(Place(line: lineNumber, finding: found[next].moved(by: lineOffset - place)))
                next += 1
            }
            if newline > place, pending[newline - 1] == 0x0A {
                lineNumber += 1
                lineOffset = 0
            } else {
                lineOffset += newline - place
            }
            place = newline
            if place >= end { break }
        }
    }
}
