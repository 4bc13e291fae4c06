internal import Algorithms

/// One pass over some whole lines: every word is hashed and looked up, every number and every telling punctuation mark is looked
/// around, and what stands there is verified on the spot.
///
/// No recogniser looks beyond the line, but the one for private keys, and none goes back further than a bound, so that the time is
/// linear in the bytes whatever they are.
struct TextScan: ~Copyable {
    let base: UnsafePointer<UInt8>
    let count: Int
    let classes: UnsafePointer<UInt8>
    /// ``KeyPrefix/firstTwo``.
    let prefixes: UnsafePointer<UInt8>
    let rules: ScanRules
    /// The tokens that are known to be in the text, in order.
    let tokens: [Range<Int>]
    /// Whether a stretch that has the form of a token was made with our key.
    let isOwnToken: (Range<Int>) -> Bool

    /// What was found, in order of its start, without overlaps.
    var findings: [Finding] = []
    /// What was announced or depended on a cue and was refused, with the stretch on which that rests, line after line.
    var refused: [Range<Int>] = []
    /// How far the last sentence was read.
    var reach = 0
    /// Where each remembered cue was last met, on this line.
    let cues: UnsafeMutablePointer<Int>
    var lineStart = 0
    var cueBits: UInt32 = 0

    init(
        _ base: UnsafePointer<UInt8>, count: Int, classes: UnsafePointer<UInt8>, prefixes: UnsafePointer<UInt8>,
        cues: UnsafeMutablePointer<Int>,
        rules: ScanRules, tokens: [Range<Int>], isOwnToken: @escaping (Range<Int>) -> Bool
    ) {
        self.base = base
        self.count = count
        self.classes = classes
        self.prefixes = prefixes
        self.cues = cues
        self.rules = rules
        self.tokens = tokens
        self.isOwnToken = isOwnToken
    }

    mutating func run() {
        var place = 0
        while place < count {
            let byteClass = classes[Int(base[place])]
            if byteClass & ByteClass.word.rawValue == 0 {
                place = byteClass & ByteClass.trigger.rawValue == 0 ? place + 1 : punctuation(at: place)
                continue
            }
            if byteClass & ByteClass.high.rawValue != 0 {
                let punctuation = widePunctuation(at: place)
                if punctuation > 0 {
                    place += punctuation
                    continue
                }
            }
            var hash = WordHash()
            var seen: UInt8 = 0
            var end = place
            var next = byteClass
            repeat {
                seen |= next
                hash.take(base[end])
                end += 1
                if end == count { break }
                let last = next
                next = classes[Int(base[end])]
                // A number after a letter of another script is a word of its own.
                if last & ByteClass.high.rawValue != 0, next & ByteClass.digit.rawValue != 0 { break }
                if next & ByteClass.high.rawValue != 0, widePunctuation(at: end) > 0 { break }
            } while next & ByteClass.word.rawValue != 0
            place = word(place, end, hash.value, ByteClass(rawValue: seen))
        }
    }

    /// Looks at a word and returns where to go on.
    private mutating func word(_ start: Int, _ end: Int, _ asciiHash: UInt64, _ seen: ByteClass) -> Int {
        if start + 1 < count, prefixes[Int(base[start]) << 8 | Int(base[start + 1])] != 0,
            let next = prefixedKey(start)
        {
            return next
        }
        if rules.customStarts[Int(base[start])], let next = custom(start) { return next }
        if seen.contains(.high) { rememberParts(start, end) }
        if base[start] <= UInt8(ascii: "4"), byte(start - 1) == UInt8(ascii: "%"), let next = encodedEmail(start) {
            return next
        }
        if seen.contains(.digit) {
            if classes[Int(base[start])] & ByteClass.digit.rawValue != 0, let next = number(start, end) { return next }
            if let next = mixedWord(start, end, seen) { return next }
            if rules.names.isEmpty { return end }
            let hash = seen.contains(.high) ? NameFolding.hash(base + start, end - start) : asciiHash
            return name(start, end, hash) ?? nameWithin(start, end, seen) ?? end
        }
        if end - start < 2 { return !rules.names.isEmpty && isUpper(start) ? name(start, end, asciiHash) ?? end : end }
        let hash = seen.contains(.high) ? NameFolding.hash(base + start, end - start) : asciiHash
        if seen.contains(.hexLetter), end - start <= 4 {
            if byte(end) == UInt8(ascii: ":"), let next = colonAddress(start) { return next }
            if mayBeDashedMAC(start), let next = dashedMAC(start) { return next }
        }
        let cue = Cue(rawValue: rules.cues[hash])
        if !cue.isEmpty, let next = take(cue, start, end) { return next }
        if end - start == 2, isUpper(start), isDigit(end + 1), let next = spacedInsurance(start) { return next }
        if !rules.names.isEmpty, let next = name(start, end, hash) ?? nameWithin(start, end, seen) { return next }
        if end - start > 11, byte(end) == UInt8(ascii: "."), let next = webToken(start) { return next }
        return end
    }

