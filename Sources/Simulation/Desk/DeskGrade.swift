/// How hard the resolution times of a synthetic desk are to predict.
public enum DeskGrade: String, Sendable, CaseIterable {
    /// The logarithm of the hours is linear in what the ticket shows, with a residual of standard deviation 0.2.
    ///
    /// No real desk is that regular: this grade shows whether an estimator finds a truth that can be found.
    case easy
    /// Two humps, working hours, a level shift and a residual as wide as on real desks.
    case realistic
}
