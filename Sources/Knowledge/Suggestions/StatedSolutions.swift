internal import Records

/// What resolved cases beside what articles say to do: whether an article answers a case is told by what the case itself told in the end, not by the group it is in.
struct StatedSolutions: Sendable {
    /// The solution that each case told; nil where it told none.
    let ofCase: [Int?]
    /// The solutions that each article states, that of its resolution first; none where it cites no case that told one.
    private let ofArticle: [[Int]]
    /// The number of cases that told each solution.
    private let tellers: [Int: Int]
    /// For each article what has taken the place of solutions that its cases told once.
    private let heirs: [[Int: Int]]

    /// Reads articles.
    ///
    /// - Parameters:
    ///   - articles: The articles.
    ///   - cases: The cases that they cite, and others.
    ///   - ofCase: The solution that each case told.
    ///   - heirs: For each article what has taken the place of solutions that its cases told once; none is known when nil.
    init(_ articles: [Article], _ cases: [SupportCase], ofCase: [Int?], heirs: [[Int: Int]]? = nil) {
        self.ofCase = ofCase
        self.heirs = heirs ?? articles.map { _ in [:] }
        tellers = ofCase.reduce(into: [:]) { counts, told in
            if let told { counts[told, default: 0] += 1 }
        }
        var ofTicket: [String: Int] = [:]
        for (one, told) in zip(cases, ofCase) { ofTicket[one.ticket.id] = told }
        func most(_ sentences: [Article.Sentence]) -> Int? {
            var counts: [Int: Int] = [:]
            for told in sentences.flatMap(\.tickets).compactMap({ ofTicket[$0] }) { counts[told, default: 0] += 1 }
            return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
        ofArticle = articles.map { [most($0.resolution), most($0.otherResolution)].compactMap(\.self) }
    }

    /// For each article the first that says to do the same.
    var answers: [Int] {
        var first: [Int: Int] = [:]
        return ofArticle.enumerated().map { place, stated in
            guard let main = stated.first else { return place }
            if let known = first[main] { return known }
            first[main] = place
            return place
        }
    }

    /// Whether an article answers a case.
    ///
    /// - Parameters:
    ///   - article: The position of the article.
    ///   - number: The number of the case.
    ///   - isAbout: Whether the article is about the group of the case, which decides where it states no solution.
    /// - Returns: nil where nobody can tell.
    func does(_ article: Int, answer number: Int, isAbout: Bool) -> Bool? {
        guard !ofArticle[article].isEmpty else { return isAbout }
        guard let told = ofCase[number] else { return nil }
        if ofArticle[article].contains(told) { return true }
        // What the case told was given up since, and the article says what is done now.
        if isAbout, let heir = heirs[article][told], ofArticle[article].contains(heir) { return true }
        // What no other case told may be the same in other words.
        return isAbout && tellers[told] == 1 ? nil : false
    }
}
