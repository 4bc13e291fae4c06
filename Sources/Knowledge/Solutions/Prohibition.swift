internal import Features
internal import Records

/// What a solution says to do, and what it says never to do.
///
/// Solutions for one thing share most of their words, also where one forbids what another asks for. A word is forbidden that follows a negation at the beginning of a clause, as in
/// `Never upgrade` or `please do not restart`; negations within a clause tell what happened.
struct Prohibition: Sendable {
    private static let negations: [[String]] = [
        ["never"], ["do", "not"], ["don't"], ["don’t"], ["nie"], ["niemals"], ["nicht"], ["ne", "pas"], ["ne"],
        ["nunca"],
    ]
    /// Words that may stand before a negation.
    private static let openings: Set<String> = [
        "please", "but", "and", "then", "so", "also", "bitte", "aber", "und", "mais", "et", "pero", "y",
    ]
    /// The words at the beginning of a clause among which a negation is looked for.
    private static let fewWords = 8

    /// The hashes of the stems of what is forbidden.
    private(set) var forbidden: Set<UInt64> = []
    /// Those of what else is said.
    private(set) var said: Set<UInt64>

    init(_ text: RedactedText) {
        var counts: [UInt64: Int] = [:]
        text.forEachTerm { if !FunctionWords.contains($0) { counts[Lexicon.stemHash(of: $0), default: 0] += 1 } }
        said = Set(counts.keys)
        for clause in text.string.utf8.split(whereSeparator: { ".,;:!?()\n".utf8.contains($0) }) {
            guard let stem = Self.negated(clause), let count = counts[stem] else { continue }
            counts[stem] = count - 1
            // Who says `Do not use this, use that` does not forbid use.
            if count == 1 { forbidden.insert(stem) }
        }
        said.subtract(forbidden)
    }

    /// The hash of the stem of the word that a clause begins with negating.
    private static func negated(_ clause: Substring.UTF8View) -> UInt64? {
        let words = clause.split(maxSplits: fewWords) { $0 <= 0x20 }.prefix(fewWords).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }.drop { openings.contains($0) }
        guard let negation = negations.first(where: { words.starts(with: $0) }) else { return nil }
        return words.dropFirst(negation.count).lazy.compactMap { word in
            Array(word.utf8).withUnsafeBytes { FunctionWords.contains($0) ? nil : Lexicon.stemHash(of: $0) }
        }.first
    }

    /// Whether something is forbidden here that another text asks for.
    func forbids(_ other: Prohibition) -> Bool { !forbidden.isDisjoint(with: other.said) }

    private func contradicts(_ other: Prohibition) -> Bool { forbids(other) || other.forbids(self) }

    /// Groups of which those are parted in which one text forbids what another says.
    ///
    /// - Parameters:
    ///   - groups: The group of each text, numbered from 0.
    ///   - texts: The texts.
    /// - Returns: The group of each text; the part that begins with the first text of a group keeps its number.
    static func parting(_ groups: [Int], _ texts: [RedactedText]) -> [Int] {
        let all = concurrently(texts.count, by: 512) { texts[$0].map(Prohibition.init) }.flatMap(\.self)
        var parts: [Int: [(number: Int, words: Prohibition)]] = [:]
        var count = (groups.max() ?? -1) + 1
        return zip(groups, all).map { group, own in
            if let place = parts[group]?.firstIndex(where: { !$0.words.contradicts(own) }) {
                parts[group]?[place].words.forbidden.formUnion(own.forbidden)
                parts[group]?[place].words.said.formUnion(own.said)
                return parts[group]?[place].number ?? group
            }
            let number = parts[group] == nil ? group : count
            if number != group { count += 1 }
            parts[group, default: []].append((number, own))
            return number
        }
    }
}
