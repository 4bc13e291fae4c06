internal import Records

extension Document {
    /// An article in its parts: issue, environment, cause, resolution and keywords; without its title.
    init(_ article: Article, redactor: Redactor) {
        func line(_ text: String) -> RedactedText { redactor.redact(RawText(text)) }
        func paragraphs(_ sentences: [Article.Sentence]) -> [Block] {
            sentences.map { .paragraph([line($0.text.string)]) }
        }
        func part(_ title: String, _ sentences: [Article.Sentence]) -> [Block] {
            sentences.isEmpty ? [] : [.heading(line(title))] + paragraphs(sentences)
        }
        var blocks = part("Issue", article.issue)
        if !article.readEnvironment.isEmpty {
            let facts = article.readEnvironment.map { line("\($0.field): \($0.value) (\($0.cases) cases)") }
            blocks += [.heading(line("Environment")), .list(facts)]
        }
        blocks += part("Cause", article.cause) + part("Resolution", article.resolution)
        if !article.otherResolution.isEmpty {
            blocks += [.paragraph([line("Other cases were resolved by:")])] + paragraphs(article.otherResolution)
        }
        if article.resolution.isEmpty {
            blocks.append(.paragraph([line("No solution is known that two cases agree on.")]))
        }
        if !article.keywords.isEmpty {
            blocks.append(.paragraph([line("Keywords: " + article.keywords.joined(separator: ", "))]))
        }
        self.init(blocks)
    }
}
