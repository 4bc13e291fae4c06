/// The names of somebody who is to be forgotten, and how texts lose them.
///
/// A name is found whatever the case of its ASCII letters, where neither a letter nor a digit touches it. Names of people and
/// companies are found as ``Redactor`` finds them too: in any order, with whatever stands between their words, one word of them alone where it
/// is written with a capital; and as logs write users, as one word (`zeldaquimby`, `zquimby`). Names of fewer than
/// ``leastBytes`` bytes stand for too many other things and are left alone.
public struct ErasedWords: Sendable {
    /// The bytes that a name must have.
    public static let leastBytes = 4

    /// The names, and words of names, that were too short to be looked for.
    public let tooShort: Int
    /// The words of names that are not looked for alone, since somebody who stays has them too.
    public let shared: Int
    private let words: Words
    /// The surnames that are looked for alone in any case in what logs say.
    private let surnames: Words
    private let finder: Redactor?
    /// The words, in lower case, that stay where they stand alone.
    private let kept: Set<RawText>

    private static let mark = Array("<erased>".utf8)

    /// Takes names and, with a redactor, the tokens that stand for them in redacted texts.
    ///
    /// - Parameters:
    ///   - names: What is looked for as it is: names, ids, addresses.
    ///   - people: The full names of people among them, first names first.
    ///   - companies: The names of companies among them.
    ///   - aliases: What machines call the companies, among them.
    ///   - others: The names of those who stay.
    ///   - redactor: The tenant's; without it names are looked for as they are alone.
    public init(
        _ names: [RawText], people: [RawText] = [], companies: [String] = [], aliases: [String] = [],
        others: [RawText] = [], redactor: Redactor?
    ) {
        let contacts =
            people.map { RedactionRules.Contact(person: $0) } + companies.map { RedactionRules.Contact(company: $0) }
            + aliases.map { RedactionRules.Contact(alias: $0) }
        finder = redactor?.knowingOnly(contacts)
        let tokens = redactor?.knowing(contacts)
        var table = Words()
        var short: Set<[UInt8]> = []
        for name in names + names.compactMap({ tokens?.redact($0) }).map({ RawText($0.string) }) {
            let bytes = Self.trimmed(name.bytes.map(Self.lowered))
            if bytes.count >= Self.leastBytes { table.insert(bytes) } else if !bytes.isEmpty { short.insert(bytes) }
        }
        let taken = Set(others.flatMap { Self.parts(of: $0.bytes) })
        var common: Set<[UInt8]> = []
        var alone = Words()
        for person in people {
            let parts = Self.parts(of: person.bytes)
            for form in Self.joined(parts, person.bytes) { table.insert(form) }
            common.formUnion(parts.filter(taken.contains))
            // The redactor looks for no shorter ones.
            short.formUnion(parts.filter { $0.count < 3 })
            guard let surname = parts.last, surname.count >= Self.leastBytes, !taken.contains(surname),
                !EverydayWords.contains(String(decoding: surname, as: UTF8.self))
            else { continue }
            alone.insert(surname)
        }
        for company in companies {
            let parts = NameTable.words(ofCompany: company)
            let isOrdinary = parts.allSatisfy { EverydayWords.contains($0) }
            let name = parts.joined().utf8.map(Self.lowered)
            if parts.count > 1, !isOrdinary, name.count >= Self.leastBytes { table.insert(name) }
        }
        (words, surnames) = (table, alone)
        (tooShort, shared) = (short.count, common.count)
        kept = Set(taken.map { RawText(bytes: $0) })
    }

    private init(_ other: ErasedWords, without names: Set<RawText>) {
        (words, surnames) = (other.words.without(names), other.surnames.without(names))
        (tooShort, shared, finder) = (other.tooShort, other.shared, other.finder)
        kept = other.kept.union(names)
    }

    /// Without some names, as ``found(in:)`` gives them.
    public func without(_ names: Set<RawText>) -> ErasedWords { ErasedWords(self, without: names) }

    /// The names of letters alone that stand in a text, in lower case: they may be words of the language too.
    public func found(in text: RedactedText) -> Set<RawText> {
        var found: Set<RawText> = []
        forEachName(in: text, isLog: false) { bytes, range in
            let name = bytes[range]
            if name.allSatisfy({ Self.isWord($0) && !(48...57 ~= $0) }) {
                found.insert(RawText(bytes: name.map(Self.lowered)))
            }
        }
        return found
    }

