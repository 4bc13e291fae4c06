internal import Glibc
internal import Records

/// Cuts a mail folder in one file (RFC 4155; `mboxo` and `mboxrd`) into its mails, in bounded memory.
///
/// A mail begins at a line `From sender date` that is the first or follows an empty one; a line without a whole date and time is text.
/// Of a line that begins with `>From `, `>>From ` and so on one `>` is taken off.
struct MboxReader {
    private let file: String
    private let longest: Int

    /// The start of a line whose end was not read yet.
    private var pending: [UInt8] = []
    /// Whether the line is so long that its start was handed on.
    private var isWithinLine = false
    private var wasBlank = true
    private var mail: MailFile?
    private var line = 0
    private var byte = 0
    /// Bytes before the first mail.
    private(set) var strayBytes = 0

    /// A line that is longer is handed on in pieces.
    private static let longestLine = 1 << 16

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - file: The name of the folder.
    ///   - longest: The most bytes of one mail.
    init(file: String, longest: Int = MailFile.longest) {
        self.file = file
        self.longest = longest
    }

    /// Whether a file begins as a mail folder does.
    static func isMbox(_ start: some Collection<UInt8>) -> Bool {
        start.drop { $0 == 0x0A || $0 == 0x0D }.starts(with: "From ".utf8)
    }

    /// Takes the next bytes, cut anywhere, and gives the mails that they complete.
    mutating func feed(_ chunk: UnsafeRawBufferPointer) -> [MailFile] {
        var complete: [MailFile] = []
        var start = 0
        while start < chunk.count, let base = chunk.baseAddress,
            let hit = memchr(base + start, 0x0A, chunk.count - start)
        {
            let end = UnsafeRawPointer(hit) - base + 1
            let piece = UnsafeRawBufferPointer(rebasing: chunk[start..<end])
            if pending.isEmpty {
                take(piece, &complete)
            } else {
                pending += piece
                takePending(&complete)
            }
            isWithinLine = false
            start = end
        }
        pending += chunk[start...]
        if pending.count > Self.longestLine {
            takePending(&complete)
            isWithinLine = true
        }
        return complete
    }

    /// Ends the folder and gives its last mails.
    mutating func finish() -> [MailFile] {
        var complete: [MailFile] = []
        if !pending.isEmpty { takePending(&complete) }
        if let last = mail.take() { complete.append(Self.withoutLastBlank(last)) }
        return complete
    }

    private mutating func takePending(_ complete: inout [MailFile]) {
        let line = pending
        pending = []
        line.withUnsafeBytes { take($0, &complete) }
    }

    /// Takes a line with its end, or a piece of one.
    private mutating func take(_ bytes: UnsafeRawBufferPointer, _ complete: inout [MailFile]) {
        defer { byte += bytes.count }
        if isWithinLine { return add(bytes) }
        line += 1
        let isCandidate = wasBlank && Self.begins(with: "From ", bytes)
        let arrival = isCandidate ? Self.arrival(bytes) : nil
        wasBlank = bytes.count == 1 || (bytes.count == 2 && bytes[0] == 0x0D)
        if let arrival {
            if let last = mail.take() { complete.append(Self.withoutLastBlank(last)) }
            mail = MailFile(
                bytes: [], arrival: arrival, place: ChannelPlace(file: file, line: line, byte: byte))
            return
        }
        let quotes = bytes.first == UInt8(ascii: ">") ? bytes.prefix { $0 == UInt8(ascii: ">") }.count : 0
        let isQuoted = quotes > 0 && Self.begins(with: "From ", UnsafeRawBufferPointer(rebasing: bytes[quotes...]))
        add(isQuoted ? UnsafeRawBufferPointer(rebasing: bytes[1...]) : bytes)
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard let held = mail?.bytes.count else {
            strayBytes += bytes.count
            return
        }
        if held + bytes.count > longest { mail?.isCut = true }
        mail?.bytes.append(contentsOf: bytes.prefix(longest - held))
    }

    private static func begins(with text: StaticString, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= text.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return memcmp(base, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// The date of a line that begins a mail; nil where it says none.
    private static func arrival(_ line: UnsafeRawBufferPointer) -> Instant? {
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: true)
        return words.count == 3 ? MailDate.instant(Array(words[2])) : nil
    }

    /// The empty line before the next mail belongs to the folder.
    private static func withoutLastBlank(_ mail: consuming MailFile) -> MailFile {
        if mail.bytes.count > 1, mail.bytes.last == 0x0A {
            let rest = MailHeaders.trimmed(mail.bytes, 0..<mail.bytes.count)
            if rest.isEmpty || mail.bytes[rest.upperBound - 1] == 0x0A { mail.bytes.removeSubrange(rest.upperBound...) }
        }
        return mail
    }
}
