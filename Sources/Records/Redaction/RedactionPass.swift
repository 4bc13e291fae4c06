internal import Glibc

/// Redacts one piece of text after another with one key, and remembers the tokens of the last values.
struct RedactionPass {
    private let redactor: Redactor
    /// Empty until so many tokens were made that room for them pays: most passes read one short text.
    private var remembered: [RememberedToken?] = []
    private var tokensMade = 0

    /// Room that one text after another is written into.
    private var output: [UInt8] = []

    private struct RememberedToken {
        let kind: FindingKind
        let value: [UInt8]
        let token: [UInt8]
    }

    private static let tokensBeforeRoom = 64
    /// How often the lines with findings are read again before they are hidden whole.
    private static let mostRounds = 16

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// A short text with tokens in place of the findings; bytes that are not UTF-8 become U+FFFD.
    mutating func redact(_ text: UnsafeRawBufferPointer) -> RedactedText {
        text.withMemoryRebound(to: UInt8.self) { bytes in
            var findings: [Finding] = []
            output.removeAll(keepingCapacity: true)
            var written = output
            output = []
            append(bytes, from: 0, to: &written, findings: &findings)
            output = written
            return RedactedText(redacted: String(decoding: output, as: UTF8.self))
        }
    }

    /// Appends whole lines with tokens in place of the findings, and appends the findings with their places in `text`.
    mutating func append(_ text: [UInt8], to output: inout [UInt8], findings: inout [Finding]) {
        text.withUnsafeBufferPointer { bytes in
            append(bytes, from: 0, to: &output, findings: &findings)
        }
    }