    /// The text with `<erased>` in place of each name; nil when there is none in it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isLog: Whether a log says it, where a surname stands alone in any case.
    /// - Complexity: O(bytes) as long as few names begin alike.
    public func erased(from text: RedactedText, isLog: Bool = false) -> RedactedText? {
        var output: [UInt8] = []
        var written = 0
        forEachName(in: text, isLog: isLog) { bytes, range in
            output += bytes[written..<range.lowerBound]
            output += Self.mark
            written = range.upperBound
        }
        guard written > 0 else { return nil }
        return RedactedText(redacted: String(decoding: output + Array(text.string.utf8)[written...], as: UTF8.self))
    }

    private func forEachName(
        in text: RedactedText, isLog: Bool, _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        var string = text.string
        string.withUTF8 { bytes in
            var ranges = words.ranges(in: bytes)
            if isLog { ranges += surnames.ranges(in: bytes) }
            if let finder { ranges += Self.names(finder, in: bytes).filter { !isKept(bytes[$0]) } }
            var end = 0
            for range in ranges.sorted(by: { ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count) }) {
                // Of two that overlap the rest of the second one goes with the first.
                guard range.upperBound > end else { continue }
                body(bytes, max(end, range.lowerBound)..<range.upperBound)
                end = range.upperBound
            }
        }
    }

    private func isKept(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        kept.contains(RawText(bytes: name.map(Self.lowered)))
    }

    private static func names(_ finder: Redactor, in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        finder.findings(in: RawText(bytes: Array(bytes))).filter { [.person, .organization].contains($0.kind) }
            .map(\.range)
    }

    /// A person's name in one word, as users are called.
    private static func joined(_ parts: [[UInt8]], _ name: [UInt8]) -> [[UInt8]] {
        guard parts.count > 1, let first = parts.first, let last = parts.last,
            let initial = String(decoding: first, as: UTF8.self).first
        else { return [] }
        return [Array(parts.joined()), first + last, last + first, Array(String(initial).utf8) + last]
            .filter { $0.count >= leastBytes }
    }

    /// The words of a name in lower case.
    private static func parts(of name: [UInt8]) -> [[UInt8]] {
        name.map(lowered).split { !isWord($0) }.map(Array.init)
    }

    private static func trimmed(_ name: [UInt8]) -> [UInt8] {
        var bytes = name[...]
        while let first = bytes.first, !isWord(first) { bytes.removeFirst() }
        while let last = bytes.last, !isWord(last) { bytes.removeLast() }
        return Array(bytes)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte | 0x20 : byte }

    private static func isWord(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte >= 0x80
    }
}

extension ErasedWords {
    /// Names in lower case that are looked for as they are, by their first four bytes.
    private struct Words {
        private var names: [UInt32: Set<[UInt8]>] = [:]

        mutating func insert(_ name: [UInt8]) { names[Self.key(name, at: 0), default: []].insert(name) }

        func without(_ others: Set<RawText>) -> Words {
            var left = Words()
            for name in names.values.joined() where !others.contains(RawText(bytes: name)) { left.insert(name) }
            return left
        }

        /// Where names stand, in order and without overlaps.
        func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
            guard !names.isEmpty else { return [] }
            var ranges: [Range<Int>] = []
            var place = 0
            while place + leastBytes <= bytes.count {
                guard isWord(bytes[place]), place == 0 || !isWord(bytes[place - 1]),
                    let length = length(at: place, bytes)
                else {
                    place += 1
                    continue
                }
                ranges.append(place..<place + length)
                place += length
            }
            return ranges
        }

        /// The length of the longest name at a place.
        private func length(at place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
            names[Self.key(bytes, at: place)]?.lazy.filter { name in
                let end = place + name.count
                guard end <= bytes.count, end == bytes.count || !isWord(bytes[end]) else { return false }
                return name.indices.allSatisfy { lowered(bytes[place + $0]) == name[$0] }
            }.map(\.count).max()
        }

        private static func key(_ bytes: some RandomAccessCollection<UInt8>, at place: Int) -> UInt32 {
            let start = bytes.index(bytes.startIndex, offsetBy: place)
            return bytes[start...].prefix(leastBytes).reduce(0) { $0 << 8 | UInt32(lowered($1)) }
        }
    }
}
