/// What a grade of a desk with recurring problems fixes: shares, from 0 to 1.
struct KnowledgeHabits: Sendable {
    /// Typing errors a word.
    var typingErrors: Double
    /// Cases in which the agent writes the solution of another problem.
    var wrongSolutions: Double
    var foreign: Double
    /// Problems that are made beside another one.
    var pairs: Double
    /// Tickets that tell when the problem comes up.
    var triggered: Double
    /// Tickets that quote the error, and tickets with lines of a log.
    var quoted: Double
    var logged: Double
    /// Resolutions that hold a solution.
    var written: Double
    /// Problems whose solution changes at a release.
    var changing: Double
    /// Tickets with no usable word in subject and body.
    var vague: Double
    /// Problems with codes of their own.
    var coded: Double
    /// Large enough problems that an article is published for.
    var published: Double
    /// Tickets after the publication that an agent links the article to.
    var linked: Double
    /// The shape of the gamma draw of a problem's week, the smaller the more over-dispersed.
    var weekShape: Double
    /// The names of a thing that its customers use.
    var namesOfThing: Int
    /// Things with invented names, to each problem.
    var inventedThings: Double
    /// Tickets that do not call the thing by any of its names.
    var loose: Double

    static func of(_ grade: KnowledgeGrade) -> KnowledgeHabits {
        switch grade {
        case .easy:
            KnowledgeHabits(
                typingErrors: 0.002, wrongSolutions: 0, foreign: 0, pairs: 0.06, triggered: 0.9, quoted: 0.45,
                logged: 0.15, written: 0.8, changing: 0, vague: 0.005, coded: 1, published: 0.45, linked: 0.5,
                weekShape: 12, namesOfThing: 2, inventedThings: 0.2, loose: 0.05)
        case .hard:
            KnowledgeHabits(
                typingErrors: 0.02, wrongSolutions: 0.1, foreign: 0.04, pairs: 0.4, triggered: 0.65, quoted: 0.16,
                logged: 0.08, written: 0.58, changing: 0.15, vague: 0.015, coded: 0.7, published: 0.4, linked: 0.35,
                weekShape: 4, namesOfThing: 4, inventedThings: 0.02, loose: 0.4)
        }
    }
}
