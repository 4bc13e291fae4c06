import ArgumentParser
import Commands
import Glibc
import Records

/// Replaces personal data and secrets by tokens.
struct Redact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replace personal data and secrets in a text by tokens.",
        discussion: """
            Reads from standard input and writes to standard output; everything that is no finding is kept byte for byte. A token \
            such as <email:3f9c2ab41d0755e08a91> is the same for the same value under the same key. The key is that of --key-file, or \
            that of the variable CASEBOOK_KEY, and has \(Redactor.leastKeyBytes) bytes or more; line ends at its end do not count.

            With --attributes, the input is a log in any format that `casebook formats` knows, and the output its records \
            as JSON lines with the keys of OTLP. Then only what the rules list under "attributes" is kept of the \
            values of attributes and resources, after redaction, and every other value is hidden whole.
            """)

    @OptionGroup
    var options: RedactionOptions

    @Flag(
        help:
            "Write what was found instead: CSV with line, kind, score, start and end (bytes in the line), never the value."
    )
    var findings = false

    @Flag(help: "Read log records, and hide the values of attributes that the rules do not list.")
    var attributes = false

    @OptionGroup
    var log: LogOptions

    func validate() throws {
        if attributes, findings { throw ValidationError("give one of --attributes and --findings") }
    }

    func run() throws {
        if attributes { return try redactRecords() }
        let redactor = try options.redactor(for: "redact")
        var stream = RedactionStream(redactor, isReporting: findings)
        var redacted: [UInt8] = []
        if findings { try put(Array("line,kind,score,start,end\n".utf8)) }
        try StandardInput.read(for: "redact") {
            stream.append($0, to: &redacted)
            try flush(&stream, &redacted)
        }
        stream.finish(to: &redacted)
        try flush(&stream, &redacted)
    }

    private func flush(_ stream: inout RedactionStream, _ redacted: inout [UInt8]) throws {
        if findings {
            var rows = ""
            for place in stream.places {
                let (line, finding) = (place.line, place.finding)
                rows +=
                    "\(line),\(finding.kind.name),\(finding.score),\(finding.range.lowerBound),\(finding.range.upperBound)\n"
            }
            stream.places.removeAll(keepingCapacity: true)
            try put(Array(rows.utf8))
        } else {
            try put(redacted)
        }
        redacted.removeAll(keepingCapacity: true)
    }

    func put(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw Program.casebook("redact").failure(
                    "standard output: \(String(cString: strerror(errno)))", EX_IOERR)
            }
            written += count
        }
    }
}
