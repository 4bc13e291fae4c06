/// The order of versions as people write them: by their numbers, and a prerelease before what it leads to.
///
/// Source: Semantic Versioning 2.0.0, section 11 (https://semver.org), for any number of parts, with or without a leading v. Other than there, builds of one
/// version are in the order of their numbers, where they are written alike but for these, and words may stand before the numbers, as in `release-5.3.0`:
/// versions with the same words are in order.
struct VersionOrder {
    /// What stands before the numbers, without a v.
    private let words: Substring
    /// The numbers as they are written.
    private let parts: [Substring]
    private let numbers: [UInt64]
    private let prerelease: [Substring]
    private let build: Substring

    /// - Returns: nil for what is in no order by itself, such as `latest` or the hash of a commit.
    init?(_ text: String) {
        var words = text.prefix { !$0.isASCIIDigit }
        let rest = text[words.endIndex...]
        if let last = words.last, last == "v" || last == "V" { words = words.dropLast() }
        // Digits within a word are a part of it.
        if let last = words.last, last.isLetter { return nil }
        self.words = words
        let builds = rest.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        build = builds.count > 1 ? builds[1] : ""
        let pieces = (builds.first ?? "").split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        parts = (pieces.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.map { UInt64($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
        self.numbers = numbers.compactMap { $0 }
        prerelease = pieces.count > 1 ? pieces[1].split(separator: ".") : []
    }

    /// One way to write a version, for all that only differ by a v before the numbers or by parts of 0 at their end: `v5.3` and `5.3.0` are one version,
    /// while builds of it (`5.3.0+46`) and numbers that are written otherwise (`5.03`) are others.
    static func spelling(of name: String) -> String {
        guard let order = VersionOrder(name) else { return name }
        let end = order.parts.lastIndex { $0 != "0" } ?? 0
        return String(order.words) + order.parts[...end].joined(separator: ".")
            + (order.prerelease.isEmpty ? "" : "-" + order.prerelease.joined(separator: "."))
            + (order.build.isEmpty ? "" : "+" + order.build)
    }

    /// Whether it comes before another one; versions with other words are in no order.
    func precedes(_ other: VersionOrder) -> Bool {
        guard words == other.words else { return false }
        for place in 0..<max(numbers.count, other.numbers.count) {
            let own = place < numbers.count ? numbers[place] : 0
            let another = place < other.numbers.count ? other.numbers[place] : 0
            if own != another { return own < another }
        }
        if prerelease == other.prerelease { return Self.isBuild(build, before: other.build) }
        if prerelease.isEmpty || other.prerelease.isEmpty { return other.prerelease.isEmpty }
        for (own, another) in zip(prerelease, other.prerelease) where own != another {
            switch (UInt64(own), UInt64(another)) {
            case (let own?, let another?): return own < another
            case (.some, nil): return true
            case (nil, .some): return false
            case (nil, nil): return own < another
            }
        }
        return prerelease.count < other.prerelease.count
    }

    private static func isBuild(_ own: Substring, before other: Substring) -> Bool {
        let parts = (own.split(by: \.isASCIIDigit), other.split(by: \.isASCIIDigit))
        guard parts.0.count == parts.1.count else { return false }
        var isBefore: Bool?
        for (own, another) in zip(parts.0, parts.1) where own != another {
            guard let own = UInt64(own), let another = UInt64(another) else { return false }
            if own != another { isBefore = isBefore ?? (own < another) }
        }
        return isBefore ?? false
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Substring {
    /// The longest pieces whose characters all have a mark or all have not.
    fileprivate func split(by hasMark: (Character) -> Bool) -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        for index in indices where index > start && hasMark(self[index]) != hasMark(self[start]) {
            pieces.append(self[start..<index])
            start = index
        }
        return start < endIndex ? pieces + [self[start...]] : pieces
    }
}
