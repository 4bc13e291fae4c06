import Glibc

/// A problem that customers have again and again.
struct RecurringProblem: Sendable {
    var component: Int
    var thing: KnowledgeProduct.Thing
    /// The index of its failure mode.
    var mode: Int
    var trigger: Pattern
    /// The words of its errors, causes and solutions.
    var words: Words
    var causes: [String]
    /// The index of what solves it, until the change.
    var solution: Int
    /// What solves it from a release on.
    var change: (from: Double, solution: Int)?
    /// What agents try first and what does not help.
    var attempt: Int?
    /// The tickets to expect in the year, without articles.
    var size: Double
    var course: Course
    /// The median of the minutes of work that a ticket takes.
    var medianMinutes: Double

    /// The standard deviation of the logarithm of those minutes.
    static let minutesDeviation = 0.6
    /// The mean of those minutes.
    var meanMinutes: Double { medianMinutes * exp(Self.minutesDeviation * Self.minutesDeviation / 2) }

    func solution(at time: Double) -> Int {
        if let change, time >= change.from { return change.solution }
        return solution
    }
}

/// How the tickets of a problem spread over the weeks.
enum Course: Sendable {
    case steady
    case growing
    /// From a week on, halving every so many weeks.
    case burst(from: Int, halfLife: Double)
    /// Not between two weeks.
    case dormant(from: Int, until: Int)
    /// Not after a week.
    case ending(Int)

    init(weeks: Int, _ draw: inout Draw) {
        switch draw.index(weights: [0.4, 0.15, 0.2, 0.15, 0.1]) {
        case 0: self = .steady
        case 1: self = .growing
        case 2: self = .burst(from: draw.number(0...weeks * 3 / 4), halfLife: draw.uniform(2...10))
        case 3:
            let from = draw.number(weeks / 8...weeks / 2)
            self = .dormant(from: from, until: from + draw.number(weeks / 10...weeks / 3))
        default: self = .ending(draw.number(weeks / 2...weeks - 4))
        }
    }

    /// The load of a week, in proportion to the others.
    func load(week: Int, of weeks: Int) -> Double {
        switch self {
        case .steady: 1
        case .growing: 0.3 + 1.4 * Double(week) / Double(weeks)
        case .burst(let from, let halfLife): week < from ? 0 : 0.05 + exp2(-Double(week - from) / halfLife)
        case .dormant(let from, let until): (from..<until).contains(week) ? 0.02 : 1
        case .ending(let end): week < end ? 1 : 0.01
        }
    }
}