    /// As above; what stands before `start` gives the context and is not written.
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, to output: inout [UInt8], findings: inout [Finding]
    ) {
        guard let base = text.baseAddress, text.count > start else { return }
        var (found, refused) = scan(text, tokens: [])
        if start > 0 {
            found = found.compactMap { finding in
                guard finding.range.upperBound > start else { return nil }
                return Finding(
                    kind: finding.kind, score: finding.score,
                    range: max(start, finding.range.lowerBound)..<finding.range.upperBound)
            }
        }
        var settled = SettledLines(text, refused: refused)
        var written = start
        var next = 0
        while next < found.count {
            // The lines that these findings stand on.
            let from = max(start, Self.lineStart(found[next].range.lowerBound, text))
            var to = Self.lineEnd(found[next].range.upperBound, text)
            var last = next
            while last + 1 < found.count, found[last + 1].range.lowerBound < to {
                last += 1
                to = max(to, Self.lineEnd(found[last].range.upperBound, text))
            }
            // Of a line that began before, not all is known, nor how far recognisers of the tenant look.
            if from > start || start == 0, redactor.rules.recognisers.isEmpty,
                settled.contain(from..<to, found[next...last])
            {
                for finding in found[next...last] {
                    output.append(
                        contentsOf: UnsafeBufferPointer(rebasing: text[written..<finding.range.lowerBound]))
                    output.append(
                        contentsOf: token(finding.kind, UnsafeBufferPointer(rebasing: text[finding.range])))
                    written = finding.range.upperBound
                }
                findings.append(contentsOf: found[next...last])
            } else {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<from]))
                let segment = UnsafeBufferPointer(start: base + from, count: to - from)
                var inside = found[next...last].map { $0.moved(by: -from) }
                settle(segment, &inside, &output)
                findings.append(contentsOf: inside.map { $0.moved(by: from) })
                written = to
            }
            next = last + 1
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }

    /// Writes lines with tokens, and reads them again until nothing more is found in them.
    ///
    /// This is for lines that are not settled at once (``SettledLines``): a token changes what stands around it: words come closer, and what was part of a larger finding is seen alone. Without this, a second
    /// redaction could find more than the first.
    private mutating func settle(
        _ segment: UnsafeBufferPointer<UInt8>, _ findings: inout [Finding], _ output: inout [UInt8]
    ) {
        let begin = output.count
        for _ in 0..<Self.mostRounds {
            let tokens = render(segment, findings, into: &output)
            let more = output.withUnsafeBufferPointer { bytes in
                scan(UnsafeBufferPointer(rebasing: bytes[begin...]), tokens: tokens).findings
            }
            if more.isEmpty { return }
            findings = Self.merged(findings, more.map { Self.original($0, tokens, findings) })
            output.removeSubrange(begin...)
        }
        let kind = findings.first?.kind ?? .secret
        findings = [Finding(kind: kind, score: 0.5, range: 0..<segment.count)]
        _ = render(segment, findings, into: &output)
    }

    /// ``TextScan/findings`` and ``TextScan/refused`` of a text.
    private func scan(
        _ text: UnsafeBufferPointer<UInt8>, tokens: [Range<Int>]
    ) -> (findings: [Finding], refused: [Range<Int>]) {
        guard let base = text.baseAddress else { return ([], []) }
        let rules = redactor.rules
        return rules.classes.withUnsafeBufferPointer { classes in
            rules.prefixes.withUnsafeBufferPointer { prefixes in
                withUnsafeTemporaryAllocation(of: Int.self, capacity: Cue.count) { cues in
                    guard let classes = classes.baseAddress, let prefixes = prefixes.baseAddress,
                        let cues = cues.baseAddress
                    else { return ([], []) }
                    var scan = TextScan(
                        base, count: text.count, classes: classes, prefixes: prefixes, cues: cues, rules: rules,
                        tokens: tokens
                    ) { range in
                        redactor.tokens.isOurs(UnsafeBufferPointer(rebasing: text[range]))
                    }
                    scan.run()
                    return (scan.findings, scan.refused)
                }
            }
        }
    }

    /// Appends the text with tokens and returns where in what it appended the tokens stand.
    private mutating func render(
        _ segment: UnsafeBufferPointer<UInt8>, _ findings: [Finding], into output: inout [UInt8]
    ) -> [Range<Int>] {
        let begin = output.count
        var places: [Range<Int>] = []
        var written = 0
        for finding in findings {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: segment[written..<finding.range.lowerBound]))
            let value = UnsafeBufferPointer(rebasing: segment[finding.range])
            let token = token(finding.kind, value)
            places.append(output.count - begin..<output.count - begin + token.count)
            output.append(contentsOf: token)
            for byte in value where byte == 0x0A { output.append(byte) }
            written = finding.range.upperBound
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: segment[written...]))
        return places
    }

    private mutating func token(_ kind: FindingKind, _ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if remembered.isEmpty {
            tokensMade += 1
            guard tokensMade > Self.tokensBeforeRoom else {
                return redactor.tokens.token(kind.name, NormalForm.of(value, kind))
            }
            remembered = Array(repeating: nil, count: 4_096)
        }
        var hash = WordHash()
        for byte in value.prefix(256) { hash.take(byte) }
        let place = Int(truncatingIfNeeded: hash.value ^ hash.value >> 32) & (remembered.count - 1)
        if let known = remembered[place], known.kind == kind, known.value.elementsEqual(value) { return known.token }
        let token = redactor.tokens.token(kind.name, NormalForm.of(value, kind))
        if value.count <= 256 {
            remembered[place] = RememberedToken(kind: kind, value: Array(value), token: token)
        }
        return token
    }

    /// A finding in rendered text as a stretch of what was rendered: a token that it touches belongs to it whole.
    private static func original(_ finding: Finding, _ tokens: [Range<Int>], _ findings: [Finding]) -> Finding {
        func place(_ rendered: Int, isEnd: Bool) -> Int {
            var shift = 0
            for (token, finding) in zip(tokens, findings) {
                if rendered < token.lowerBound || isEnd && rendered == token.lowerBound { break }
                if rendered < token.upperBound || isEnd && rendered == token.upperBound {
                    return isEnd ? finding.range.upperBound : finding.range.lowerBound
                }
                shift = finding.range.upperBound - token.upperBound
            }
            return rendered + shift
        }
        let lower = place(finding.range.lowerBound, isEnd: false)
        return Finding(
            kind: finding.kind, score: finding.score,
            range: lower..<max(lower, place(finding.range.upperBound, isEnd: true)))
    }

    /// Two lists as one, in order; what overlaps becomes one finding of the surer kind.
    private static func merged(_ first: [Finding], _ second: [Finding]) -> [Finding] {
        var merged: [Finding] = []
        for finding in (first + second).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = merged.last, last.range.upperBound > finding.range.lowerBound else {
                merged.append(finding)
                continue
            }
            let surer = last.score >= finding.score ? last : finding
            merged[merged.count - 1] = Finding(
                kind: surer.kind, score: surer.score,
                range: last.range.lowerBound..<max(last.range.upperBound, finding.range.upperBound))
        }
        return merged
    }

    private static func lineStart(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
        text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }

    /// Past the line end that follows a place.
    private static func lineEnd(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = text.baseAddress, let hit = memchr(base + place, 0x0A, text.count - place) else {
            return text.count
        }
        return UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
    }
}

extension Finding {
    /// The same finding in a text that begins elsewhere.
    func moved(by offset: Int) -> Finding {
        Finding(kind: kind, score: score, range: range.lowerBound + offset..<range.upperBound + offset)
    }
}