    /// Remembers a cue and looks for what it announces.
    private mutating func take(_ cue: Cue, _ start: Int, _ end: Int) -> Int? {
        rememberAll(cue, start, end)
        if !cue.isDisjoint(with: [.login, .service]), let next = accountPassword(cue, after: end) { return next }
        var cue = cue
        if byte(end) != UInt8(ascii: "/"), byte(end) != UInt8(ascii: "\\") { cue.remove(.folder) }
        guard !cue.isDisjoint(with: [.folder, .password, .secret, .scheme, .document]) else { return nil }
        reach = .max
        if cue.contains(.folder), let next = userFolder(start, end) { return next }
        if !cue.isDisjoint(with: [.password, .secret, .scheme]), let next = spoken(cue, start, end) { return next }
        if cue.contains(.document), let next = document(after: end) { return next }
        refused.append(start..<reach)
        return nil
    }

    private mutating func punctuation(at place: Int) -> Int {
        switch base[place] {
        case UInt8(ascii: "\n"):
            cueBits = 0
            lineStart = place + 1
            return place + 1
        case UInt8(ascii: "@"): return email(at: place, after: place + 1) ?? place + 1
        case UInt8(ascii: ":"):
            if byte(place + 1) == UInt8(ascii: "/"), byte(place + 2) == UInt8(ascii: "/") {
                return credentials(inURL: place + 3) ?? webhook(at: place + 3) ?? place + 3
            }
            if byte(place + 1) == UInt8(ascii: ":"), !isWord(place - 1), let next = colonAddress(place) { return next }
            return assigned(at: place) ?? numberedKey(at: place) ?? place + 1
        case UInt8(ascii: "="): return assigned(at: place) ?? place + 1
        case UInt8(ascii: "<"): return tokenEnd(at: place) ?? place + 1
        case UInt8(ascii: "-"): return privateKey(at: place) ?? option(at: place) ?? place + 1
        case UInt8(ascii: "~"): return azureSecret(at: place) ?? place + 1
        default: return rules.customStarts[Int(base[place])] ? custom(place) ?? place + 1 : place + 1
        }
    }

    // MARK: What the recognisers share

    /// The byte at a place; a line feed beyond both ends.
    @inline(__always)
    func byte(_ place: Int) -> UInt8 {
        place >= 0 && place < count ? base[place] : 0x0A
    }

    @inline(__always)
    func isDigit(_ place: Int) -> Bool {
        place >= 0 && place < count && classes[Int(base[place])] & ByteClass.digit.rawValue != 0
    }

    @inline(__always)
    func isWord(_ place: Int) -> Bool {
        place >= 0 && place < count && classes[Int(base[place])] & ByteClass.word.rawValue != 0
    }

    /// Whether a letter or a digit in ASCII stands at a place.
    ///
    /// Scripts without blanks write numbers and addresses right beside their letters.
    @inline(__always)
    func isPlain(_ place: Int) -> Bool {
        place >= 0 && place < count
            && classes[Int(base[place])] & (ByteClass.digit.rawValue | ByteClass.letter.rawValue) != 0
    }

    @inline(__always)
    func isLetter(_ place: Int) -> Bool {
        place >= 0 && place < count && classes[Int(base[place])] & ByteClass.letter.rawValue != 0
    }

    @inline(__always)
    func isUpper(_ place: Int) -> Bool {
        place >= 0 && place < count && classes[Int(base[place])] & ByteClass.upper.rawValue != 0
    }

    @inline(__always)
    func isBlank(_ place: Int) -> Bool {
        let byte = byte(place)
        return byte == 0x20 || byte == 0x09
    }

    @inline(__always)
    func isSpace(_ place: Int) -> Bool {
        let byte = byte(place)
        return byte == 0x20 || byte >= 0x09 && byte <= 0x0D
    }

    func endOfWord(_ start: Int) -> Int {
        var end = start
        while isWord(end), byte(end) < 0xC2 || widePunctuation(at: end) == 0 { end += 1 }
        return end
    }

    /// The bytes of a mark beyond ASCII that begins at a place; 0 where none does.
    @inline(__always)
    func widePunctuation(at place: Int) -> Int {
        place >= 0 && place < count ? WidePunctuation.count(at: place, base, count) : 0
    }

    /// Adds a finding and returns its end, or nothing where the tenant allows the value or a token fills it.
    mutating func add(_ kind: FindingKind, _ score: Double, _ start: Int, _ end: Int) -> Int? {
        guard start < end, !rules.allowed.allows(UnsafeBufferPointer(start: base + start, count: end - start), kind)
        else {
            return nil
        }
        if base[start] == UInt8(ascii: "<"), let token = tokenEnd(at: start), token >= end { return nil }
        var finding = Finding(kind: kind, score: score, range: start..<end)
        // What begins earlier may reach into this one, or this one may go back over it: both are hidden, as the surer of the two.
        while let last = findings.last, last.range.upperBound > finding.range.lowerBound {
            findings.removeLast()
            if last.score >= finding.score { (finding.kind, finding.score) = (last.kind, last.score) }
            finding.range =
                min(
                    last.range.lowerBound, finding.range.lowerBound)..<max(
                    last.range.upperBound, finding.range.upperBound)
        }
        findings.append(finding)
        return finding.range.upperBound
    }

    /// Where a token of ours that begins at a place ends.
    func tokenEnd(at place: Int) -> Int? {
        let known = tokens.partitioningIndex { $0.lowerBound >= place }
        if known < tokens.count, tokens[known].lowerBound == place { return tokens[known].upperBound }
        guard let end = RedactionToken.end(at: place, base, count), isOwnToken(place..<end) else { return nil }
        return end
    }
}
