internal import Records

/// Counts of what a line is made of, to tell the words of people from what a machine writes.
struct LineTally {
    private var runs = 0
    /// Runs between blanks that are words, with the punctuation of prose.
    private var words = 0
    private var assignments = 0
    private var hexadecimal = 0
    private var signs = 0
    private var longest = 0
    private var firstRun = 0..<0
    private let line: UnsafeBufferPointer<UInt8>
    private let total: Int

    /// Counts the front of a line that has `total` bytes in all.
    init(_ line: UnsafeBufferPointer<UInt8>, of total: Int) {
        self.line = line
        self.total = total
        var start = 0
        while start < line.count {
            if line[start] <= 0x20 {
                start += 1
                continue
            }
            let end = line[start...].firstIndex { $0 <= 0x20 } ?? line.count
            count(start..<end)
            start = end
        }
    }

    private mutating func count(_ run: Range<Int>) {
        // The last run may go on behind what is looked at.
        if run.upperBound == line.count, line.count < total, runs > 0 { return }
        longest = max(longest, run.count)
        if runs == 0 { firstRun = run }
        var (letters, digits, hex, equal, apart) = (0, 0, 0, false, 0)
        for place in run {
            switch line[place] {
            case 0x61...0x66, 0x41...0x46:
                letters += 1
                hex += 1
            case 0x61...0x7A, 0x41...0x5A, 0x80...: letters += 1
            case 0x30...0x39:
                digits += 1
                hex += 1
            case UInt8(ascii: "="):
                equal = equal || place > run.lowerBound
                apart += 1
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "'"),
                UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"):
                break
            default: apart += 1
            }
        }
        if apart > 0, RedactedText.tokenEnd(at: run.lowerBound, in: line) != nil || isAddress(run) {
            // A token, and the address of a page, may stand in any sentence, and say nothing of who wrote it.
            return
        }
        runs += 1
        if equal, letters > 0 { assignments += 1 }
        if hex == run.count, run.count == 2 || run.count == 4 || run.count == 8 { hexadecimal += 1 }
        if letters > 0, apart == 0, digits == 0, !isDotted(run) { words += 1 }
        signs += apart
    }

    private func isAddress(_ run: Range<Int>) -> Bool {
        UnsafeBufferPointer(rebasing: line[run]).contains("://")
    }

    /// Whether a point stands within a run, before a letter.
    private func isDotted(_ run: Range<Int>) -> Bool {
        run.dropLast().contains { place in
            let next = line[place + 1]
            return (line[place] == UInt8(ascii: ".") || line[place] == UInt8(ascii: ":"))
                && (97...122 ~= next | 0x20 || 48...57 ~= next)
        }
    }

    /// How sure it is that a machine wrote the line.
    var likelihood: MachineText.Likelihood {
        if runs == 1, longest >= 32, isEncoded { return .certain }
        if assignments >= 3 { return .certain }
        if hexadecimal >= 5, 2 * hexadecimal >= runs, isAddressOfDump { return .certain }
        if runs >= 5, 20 * words < 7 * runs { return .likely }
        switch line.last {
        case UInt8(ascii: "{"), UInt8(ascii: ";"), UInt8(ascii: "}"):
            return signs > 1 || runs == 1 ? .likely : .unlikely
        default: break
        }
        return line.count >= 16 && 4 * signs > line.count ? .likely : .unlikely
    }

    /// A single run of base64 or of hexadecimal digits.
    private var isEncoded: Bool {
        var (upper, lower, digits) = (0, 0, 0)
        for byte in line[firstRun] {
            switch byte {
            case 0x41...0x5A: upper += 1
            case 0x61...0x7A: lower += 1
            case 0x30...0x39: digits += 1
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): break
            default: return false
            }
        }
        return digits > 0 && (longest >= 48 && upper > 0 && lower > 0 || digits >= longest / 3)
    }

    /// Whether the first run is a place in a dump.
    private var isAddressOfDump: Bool {
        let digits = line[firstRun].prefix { 48...57 ~= $0 || 97...102 ~= $0 | 0x20 }.count
        return digits >= 4 && digits >= firstRun.count - 1 || digits == 2
    }
}
