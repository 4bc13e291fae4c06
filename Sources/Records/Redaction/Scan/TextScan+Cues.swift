extension TextScan {
    /// The cues of the word at a place.
    func cue(_ start: Int, _ end: Int) -> Cue {
        end > start ? Cue(rawValue: rules.cues[NameFolding.hash(base + start, end - start)]) : []
    }

    /// Remembers what a word says about what comes after it.
    mutating func rememberAll(_ cue: Cue, _ start: Int, _ end: Int) {
        var cue = cue
        if cue.contains(.cookie), byte(end) != UInt8(ascii: ":"), byte(end + 1) != UInt8(ascii: ":") {
            cue.remove(.cookie)
        }
        remember(cue.intersection(.remembered), at: end)
        // "my number is", "call me at"
        if cue.contains(.number) ? isMine(start) : cue.contains(.mine) && has(.call, before: start, within: 16) {
            remember(.ownNumber, at: end)
        }
    }

    /// Remembers the cues inside a word of a script that writes without blanks, or glues endings to its words.
    ///
    /// Two or three characters make a cue there.
    mutating func rememberParts(_ start: Int, _ end: Int) {
        var place = start
        while place + 6 <= end {
            let lead = base[place]
            guard 0xE0...0xED ~= lead else {
                place += lead >= 0xE0 ? 4 : lead >= 0xC0 ? 2 : 1
                continue
            }
            for length in [6, 9] where place + length <= end {
                let cue = cue(place, place + length).intersection([.phone, .call])
                if !cue.isEmpty { remember(cue, at: place + length) }
            }
            place += 3
        }
    }

    /// Whether a word such as "my" stands right before a place.
    func isMine(_ start: Int) -> Bool {
        var end = start
        while end > lineStart, start - end < 3, isBlank(end - 1) { end -= 1 }
        var word = end
        while word > lineStart, end - word < 16, isWord(word - 1) { word -= 1 }
        return end < start && cue(word, end).contains(.mine)
    }

    /// Whether the word right before a number, or the one before `number`, says that it is one of something other than a phone.
    func isOfAnotherThing(_ start: Int) -> Bool {
        var end = start
        for _ in 0..<2 {
            let before = end
            while end > lineStart, before - end < 3, " :#=(".utf8.contains(byte(end - 1)) { end -= 1 }
            var word = end
            while word > lineStart, end - word < 32, isWord(word - 1) { word -= 1 }
            guard word < end, end < before else { return false }
            let cue = cue(word, end)
            if cue.contains(.thing) { return true }
            if !cue.contains(.number) { return false }
            end = word
        }
        return false
    }

    private mutating func remember(_ cue: Cue, at place: Int) {
        cueBits |= cue.rawValue
        var bits = cue.rawValue
        while bits != 0 {
            cues[bits.trailingZeroBitCount] = place
            bits &= bits - 1
        }
    }

    /// Whether a cue stands on this line at most so many bytes before a place.
    @inline(__always)
    func has(_ cue: Cue, before place: Int, within distance: Int = 48) -> Bool {
        var bits = cue.rawValue & cueBits
        while bits != 0 {
            if place - cues[bits.trailingZeroBitCount] <= distance { return true }
            bits &= bits - 1
        }
        return false
    }

    /// Whether one cue was met on this line, at most 160 bytes before, and no other after it.
    func isNearest(_ cue: Cue, than other: Cue, before place: Int) -> Bool {
        guard has(cue, before: place, within: 160) else { return false }
        return cueBits & other.rawValue == 0
            || cues[other.rawValue.trailingZeroBitCount] < cues[cue.rawValue.trailingZeroBitCount]
    }
}
