internal import Records

extension RedactedText {
    /// The words beside the id in a note that says no more than which case this one repeats.
    private static let mostWords = 5

    private static let repetitions: Set<String> = ["duplicate", "dupe", "dup", "duplikat", "doublon", "duplicado"]

    /// Whether a note says no more than that its case repeats one with a number, which may be gone.
    var isRepetition: Bool {
        guard string.utf8.count < 120, string.contains(where: \.isNumber) else { return false }
        let words = string.split { $0.isWhitespace }
        return words.count <= Self.mostWords + 2
            && words.contains { Self.repetitions.contains($0.filter(\.isLetter).lowercased()) }
    }

    /// The case that a note points to instead of telling a solution, as `Duplicate of 4711` does.
    ///
    /// - Parameter find: The number of the case with an id; nil where there is none.
    func original(_ find: (String) -> Int?) -> Int? {
        guard !isEmpty, string.utf8.count < 120 else { return nil }
        let words = string.split { $0.isWhitespace }.map { word in
            word.drop { !$0.isLetter && !$0.isNumber }.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed()
        }
        guard words.count <= Self.mostWords + 2 else { return nil }
        for place in words.indices {
            // Ids with a blank in them are two words.
            let next = place + 1 < words.count ? String(words[place]) + " " + String(words[place + 1]) : nil
            if let found = find(String(words[place])) ?? next.flatMap(find) { return found }
        }
        return nil
    }
}
