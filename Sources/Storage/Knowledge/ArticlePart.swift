internal import Records

/// The parts of an article that are made of sentences.
enum ArticlePart: String, CaseIterable {
    case issue, cause, resolution, otherResolution

    var sentences: WritableKeyPath<Article, [Article.Sentence]> {
        switch self {
        case .issue: \.issue
        case .cause: \.cause
        case .resolution: \.resolution
        case .otherResolution: \.otherResolution
        }
    }
}
