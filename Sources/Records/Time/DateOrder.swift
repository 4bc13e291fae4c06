/// Which of day and month comes first in dates such as 03/04/2024.
enum DateOrder: Sendable, Equatable {
    /// 3 April.
    case dayFirst
    /// 4 March.
    case monthFirst
}
