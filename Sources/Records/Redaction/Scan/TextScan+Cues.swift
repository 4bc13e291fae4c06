extension TextScan {
    /// The cues of the word at a place.
    func cue(_ start: Int, _ end: Int) -> Cue {
        end > start ? Cue(rawValue: rules.cues[NameFolding.hash(base + start, end - start)]) : []
    }

    mutating func remember(_ cue: Cue, at place: Int) {
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
