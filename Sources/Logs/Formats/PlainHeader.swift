internal import Records

/// What the header of a line of plain text says, and where the message begins.
///
/// No format is known beforehand. The line is read word by word from the left. A time, a level, a bracket after one of
/// them, a name with a process number, a structured name with a colon and a dash between spaces are *anchors*: what stands
/// before an anchor belongs to the header, when it is short and looks like a host, number or component and not like
/// prose. The header ends after the last anchor. Anchors after the last time and level may be the start of the message
/// instead, which the other lines of the log tell. A line without a time has no header: a level at its start may be the
/// first word of what it says.
struct PlainHeader {
    /// Nanoseconds since 1970 UTC.
    var time: Int64?
    /// Whether a time stands at the start, also when it does not fit into nanoseconds or has no date.
    var hasStamp = false
    var isOutOfRange = false
    /// Whether the time is a bare number, which might also be something else.
    var isNumber = false
    var severityNumber = 0
    var severityText = 0..<0
    /// Whether its date shows that in this log the day comes before the month.
    var isDayFirst = false
    /// What a container's runtime says of the line; nil where it says nothing.
    var container: ContainerTag?
    /// The offset of the message when all candidates are columns.
    var message = 0
    /// What may be a column or the start of the message.
    var candidates = ColumnCandidates()

    /// The most bytes that are looked at.
    private static let longest = 640
    /// The most words before an anchor.
    private static let mostWords = 4

    init(_ line: UnsafeRawBufferPointer, clock: LogClock) {
        let line = UnsafeRawBufferPointer(rebasing: line.prefix(Self.longest))
        var words = HeaderWords(line)
        var loose = 0
        var isProse = false
        var hasTag = false
        // Whether a column of words was taken, after which a name with a colon is said in the message.
        var hasName = false
        var looseHasLetters = false
        var isLoud = false
        while loose <= Self.mostWords, let word = words.next() {
            if let stamp = stamp(line, word, clock: clock, isFirst: !hasStamp) {
                if isProse { break }
                words.go(to: stamp)
                message = words.pastSeparators()
                candidates.close(with: .time)
                loose = 0
                continue
            }
            if hasStamp, container == nil, loose == 0, severityNumber == 0, let tag = ContainerTag(line, at: word.start)
            {
                container = tag
                words.go(to: tag.content)
                message = tag.content
                candidates.close(with: .container)
                continue
            }
            let isAnchored = message > 0
            let mayBeSmall = isAnchored && loose == 0
            if !isProse, severityNumber == 0,
                let end = level(line, word, words, isAtStart: !isAnchored && loose == 0, mayBeSmall: mayBeSmall)
            {
                // After a name and a colon it is a part of what is said.
                if hasTag { break }
                words.go(to: end)
                message = words.pastSeparators()
                candidates.close(with: .level)
                loose = 0
                continue
            }
            if hasTag { break }
            guard isAnchored || (loose == 0 && word.isDash) || !word.isProse else { break }
            // One plain word before a name with a colon is a host, but not after a level, where the message begins.
            let mayBeTag = isAnchored && !hasName && (!isProse || (loose == 1 && severityNumber == 0))
            if mayBeTag, let end = words.tagEnd(word, mayBePlain: loose == 1 || words.isAfterColumns(message)) {
                guard take(.tag, to: end, &words) else { break }
                hasTag = true
                loose = 0
                isProse = false
                continue
            }
            let mayBeGroup = loose == 0 || (word.isDash && !isLoud) || words.isClosing(word)
            if isAnchored, !isProse, mayBeGroup, let (kind, end) = words.group(word) {
                guard take(kind, to: end, &words) else { break }
                switch kind {
                case .dash: hasName = hasName || (loose > 0 && looseHasLetters)
                case .bracket where !words.isClosing(word): break
                default: hasName = hasName || words.hasLetters(word)
                }
                loose = 0
                continue
            }
            // A plain word between dashes is a name when the level comes next.
            if word.isDash, isAnchored, loose == 1, severityNumber == 0, words.isLevel(after: word) {
                words.go(to: word.end)
                message = words.pastSeparators()
                hasName = true
                loose = 0
                isProse = false
                continue
            }
            // A colon ends a name that is none of a program.
            if line[word.end - 1] == 0x3A, !word.isDash { break }
            looseHasLetters = (loose > 0 && looseHasLetters) || words.hasLetters(word)
            loose += 1
            isLoud = word.isLoud
            if word.isProse { isProse = true }
        }
        if !hasStamp {
            message = 0
            candidates = ColumnCandidates()
        }
    }

    /// Takes a candidate; false when nothing would be left to be the message.
    private mutating func take(_ kind: ColumnCandidates.Kind, to end: Int, _ words: inout HeaderWords) -> Bool {
        words.go(to: end)
        let next = words.pastSeparators()
        guard next < words.line.count, candidates.count < ColumnCandidates.most else { return false }
        candidates.append(kind, start: message)
        message = next
        return true
    }

    /// Whether nothing but a name and the number of an event follows the level, as in `fail: Shop.Orders[0]`.
    func isHeading(_ line: UnsafeRawBufferPointer) -> Bool {
        guard severityNumber > 0, line.last == 0x5D else { return false }
        let rest = line[severityText.upperBound...].drop { $0 == 0x3A || $0 == 0x5D || HeaderWords.isSpace($0) }
        guard let open = rest.lastIndex(of: 0x5B), open > rest.startIndex, !rest.contains(where: HeaderWords.isSpace)
        else { return false }
        let number = line[(open + 1)..<(line.count - 1)]
        return !number.isEmpty && number.allSatisfy { $0 &- 48 < 10 }
    }

    private mutating func stamp(
        _ line: UnsafeRawBufferPointer, _ word: HeaderWords.Word, clock: LogClock, isFirst: Bool
    ) -> Int? {
        var start = word.start
        while start < word.end, line[start] == 0x5B || line[start] == 0x28 || line[start] == 0x3C { start += 1 }
        guard start < line.count, let stamp = TimeScanner.scan(line, at: start, clock: clock),
            isFirst || !stamp.isNumber
        else { return nil }
        if isFirst {
            if stamp.hasDate {
                time = stamp.nanoseconds
                isOutOfRange = stamp.nanoseconds == nil
            }
            hasStamp = true
            isDayFirst = stamp.isDayFirst
            isNumber = stamp.isNumber
        } else if time == nil, stamp.hasDate {
            time = stamp.nanoseconds
        } else if let known = time, let finer = stamp.nanoseconds, finer / 1_000_000_000 * 1_000_000_000 == known {
            time = finer
        }
        // A letter before the month is the level.
        if severityNumber == 0, line[start] >= 0x41, start + 1 < line.count, line[start + 1] &- 48 < 10 {
            severityNumber = HeaderWords.number(letter: line[start]) ?? 0
            severityText = start..<start + 1
        }
        return stamp.end
    }

    private mutating func level(
        _ line: UnsafeRawBufferPointer, _ word: HeaderWords.Word, _ words: HeaderWords, isAtStart: Bool,
        mayBeSmall: Bool
    ) -> Int? {
        guard let found = words.level(word, isAtStart: isAtStart, mayBeSmall: mayBeSmall) else { return nil }
        severityNumber = found.number
        severityText = found.word
        return found.end
    }
}
