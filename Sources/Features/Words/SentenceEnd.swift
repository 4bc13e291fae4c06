/// Tells the signs that end a sentence from those within versions, names of files, numbers and abbreviations.
enum SentenceEnd {
    /// The end of the sentence whose sign stands at a place, behind the quotes and brackets that close there; nil where none ends.
    ///
    /// A sign ends a sentence before a blank or the end of the line only.
    ///
    /// - Parameters:
    ///   - place: A place in `line`.
    ///   - line: The line in `bytes`.
    static func end(at place: Int, in line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        switch bytes[place] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): break
        case 0xE3, 0xEF:
            return wideEnd(place, line, bytes)
        default: return nil
        }
        // A row of signs is one.
        if place > line.lowerBound, ".!?".utf8.contains(bytes[place - 1]) { return nil }
        var end = place
        while end < line.upperBound, ".!?".utf8.contains(bytes[end]) { end += 1 }
        let points = end - place
        let isPoint = bytes[place..<end].allSatisfy { $0 == UInt8(ascii: ".") }
        end = closingEnd(end, line, bytes)
        guard end == line.upperBound || bytes[end] <= 0x20 || isNoBreakSpace(end, line, bytes) else { return nil }
        guard isPoint, end < line.upperBound else { return end }
        let next = bytes[MessageLine.trimmed(end..<line.upperBound, bytes)]
        let isSmall = next.first.map { 97...122 ~= $0 } ?? false
        if points > 1 { return isSmall ? nil : end }
        return isAbbreviation(before: place, in: line, bytes, next, isSmall) ? nil : end
    }

    private static let wideSigns = ["。", "！", "？", "｡", "．"]
    private static let wideClosings = ["」", "』", "）", "”", "’"]

    /// The end of a sentence behind signs of Chinese and Japanese, which no blank follows; a row of them is one.
    private static func wideEnd(_ start: Int, _ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        func end(of signs: [String], from start: Int) -> Int {
            var end = start
            while let sign = signs.first(where: { bytes[end..<line.upperBound].starts(with: $0.utf8) }) {
                end += sign.utf8.count
            }
            return end
        }
        let signsEnd = end(of: wideSigns, from: start)
        return signsEnd > start ? end(of: wideClosings, from: signsEnd) : nil
    }

    private static func isNoBreakSpace(_ place: Int, _ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        place + 1 < line.upperBound && bytes[place] == 0xC2 && bytes[place + 1] == 0xA0
    }

    private static let closings = ["”", "’", "»", " »", "\u{A0}»"]

    private static func closingEnd(_ start: Int, _ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = start
        while end < line.upperBound {
            if "\"')]*".utf8.contains(bytes[end]) {
                end += 1
            } else if let closing = closings.first(where: { bytes[end..<line.upperBound].starts(with: $0.utf8) }) {
                end += closing.utf8.count
            } else {
                break
            }
        }
        return end
    }

    private static let abbreviations: Set<String> = [
        "e.g", "i.e", "eg", "ie", "vs", "cf", "approx", "resp", "incl", "excl", "fig", "vol", "ver", "tel", "ext",
        "dept",
        "z.b", "d.h", "u.a", "s.o", "s.u", "bzw", "ca", "ggf", "evtl", "inkl", "zzgl", "vgl", "p.ex", "ej", "p.ej",
    ]
    private static let titles: Set<String> = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Sra", "Mme", "Mlle", "Hr", "Fr",
    ]
    private static let beforeSmall: Set<String> = [
        "etc", "usw", "u.s.w", "inc", "ltd", "corp", "co", "p.m", "a.m", "u.s",
    ]
    private static let beforeNumber: Set<String> = ["no", "nr", "art", "abs", "p", "pp", "v"]

    /// The beginnings of the names of months in German, where a point makes a number an ordinal.
    private static let months = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]

    private static func isAbbreviation(
        before point: Int, in line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
        _ next: Slice<UnsafeBufferPointer<UInt8>>, _ isBeforeSmall: Bool
    ) -> Bool {
        var start = point
        while start > line.lowerBound, bytes[start - 1] > 0x20, bytes[start - 1] != UInt8(ascii: "("), point - start < 8
        {
            start -= 1
        }
        let word = String(decoding: bytes[start..<point], as: UTF8.self)
        let letters = word.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if word.utf8.count <= 2, word.utf8.allSatisfy({ 48...57 ~= $0 }) {
            return isBeforeSmall || months.contains { next.starts(with: $0.utf8) }
        }
        // J. Smith and z. B., but not: so did I.
        if word.utf8.count == 1, let letter = word.utf8.first, 97...122 ~= letter | 0x20 { return word != "I" }
        if isBeforeSmall, letters.count > 1, letters.allSatisfy({ $0.count == 1 }) { return true }
        if titles.contains(word) { return true }
        let small = word.lowercased()
        return abbreviations.contains(small) || (isBeforeSmall && beforeSmall.contains(small))
            || (next.first.map { 48...57 ~= $0 } ?? false) && beforeNumber.contains(small)
    }
}
