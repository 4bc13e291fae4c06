internal import Features
internal import Records

/// What a web form puts into nearly all tickets of a desk: a title, lines, and the names of fields before a colon; and titles and lines that many tickets have whatever they are about.
///
/// It says of no two tickets that they are about one issue.
struct FormParts: Sendable {
    /// The share of the tickets that have what a form puts in.
    private static let leastShare = 0.9
    /// The fewest tickets that show what is said whatever they are about.
    static let fewestCases = 20
    /// The most tickets that are looked at, evenly spaced.
    private static let looked = 1_000
    /// The longest name of a field in bytes.
    private static let longestName = 64

    private var titles: Set<String> = []
    private var lines: Set<String> = []
    private var names: Set<String> = []

    /// Looks for what the tickets of a desk have in common.
    init(_ cases: [SupportCase], _ words: [CaseWords]) {
        guard cases.count >= Self.fewestCases else { return }
        let count = min(Self.looked, cases.count)
        let seen = (0..<count).map { $0 * cases.count / count }
        let subjects = seen.map { cases[$0].ticket.subject.withoutMailPrefixes }
        let bodies = seen.map { words[$0].said }
        titles = Self.common(subjects.map { [$0.string] })
        lines = Self.common(bodies.map { $0.map(\.string) })
        addFrequent(subjects, bodies)
        names = Self.common(seen.map { words[$0].said.compactMap { Self.name(in: $0.string) } })
    }

    /// Adds titles and lines of many tickets that are about anything.
    private mutating func addFrequent(_ subjects: [RedactedText], _ bodies: [[RedactedText]]) {
        var ofTitle: [String: [Int]] = [:]
        var ofLine: [String: [Int]] = [:]
        for (place, (subject, body)) in zip(subjects, bodies).enumerated() {
            ofTitle[subject.string, default: []].append(place)
            for line in Set(body) { ofLine[line.string, default: []].append(place) }
        }
        func many(_ holders: [String: [Int]], but known: Set<String>) -> [String: [Int]] {
            holders.filter { $0.value.count >= Self.fewestCases && !known.contains($0.key) }
        }
        let (manyTitles, manyLines) = (many(ofTitle, but: titles), many(ofLine, but: lines))
        guard !manyTitles.isEmpty || !manyLines.isEmpty else { return }
        let inBodies = PhraseLikeness(bodies)
        titles.formUnion(manyTitles.filter { inBodies.isSaidOfAnything($0.value.map { bodies[$0] }) == true }.keys)
        let kept = subjects.map { titles.contains($0.string) ? [] : [$0] }
        let inTitles = PhraseLikeness(kept)
        lines.formUnion(
            manyLines.filter { line, places in
                let judged = [
                    inTitles.isSaidOfAnything(places.map { kept[$0] }),
                    inBodies.isSaidOfAnything(places.map { place in bodies[place].filter { $0.string != line } }),
                ].compactMap(\.self)
                return !judged.isEmpty && !judged.contains(false)
            }.keys)
    }

    /// Whether a line tells what its ticket is about.
    func tells(line: RedactedText) -> Bool { !lines.contains(line.string) }

    /// Whether a title tells what its ticket is about.
    func tells(title: RedactedText) -> Bool { !titles.contains(title.string) }

    /// What is in nearly all of some lists.
    private static func common(_ lists: [[String]]) -> Set<String> {
        var counts: [String: Int] = [:]
        for list in lists {
            for text in Set(list) { counts[text, default: 0] += 1 }
        }
        return Set(counts.filter { Double($0.value) >= leastShare * Double(lists.count) }.keys)
    }

    /// What a line has up to a colon.
    private static func name(in line: String) -> String? {
        let name = line.utf8.prefix(longestName).prefix { $0 != UInt8(ascii: ":") }
        guard name.endIndex < line.utf8.endIndex, line.utf8[name.endIndex] == UInt8(ascii: ":") else { return nil }
        return String(line[...name.endIndex])
    }

    /// The text of a case without these; with them where it has nothing else.
    func text(of supportCase: SupportCase, _ words: CaseWords) -> CaseText {
        let whole = CaseText(supportCase, words)
        guard !(titles.isEmpty && lines.isEmpty && names.isEmpty) else { return whole }
        var text = whole
        if titles.contains(whole.title.string) { text.title = RedactedText() }
        text.body = RedactedText(
            joining: words.said.filter { !lines.contains($0.string) }.map { line in
                guard let name = Self.name(in: line.string), names.contains(name) else { return line }
                return line[bytes: name.utf8.count..<line.string.utf8.count]
            })
        return text.title.isEmpty && text.body.isEmpty ? whole : text
    }
}
