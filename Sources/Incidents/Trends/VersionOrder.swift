/// The order of versions as people write them: by their numbers, and a prerelease before what it leads to.
///
/// Source: Semantic Versioning 2.0.0, section 11 (https://semver.org), for any number of parts, with or without a leading v. Other than there, builds of one
/// version are in the order of their numbers, where they are written alike but for these.
struct VersionOrder {
    private let numbers: [UInt64]
    private let prerelease: [Substring]
    private let build: Substring

    /// - Returns: nil for what has no number to begin with, such as `latest`.
    init?(_ text: String) {
        var rest = text[...]
        if let first = rest.first, first == "v" || first == "V" { rest = rest.dropFirst() }
        let builds = rest.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        build = builds.count > 1 ? builds[1] : ""
        let parts = (builds.first ?? "").split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
        self.numbers = numbers.compactMap { $0 }
        prerelease = parts.count > 1 ? parts[1].split(separator: ".") : []
    }

    func precedes(_ other: VersionOrder) -> Bool {
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
