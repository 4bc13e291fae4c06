/// The order of versions as people write them: by their numbers, and a prerelease before what it leads to.
///
/// Source: Semantic Versioning 2.0.0, section 11 (https://semver.org), for any number of parts, with or without a leading v.
struct VersionOrder {
    private let numbers: [UInt64]
    private let prerelease: [Substring]

    /// - Returns: nil for what has no number to begin with, such as `latest`.
    init?(_ text: String) {
        var rest = text[...]
        if let first = rest.first, first == "v" || first == "V" { rest = rest.dropFirst() }
        rest = rest.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let parts = rest.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
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
        if prerelease.isEmpty || other.prerelease.isEmpty { return !prerelease.isEmpty && other.prerelease.isEmpty }
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
}
