import Glibc

/// What a grade of the synthetic desk fixes.
///
/// Standard deviations of effects are in ln(hours) of work and in logits of the fast path; an entity has one latent difficulty,
/// which acts on both, because who takes long also seldom takes the fast path.
struct DeskParameters: Sendable {
    /// The spread of a family's difficulty: on the logarithm of the hours, and on the logit of the fast path.
    struct Spread: Sendable {
        var logHours: Double
        var logit: Double
    }

    /// The fast path: its median hours of work, and the logit of its probability for a ticket without effects.
    struct FastPath: Sendable {
        var medianHours: Double
        var logit: Double
    }

    var ticketsPerCustomer: Int
    var customerLogSizeDeviation: Double
    var customer: Spread
    var group: Spread
    var assignee: Spread
    var category: Spread
    var problem: Spread
    var channel: Spread
    var priority: Spread

    var fastPath: FastPath?
    var slowMedianHours: Double
    var residualDeviation: Double
    var clock: DeskClock
    /// What a ticket opened after the shift adds to ln(hours) of the slow path.
    var levelShift: Double
    var unassignedShare: Double
    var reopenedShare: Double
    /// The share of tickets with a hard problem that come from a defect of the product, seen in its logs.
    var defectShare: Double
    var defect: Spread
    /// Log observations that belong to no ticket, as a share of the number of tickets.
    var backgroundObservations: Double

    /// Weeks from the first ticket to the last: all grades have the same, and only the load grows with the tickets.
    static let weeks = 40
    /// The part of the weeks after which the level shifts: inside the last 30 %, where forecasts are usually judged.
    static let shiftAfter = 0.8
    /// The shape of the gamma distribution of a day's load, the smaller the more over-dispersed the arrivals.
    static let dayShape = 12.0

    static func of(_ grade: DeskGrade) -> DeskParameters {
        switch grade {
        case .easy: easy
        case .realistic: realistic
        }
    }

    static let easy = DeskParameters(
        ticketsPerCustomer: 50, customerLogSizeDeviation: 1.1,
        customer: Spread(logHours: 0.9, logit: 0), group: Spread(logHours: 0.6, logit: 0),
        assignee: Spread(logHours: 0.6, logit: 0), category: Spread(logHours: 0.8, logit: 0),
        problem: Spread(logHours: 0, logit: 0), channel: Spread(logHours: 0.2, logit: 0),
        priority: Spread(logHours: 0.05, logit: 0),
        fastPath: nil, slowMedianHours: 24, residualDeviation: 0.2, clock: .wall, levelShift: 0, unassignedShare: 0,
        reopenedShare: 0.03, defectShare: 0, defect: Spread(logHours: 0, logit: 0), backgroundObservations: 0)

    static let realistic = DeskParameters(
        ticketsPerCustomer: 12, customerLogSizeDeviation: 1.35,
        customer: Spread(logHours: 0.65, logit: 0.8), group: Spread(logHours: 0.4, logit: 1),
        assignee: Spread(logHours: 0.35, logit: 1.5), category: Spread(logHours: 0.3, logit: 0.7),
        problem: Spread(logHours: 0.3, logit: 0.7), channel: Spread(logHours: 0.1, logit: 0.3),
        priority: Spread(logHours: 0.05, logit: 0.05),
        fastPath: FastPath(medianHours: 0.45, logit: -0.4), slowMedianHours: 28, residualDeviation: 1.2,
        clock: .office,
        levelShift: log(2.5), unassignedShare: 0.08, reopenedShare: 0.03,
        defectShare: 0.4, defect: Spread(logHours: 0.9, logit: 1.2), backgroundObservations: 0.25)
}
