/// How hard the recurring problems of a simulated desk are to tell apart and to learn from.
public enum KnowledgeGrade: String, Sendable, CaseIterable {
    /// Few typing errors, one language, problems with words of their own, and every solution that is written down as a resolution is true.
    case easy
    /// Typing errors, three languages, pairs of problems that share most words, wrong solutions in a tenth of the cases, solutions that
    /// change with a release, and articles that are published when a problem is at its worst.
    case hard
}
