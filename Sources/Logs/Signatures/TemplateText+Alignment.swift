extension TemplateText {
    /// The words that all texts have in common, in their order, with `<*>` for what stands between them.
    static func alignment(of texts: [String]) -> String {
        guard var common = texts.first.map({ words($0) }) else { return "" }
        for text in texts.dropFirst() { common = aligned(common, words(text)) }
        return common.joined(separator: " ")
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }

    /// The longest common subsequence of two lists of words, with `<*>` in its gaps.
    private static func aligned(_ left: [String], _ right: [String]) -> [String] {
        let width = right.count + 1
        var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                lengths[i * width + j] =
                    left[i] == right[j] && left[i] != "<*>"
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var words: [String] = []
        var i = 0
        var j = 0
        func gap() { if words.last != "<*>" { words.append("<*>") } }
        while i < left.count, j < right.count {
            if left[i] == right[j], left[i] != "<*>" {
                words.append(left[i])
                i += 1
                j += 1
            } else {
                gap()
                if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] { i += 1 } else { j += 1 }
            }
        }
        if i < left.count || j < right.count { gap() }
        return words
    }
}
