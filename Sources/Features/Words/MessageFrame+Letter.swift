extension MessageFrame {
    /// Takes out greeting, closing formula, signature, footers and legal notices of one message.
    mutating func removeCourtesies(_ range: Range<Int>) {
        removeNotices(range)
        for place in range where lines[place].kind == .said && lines[place].words.count <= 120 {
            if Courtesies.isFooter(folded(place)) { leaveCourtesies(place..<place + 1) }
        }
        removeSignature(range)
        removeClosings(range)
        removeGreeting(range)
    }

    /// The fewest bytes of a legal notice.
    private static let leastNotice = 120

    private mutating func removeNotices(_ range: Range<Int>) {
        var end = range.upperBound
        while let last = (range.lowerBound..<max(range.lowerBound, end)).last(where: { lines[$0].kind == .said }) {
            var first = last
            while first > range.lowerBound, lines[first - 1].kind == .said { first -= 1 }
            let paragraph = lines[first].words.lowerBound..<lines[last].words.upperBound
            guard paragraph.count >= Self.leastNotice, Courtesies.isNotice(bytes[paragraph]) else { return }
            leaveCourtesies(first..<last + 1)
            end = first
        }
    }

    /// The most lines below two dashes without the blank that makes them the mark of a signature.
    private static let signatureLines = 10

    private mutating func removeSignature(_ range: Range<Int>) {
        for place in range where lines[place].kind == .said && raw(place).elementsEqual("--".utf8) {
            let end = lines[place].words.upperBound
            let isMark = end < bytes.count && bytes[end] == 0x20
            guard isMark || !hasMore(than: Self.signatureLines, in: place + 1..<range.upperBound) else { continue }
            leaveCourtesies(place..<range.upperBound)
            return
        }
    }

    private func hasMore(than most: Int, in range: Range<Int>) -> Bool {
        var count = 0
        for place in range where lines[place].kind == .said {
            count += 1
            if count > most { return true }
        }
        return false
    }

    private mutating func removeClosings(_ range: Range<Int>) {
        var place = range.lowerBound
        while place < range.upperBound {
            defer { place += 1 }
            guard lines[place].kind == .said, let closing = Courtesies.closing(raw(place)) else { continue }
            let end = signatureEnd(place + 1..<range.upperBound, below: closing)
            leaveCourtesies(place..<end)
            place = end - 1
        }
    }

    /// The end of the name and address below a closing formula: all short lines to the end, or the name alone when a letter goes on.
    private func signatureEnd(_ range: Range<Int>, below closing: Courtesies.Closing) -> Int {
        var (nameEnd, end) = (range.lowerBound, range.lowerBound)
        var seen = 0
        for place in range {
            switch lines[place].kind {
            case .blank, .left, .fence: continue
            case .quoted: return end
            case .pasted, .perhapsPasted: return nameEnd
            case .said:
                let isName = isName(place)
                guard isName || (closing == .regards && isAddress(place)), seen < Self.signatureLines else {
                    return nameEnd
                }
                if isName, seen == 0 { nameEnd = place + 1 }
                seen += 1
                end = place + 1
            }
        }
        return end
    }

    /// Words that stand in names in small letters.
    private static let particles: Set<String> = [
        "of", "and", "for", "de", "la", "del", "von", "van", "der", "und", "et", "y",
    ]

    private func isName(_ place: Int) -> Bool {
        let words = raw(place).split { $0 <= 0x20 }
        return raw(place).count <= 64 && words.count <= 6 && words.allSatisfy(isNameLike)
    }

    private func isNameLike(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        !(97...122 ~= word[word.startIndex]) || Self.particles.contains(String(decoding: word, as: UTF8.self))
    }

    /// Whether a line can stand in a signature: it is short and no sentence.
    private func isAddress(_ place: Int) -> Bool {
        let line = raw(place)
        let words = line.split { $0 <= 0x20 }
        let isSentence = words.count >= 4 && ".!?".utf8.contains(line[line.count - 1]) && !words.allSatisfy(isNameLike)
        let folded = FoldedLine(line.prefix(8))
        return line.count <= 80 && words.count < 12 && !isSentence
            && !["ps:", "p.s.", "ps."].contains(where: folded.string.hasPrefix)
    }

    private mutating func removeGreeting(_ range: Range<Int>) {
        guard let first = range.first(where: { lines[$0].kind == .said || lines[$0].kind == .pasted }),
            lines[first].kind == .said
        else { return }
        let next = nextLine(after: first, before: lines.count)
        let end = Courtesies.greetingEnd(
            raw(first), isFollowed: next != nil, isAlone: next.map { $0 > first + 1 } ?? false)
        guard let end else { return }
        let start = lines[first].words.lowerBound + end
        let rest = MessageLine.trimmed(start..<lines[first].words.upperBound, bytes)
        if rest.isEmpty { leaveCourtesies(first..<first + 1) } else { leaveCourtesy(before: rest, in: first) }
    }
}
